"""Events that an article tells again in other words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from tests.builders import parse, plain
from tests.coding.proposed import CODEBOOK, COUNSEL, MENTIONS, proposal
from tests.coding.test_retelling_words import AGAIN, ANOTHER, FIRST, HAAS, OTHER, OTT, words
from turnstone.coding.events import code_events
from turnstone.coding.retellings import without_retellings
from turnstone.records import WHOLE_ARTICLE, Analysis, Article, Event, Place, Resolved
from turnstone.settings import Settings


def told(events: Sequence[Event], *shares: Sequence[float]) -> list[Event]:
    """The events that are left, where those after the first are likely the earlier ones with these shares."""
    given = iter(shares)

    def asked(features: Sequence[Iterable[str]]) -> Sequence[float]:
        return next(given) if features else []

    return without_retellings(events, words(*events), asked, 0.6)


def test_what_is_likely_told_again_is_one_event() -> None:
    assert told([FIRST, OTHER, AGAIN], [0.1], [0.7, 0.2]) == [FIRST, OTHER]
    assert told([FIRST, OTHER, AGAIN], [0.1], [0.6, 0.3]) == [FIRST, OTHER, AGAIN]
    assert told([FIRST], []) == [FIRST]


def test_the_telling_that_says_more_of_who_takes_part_stays() -> None:
    nobody = replace(FIRST, actors=())
    assert told([nobody, replace(AGAIN, actors=(HAAS,))], [0.9]) == [replace(AGAIN, actors=(HAAS,))]
    assert told([nobody, AGAIN], [0.9]) == [nobody]
    assert told([FIRST, replace(AGAIN, actors=(OTT,), recipients=(HAAS,))], [0.9]) == [FIRST]


def test_a_third_telling_is_one_with_both() -> None:
    nobody, fuller, last = replace(FIRST, actors=()), replace(AGAIN, actors=(HAAS,)), replace(ANOTHER, id="a:99")
    asked: list[int] = []

    def shares(features: Sequence[Iterable[str]]) -> Sequence[float]:
        asked.append(len(features))
        return [0.0] * (len(features) - 1) + [0.9] * bool(features)  # the nearest

    given = [nobody, fuller, replace(last, trigger=OTHER.trigger)]
    assert without_retellings(given, words(*given), shares, 0.6) == [fuller]
    assert asked == [0, 1, 1]


def test_what_stays_stands_where_it_is_told() -> None:
    """Of three, the third asks for the second, which took the place of the first, after what stands between."""
    seen: list[list[tuple[str, ...]]] = []

    def shares(features: Sequence[Iterable[str]]) -> Sequence[float]:
        seen.append([tuple(one) for one in features])
        return [[], [0.1], [0.9, 0.0], [0.0, 0.0]][len(seen) - 1]

    fuller, later = replace(AGAIN, actors=(HAAS,)), replace(AGAIN, id="a:99")
    events = [replace(FIRST, actors=()), OTHER, fuller, later]
    without_retellings(events, words(*events), shares, 0.6)
    assert ["far 0" in one for one in seen[3]] == [False, True] and "nearer 0" in seen[3][1]


def test_it_takes_a_place_from_the_other() -> None:
    zenda, strelsau = (Place(0, 1, name, "RUR", k, 0.0, 0.0) for k, name in enumerate(("Zenda", "Strelsau")))
    assert told([FIRST, replace(AGAIN, place=zenda)], [0.9]) == [replace(FIRST, place=zenda)]
    there = replace(FIRST, place=strelsau)
    assert told([there, replace(AGAIN, place=zenda)], [0.9]) == [there]


def test_events_keep_the_order_of_their_words() -> None:
    fuller = replace(AGAIN, actors=(HAAS,))
    assert told([replace(FIRST, actors=()), OTHER, fuller], [0.1], [0.9, 0.0]) == [OTHER, fuller]


@pytest.mark.parametrize(("words_beside", "left"), [(0, 2), (WHOLE_ARTICLE, 1)])
def test_whole_articles_alone_are_asked(words_beside: int, left: int) -> None:
    """In reports of a few sentences nothing that looks alike is taken for one."""
    article, analysis = parse(
        "Chad/PROPN/2/nsubj hosted/VERB/0/root Niger/PROPN/2/obj",
        "They/PRON/2/nsubj met/VERB/0/root again/ADV/2/advmod",
        *([plain("word " * words_beside)] if words_beside else []),
    )
    assert left == len(_coded(article, analysis))


def _coded(article: Article, analysis: Analysis) -> tuple[Event, ...]:
    """Two meetings, one of them background, which are likely one."""
    meetings = (proposal("CONSULT"), replace(proposal("CONSULT", "historical", trigger=4), recipients=()))
    counsel = replace(COUNSEL, retellings=lambda features: [0.9] * len(features))
    given = replace(analysis, proposals=meetings)
    return code_events(article, given, Resolved(MENTIONS, (), ()), CODEBOOK, Settings(), counsel).events
