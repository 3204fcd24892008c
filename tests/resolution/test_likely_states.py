"""Who takes part and has no state of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from tests.builders import parse
from turnstone.analysis.named_tables import shares_of
from turnstone.records import Mention, Proposal, Span
from turnstone.resolution.likely_states import likely_states

SHELLED = "{} shelled/VERB/0/root a/DET/4/det port/NOUN/2/obj of/ADP/6/case Zenda/PROPN/4/nmod"
REBELS, ADE, THEY = "Rebels/NOUN/2/nsubj", "Ade/PROPN/2/nsubj", "They/PRON/2/nsubj"


def tell(item: str, *others: str, known: Sequence[Mention] = (), odds: float = 2.0, least: float = 0.7) -> str:
    """The state of who shells the port of Zenda, in RUR, where `odds` speak for that and none for GRA, which is told
    too where there are `others`."""
    article, analysis = parse(SHELLED.format(item), *others)
    text = article.text
    at = text.index("Zenda")
    mentions = [Mention(at, at + 5, "GPE", "", "Zenda", "RUR")]
    if others:
        at = text.index("Graustark")
        mentions.append(Mention(at, at + 9, "GPE", "", "Graustark", "GRA"))
    end = text.index(" ")
    proposal = Proposal(1, (("ASSAULT", 0.9),), (), (("happened", 0.9),), (), (Span(0, end),), ())

    def asked(features: Sequence[Iterable[str]]) -> list[float]:
        return shares_of([odds, *(-2.0 for _ in features[1:])])

    found = likely_states(text, analysis, (*mentions, *known), (), [proposal], asked, least)
    return next((one.country for one in found if (one.start, one.end) == (0, end)), "")


def test_somebody_without_a_name_is_of_the_likely_state() -> None:
    assert tell(REBELS) == "RUR"
    assert tell(REBELS, "Graustark/PROPN/0/root") == "RUR"


@pytest.mark.parametrize(("odds", "least"), [(0.5, 0.7), (2.0, 0.9), (2.0, 1.0)])
def test_but_of_none_that_is_not_likely_enough(odds: float, least: float) -> None:
    assert tell(REBELS, odds=odds, least=least) == ""


def test_a_name_only_where_one_state_is_spoken_of_and_a_pronoun_never() -> None:
    assert tell(ADE) == "RUR"
    assert tell(ADE, "Graustark/PROPN/0/root") == ""
    assert tell(THEY) == ""


def test_what_is_known_stays() -> None:
    assert tell(REBELS, known=[Mention(0, 6, "OTHER", "", "Rebels", "OLA")]) == "OLA"
    assert tell(REBELS, known=[Mention(0, 6, "ORG", "rebels", "Rebels")]) == ""
    assert tell("UN/PROPN/2/nsubj") == ""


def test_whoever_is_named_has_it_wherever_they_are_named() -> None:
    article, analysis = parse(SHELLED.format(ADE), "Ade/PROPN/2/nsubj left/VERB/0/root")
    again, zenda = article.text.rindex("Ade"), article.text.index("Zenda")
    mentions = [
        Mention(zenda, zenda + 5, "GPE", "", "Zenda", "RUR"),
        *(Mention(at, at + 3, "PER", "", "Ade", basis="a name") for at in (0, again)),
    ]
    proposal = Proposal(1, (("ASSAULT", 0.9),), (), (("happened", 0.9),), (), (Span(0, 3),), ())
    found = likely_states(article.text, analysis, mentions, (), [proposal], lambda features: [0.9], 0.7)
    assert [(one.country, one.basis) for one in found[1:]] == 2 * [
        ("RUR", "a name; of the states spoken of likely RUR")
    ]
