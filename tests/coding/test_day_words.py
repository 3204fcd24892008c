"""What is told of an event and a day that its article names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.builders import parse
from turnstone.coding.clauses import Clauses
from turnstone.coding.day_words import DayWords
from turnstone.coding.layout import Layout
from turnstone.coding.noun_phrases import NounPhrases
from turnstone.coding.told_days import Days, Timed
from turnstone.records import DateMention, Status

SENTENCES = (
    "\nRebels/NOUN/2/nsubj raided/VERB/0/root Zenda/PROPN/2/obj on/ADP/5/case Monday/PROPN/2/obl",
    "Police/NOUN/2/nsubj fled/VERB/0/root +./PUNCT/2/punct",
    "\nIn/ADP/2/case 2019/NUM/4/obl rebels/NOUN/4/nsubj burned/VERB/0/root it/PRON/4/obj after/SCONJ/7/mark "
    "police/NOUN/8/nsubj shot/VERB/4/advcl one/NUM/8/obj",
)
ARTICLE, ANALYSIS = parse(*SENTENCES)
PUBLISHED = ARTICLE.published
TODAY: Days = (PUBLISHED, PUBLISHED)
MONDAY: Days = (PUBLISHED - timedelta(1), PUBLISHED - timedelta(1))
YEAR: Days = (date(2019, 1, 1), date(2019, 12, 31))
LAYOUT = Layout(ARTICLE.text, ANALYSIS)


def word(form: str) -> int:
    return next(k for k, token in enumerate(ANALYSIS.tokens) if token.lemma == form)


def timed(form: str, days: Days | None, status: Status = "happened") -> Timed:
    return Timed(word(form), "ASSAULT", status, LAYOUT.sentence_of(word(form)), days)


RAIDED, FLED, BURNED, SHOT = timed("raided", MONDAY), timed("fled", None), timed("burned", YEAR), timed("shot", None)


def words(filed: int = 0) -> DayWords:
    at = ARTICLE.text.index
    dates = [
        DateMention(at("Monday"), at("Monday") + 6, *MONDAY, "day", ""),
        DateMention(at("2019"), at("2019") + 4, *YEAR, "year", ""),
    ]
    events = [RAIDED, FLED, BURNED, SHOT]
    below = NounPhrases(ANALYSIS.tokens).below
    return DayWords(ARTICLE.text, PUBLISHED, ANALYSIS, below, dates, Clauses(ANALYSIS.tokens), LAYOUT, events, filed)


def features(event: Timed) -> dict[Days, set[str]]:
    days = words().days(event)
    return {one: set(names) for one, names in zip(days, words().features(event, days), strict=True)}


@pytest.mark.parametrize(
    ("status", "days"), [("happened", [TODAY, MONDAY, YEAR]), ("future", [TODAY]), ("negated", [TODAY, MONDAY, YEAR])]
)
def test_the_day_of_publication_and_those_told_that_the_status_allows(status: Status, days: list[Days]) -> None:
    assert words().days(timed("fled", None, status)) == days


def test_the_dateline_tells_none() -> None:
    assert words(filed=ARTICLE.text.index("Monday") + 1).days(FLED) == [TODAY, YEAR]


def test_where_a_day_was_told_last_and_what_is_beside() -> None:
    found = features(FLED)
    assert {"earlier same 1", "earlier between 0 True", "lead first same 1"} <= found[MONDAY]
    assert {"previous True paragraph", "next False article", "outside day False"} <= found[MONDAY]
    assert {"not earlier year", "later False 1", "lead  no"} <= found[YEAR]
    assert {"not earlier published", "back 0", "lead  no"} <= found[TODAY]


def test_a_day_of_the_sentence_is_told_apart_from_those_of_others() -> None:
    found = features(SHOT)
    assert "in 1 before" in found[YEAR] and not any(name.startswith("outside ") for name in found[YEAR])
    assert {"outside day True", "earlier other 1"} <= found[MONDAY] and "in 1 before" not in found[MONDAY]


def test_back_is_counted_in_steps_and_what_is_to_come_is_apart() -> None:
    later: Days = (PUBLISHED + timedelta(3), PUBLISHED + timedelta(3))
    at = ARTICLE.text.index("Monday")
    dates = [DateMention(at, at + 6, *later, "day", "")]
    below = NounPhrases(ANALYSIS.tokens).below
    known = DayWords(ARTICLE.text, PUBLISHED, ANALYSIS, below, dates, Clauses(ANALYSIS.tokens), LAYOUT, [FLED], 0)
    (names,) = known.features(timed("fled", None, "future"), [later])
    assert "back -3" in names and "back 1" in features(FLED)[MONDAY]


def test_of_a_long_article_no_more_days_are_asked_for_than_of_a_short_one() -> None:
    sentences = ["\nRebels/NOUN/2/nsubj fled/VERB/0/root +./PUNCT/2/punct"] * 300
    article, analysis = parse(*sentences)
    starts = [analysis.tokens[first].start for first, _ in analysis.sentences]
    dates = [
        DateMention(start, start + 6, day, day, "day", "")
        for start, day in ((start, PUBLISHED - timedelta(k)) for k, start in enumerate(starts))
    ]
    layout, below = Layout(article.text, analysis), NounPhrases(analysis.tokens).below
    event = Timed(451, "RETREAT", "happened", layout.sentence_of(451), None)
    known = DayWords(article.text, PUBLISHED, analysis, below, dates, Clauses(analysis.tokens), layout, [event], 0)
    far = {(PUBLISHED - first).days for first, _ in known.days(event)}
    assert {0, 1, 2, 149, 150, 151} <= far and len(far) <= 22 and 75 not in far
