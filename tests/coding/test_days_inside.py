"""What is told of an event and a day that its sentence tells of another."""

from __future__ import annotations

from datetime import date

from tests.coding.test_day_words import ANALYSIS, ARTICLE, RAIDED, SHOT, YEAR, word
from turnstone.coding.clauses import Clauses
from turnstone.coding.days_inside import DaysInside
from turnstone.coding.told_days import Asked, Days, Timed, Told
from turnstone.records import DateMention

TRIGGERS = [word(form) for form in ("raided", "fled", "burned", "shot")]


def told(words: str, days: Days) -> Told:
    at = ARTICLE.text.index(words)
    mention = DateMention(at, at + len(words), *days, "year", "")
    return Told(mention, days, Clauses(ANALYSIS.tokens).word(at, at + len(words)), 0, 0, "in ")


def features(event: Timed, *inside: Told) -> set[str]:
    start = ANALYSIS.tokens[event.trigger].start
    asked = Asked(event, start, 0, 0, "past", inside, (), ())
    return set(DaysInside(ANALYSIS.tokens, Clauses(ANALYSIS.tokens), TRIGGERS).features(asked, inside, "year"))


def test_how_a_day_of_the_sentence_hangs_on_what_it_is_not_said_of() -> None:
    found = features(SHOT, told("2019", YEAR))
    assert {"in 1 before", "in 1 before False", "in 1 in ", "in 1 year before", "in 1 past before False"} <= found
    assert {"in between 1 1 before", "path obl|advcl", "path |advcl", "path obl|", "top VERB True advcl"} <= found
    assert {"via False advcl", "in 1 before nearer 0 False"} <= found


def test_a_day_of_another_sentence_is_no_path_away() -> None:
    assert "path apart" in features(SHOT, told("Monday", YEAR))


def test_of_two_expressions_of_one_day_the_nearest_counts() -> None:
    other: Days = (date(2018, 1, 1), date(2018, 12, 31))
    both = features(RAIDED, told("2019", YEAR), told("Monday", YEAR))
    assert both == features(RAIDED, told("Monday", YEAR), told("2019", YEAR)) and "in 0 after False" in both
    assert "in 0 after True" in features(RAIDED, told("Monday", YEAR), told("2019", other))
