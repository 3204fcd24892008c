"""Days of events whose sentences tell none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import parse, plain
from tests.coding.proposed import CODEBOOK, COUNSEL, one, proposal
from turnstone.coding.counsel import Shares
from turnstone.coding.events import code_events
from turnstone.day_basis import LIKELY, standing_of
from turnstone.records import Analysis, Article, DateMention, Event, Quotation, Resolved, Span, Status
from turnstone.settings import Settings

MONDAY, IN_2019 = "Police/NOUN/2/nsubj slept/VERB/0/root Monday/PROPN/2/obl", "2019/NUM/2/obl passed/VERB/0/root"
RAID = "Rebels/NOUN/2/nsubj raided/VERB/0/root Zenda/PROPN/2/obj"
FILLING = [plain("Word word."), *(plain("word word.") for _ in range(8))]

PUBLISHED = date(2023, 3, 21)
TODAY = (PUBLISHED, PUBLISHED)
YESTERDAY = (PUBLISHED - timedelta(1), PUBLISHED - timedelta(1))
YEAR = (date(2019, 1, 1), date(2019, 12, 31))


def code(article: Article, analysis: Analysis, status: Status, days: Shares, least: float) -> Event:
    """The raid of an article that tells Monday and the year 2019."""
    at = article.text.index
    dates = (
        DateMention(at("Monday"), at("Monday") + 6, *YESTERDAY, "day", "said"),
        DateMention(at("2019"), at("2019") + 4, *YEAR, "year", "as written"),
    )
    raided = next(k for k, token in enumerate(analysis.tokens) if token.start == at("raided"))
    rebels, zenda = Span(at("Rebels"), at("Rebels") + 6), Span(at("Zenda"), at("Zenda") + 5)
    raid = replace(proposal("ASSAULT", status, trigger=raided), actors=(rebels,), recipients=(zenda,))
    resolved = Resolved((), tuple(sorted(dates, key=lambda one: one.start)), ())
    counsel = replace(COUNSEL, days=days)
    found = code_events(
        article, replace(analysis, proposals=(raid,)), resolved, CODEBOOK, Settings(least_day=least), counsel
    )
    return found.events[0]


def raid(
    shares: dict[tuple[date, date], float], status: Status = "happened", least: float = 0.5, brief: bool = False
) -> Event:
    """The raid where the days have these shares, and the others none."""
    possible = [TODAY, YESTERDAY, YEAR] if status != "future" else [TODAY]

    def asked(features: Sequence[Iterable[str]]) -> list[float]:
        assert len(features) == len(possible)
        return [shares.get(days, 0.0) for days in possible]

    return code(*parse(MONDAY, IN_2019, RAID, *([] if brief else FILLING)), status, asked, least)


def never(features: Sequence[Iterable[str]]) -> list[float]:
    raise AssertionError(features)


def test_the_likely_day_of_another_sentence_and_the_basis_has_its_words() -> None:
    event = raid({YESTERDAY: 0.7, TODAY: 0.2})
    assert (event.first_day, event.last_day, event.granularity, event.status) == (*YESTERDAY, "day", "happened")
    assert event.date_basis == 'said; told elsewhere ("Monday"), likely the event\'s'
    assert standing_of(event.date_basis) == LIKELY


def test_what_is_told_as_news_was_not_long_ago() -> None:
    event = raid({YEAR: 0.9})
    assert (event.first_day, event.status) == (PUBLISHED, "happened")
    event = raid({YEAR: 0.9}, status="historical")
    assert (event.first_day, event.last_day, event.granularity, event.status) == (*YEAR, "year", "historical")


@pytest.mark.parametrize(
    ("shares", "least"), [({YESTERDAY: 0.5}, 0.5), ({YESTERDAY: 0.9}, 0.95), ({TODAY: 0.9}, 0.5), ({}, 0.5)]
)
def test_else_the_day_of_publication(shares: dict[tuple[date, date], float], least: float) -> None:
    event = raid(shares, least=least)
    assert (event.first_day, event.last_day, event.date_basis) == (*TODAY, "the article's day")


def test_news_in_brief_has_up_to_eight_sentences() -> None:
    for filling, expected in ((5, PUBLISHED), (6, YESTERDAY[0])):  # beside the three that tell something
        sentences = parse(MONDAY, IN_2019, RAID, *FILLING[1 : 1 + filling])
        event = code(*sentences, "happened", lambda asked: [0.1, 0.9, *([0.0] * (len(asked) - 2))], 0.5)
        assert len(sentences[1].sentences) == 3 + filling and event.first_day == expected


def test_of_news_in_brief_only_what_is_not_the_news_itself() -> None:
    assert raid({YESTERDAY: 0.9}, brief=True).first_day == PUBLISHED
    assert raid({YESTERDAY: 0.9}, status="historical", brief=True).first_day == YESTERDAY[0]


def test_what_stands_in_quotation_marks_dates_nothing_outside() -> None:
    """ "Yesterday we signed it," he told a rally: of today."""
    article, analysis = parse(MONDAY, IN_2019, RAID, *FILLING)
    monday = article.text.index("Monday")
    said = Quotation((), (), (Span(monday, monday + 6),), "direct")
    asked: list[int] = []

    def shares(features: Sequence[Iterable[str]]) -> list[float]:
        asked.append(len(features))
        return [0.0] * len(features)

    for words, number in ((said, 2), (replace(said, kind="indirect"), 3)):
        code(article, replace(analysis, quotations=(words,)), "happened", shares, 0.5)
        assert asked.pop() == number
    sentence = article.text.index("Rebels")
    within = Span(monday, sentence + 30)  # what stands in it is quoted, whatever else is
    own = replace(said, content=(*said.content, within))
    code(article, replace(analysis, quotations=(own,)), "happened", shares, 0.5)
    assert asked == [3]


def test_what_is_to_come_was_on_no_day_past() -> None:
    event = raid({YESTERDAY: 0.9}, status="future")
    assert (event.first_day, event.date_basis) == (PUBLISHED, "announced; no day given")


def test_nothing_is_asked_where_the_sentence_tells_it() -> None:
    own = parse(IN_2019, f"{RAID} Monday/PROPN/2/obl", *FILLING)
    assert code(*own, "happened", never, 0.5).date_basis == "said"


def test_nothing_is_asked_of_a_report_that_tells_no_day() -> None:
    event = one(proposal("ACCUSE"))
    assert event.date_basis == "the article's day"
