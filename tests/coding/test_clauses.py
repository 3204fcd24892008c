"""Dates and places belong to what the tree says they are said of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import parse
from turnstone.coding.clauses import Clauses, meeting, relations_of

ARTICLE, ANALYSIS = parse(
    "On/ADP/2/case Monday/PROPN/4/obl Mali/PROPN/4/nsubj said/VERB/0/root it/PRON/6/nsubj agreed/VERB/4/ccomp "
    "to/PART/8/mark "
    "meet/VERB/6/xcomp envoys/NOUN/8/obj in/ADP/11/case Dakar/PROPN/8/obl on/ADP/13/case Friday/PROPN/8/obl"
)
CLAUSES = Clauses(ANALYSIS.tokens)
AGREED, MEET = 5, 7


def at(word: str) -> tuple[int, int]:
    start = ARTICLE.text.index(word)
    return start, start + len(word)


def test_a_day_of_the_clause_below_is_not_the_triggers() -> None:
    assert CLAUSES.distance_of_time(*at("Friday"), AGREED) is None
    assert CLAUSES.distance_of_time(*at("Friday"), MEET) == 0


def test_a_day_of_the_clause_above_counts_from_farther() -> None:
    assert CLAUSES.distance_of_time(*at("Monday"), AGREED) == 1
    assert CLAUSES.distance_of_time(*at("Monday"), MEET) == 2


def test_the_noun_that_has_the_preposition_of_a_place() -> None:
    word = CLAUSES.place_word(*at("Dakar"))
    assert word == 10
    assert CLAUSES.cases(word) == {"in"}


def test_a_year_inside_a_name_dates_that_thing_only() -> None:
    article, analysis = parse(
        "They/PRON/2/nsubj met/VERB/0/root after/ADP/6/case the/DET/6/det 2003/NUM/6/nummod invasion/NOUN/2/obl"
    )
    start = article.text.index("2003")
    clauses = Clauses(analysis.tokens)
    assert clauses.distance_of_time(start, start + 4, 1) is None
    assert clauses.distance_of_time(start, start + 4, 5) == 0


@pytest.mark.parametrize("case, rank", [("after", None), ("over", None), ("during", None), ("in", 0), ("at", 0)])
def test_a_time_is_that_of_another_event_which_the_first_is_about_or_after(case: str, rank: int | None) -> None:
    article, analysis = parse(
        f"Two/NUM/2/nsubj:pass arrested/VERB/0/root {case}/ADP/4/case raid/NOUN/2/obl on/ADP/6/case Sunday/PROPN/4/nmod"
    )
    start = article.text.index("Sunday")
    clauses = Clauses(analysis.tokens)
    assert clauses.distance_of_time(start, start + 6, 1, {1, 3}) == rank
    assert clauses.distance_of_time(start, start + 6, 1, {1}) == 0
    assert clauses.distance_of_time(start, start + 6, 3, {1, 3}) == 0


def test_a_time_behind_an_infinitive_is_told_apart() -> None:
    article, analysis = parse(
        "He/PRON/2/nsubj invited/VERB/0/root her/PRON/2/obj on/ADP/5/case Monday/PROPN/2/obl to/PART/7/mark "
        "visit/VERB/2/xcomp Lima/PROPN/7/obj this/DET/10/det year/NOUN/2/obl"
    )
    clauses = Clauses(analysis.tokens)
    assert clauses.is_behind_infinitive(article.text.index("this"), 1)
    assert not clauses.is_behind_infinitive(article.text.index("Monday"), 1)
    assert not clauses.is_behind_infinitive(article.text.index("this"), 6)


@pytest.mark.parametrize(
    ("number", "unit", "mark", "days"),
    [
        ("two/NUM/5/nummod", "day", "after", 2),
        ("12/NUM/5/nummod", "day", "after", 12),
        ("a/DET/5/det", "week", "after", 7),
        ("some/DET/5/det", "day", "after", 0),
        ("5000000000/NUM/5/nummod", "day", "after", 0),
        ("two/NUM/5/nummod", "year", "after", 0),
        ("two/NUM/5/nummod", "day", "before", 0),
    ],
)
def test_how_many_days_a_clause_comes_after_another(number: str, unit: str, mark: str, days: int) -> None:
    _, analysis = parse(
        f"Oslo/PROPN/2/nsubj voted/VERB/0/root +,/PUNCT/2/punct {number} {unit}/NOUN/8/obl {mark}/SCONJ/8/mark "
        "it/PRON/8/nsubj met/VERB/2/advcl"
    )
    assert Clauses(analysis.tokens).days_since(7) == days


@pytest.mark.parametrize(("words", "days"), [("a/DET few/ADJ", 0), ("the/DET two/NUM", 0), ("just/ADV two/NUM", 2)])
def test_a_few_days_are_no_number(words: str, days: int) -> None:
    first, second = (f"{word}/5/{'nummod' if 'NUM' in word else 'det'}" for word in words.split())
    _, analysis = parse(
        f"Oslo/PROPN/2/nsubj voted/VERB/0/root {first} {second} day/NOUN/8/obl after/SCONJ/8/mark it/PRON/8/nsubj "
        "met/VERB/2/advcl"
    )
    assert Clauses(analysis.tokens).days_since(7) == days


def test_what_is_asked_for_is_no_event_of_its_own_but_the_occasion_is() -> None:
    _, analysis = parse(
        "Oslo/PROPN/2/nsubj urged/VERB/0/root Bergen/PROPN/2/obj to/PART/5/mark end/VERB/2/xcomp raids/NOUN/5/obj "
        "after/ADP/9/case an/DET/9/det attack/NOUN/2/obl"
    )
    clauses = Clauses(analysis.tokens)
    assert clauses.is_asked_for(4, {1})
    assert clauses.is_asked_for(5, {1})
    assert not clauses.is_asked_for(8, {1})


def test_a_time_of_what_an_act_is_about_is_not_its_own() -> None:
    article, analysis = parse(
        "Mali/PROPN/2/nsubj cut/VERB/0/root ties/NOUN/2/obj over/ADP/5/case raids/NOUN/2/obl in/ADP/7/case "
        "Dakar/PROPN/5/nmod in/ADP/9/case 2001/NUM/5/nmod"
    )
    clauses = Clauses(analysis.tokens)
    year = article.text.index("2001")
    assert clauses.is_of_what_it_is_for(year, year + 4, 1)
    assert not clauses.is_of_what_it_is_for(year, year + 4, 4)


def test_talks_that_are_called_for_are_a_meeting_and_those_on_whose_occasion_are_not() -> None:
    for case, meets in (("for", True), ("during", False)):
        _, analysis = parse(f"Mali/PROPN/2/nsubj called/VERB/0/root {case}/ADP/4/case talk/NOUN/2/obl")
        assert Clauses(analysis.tokens).is_about_meeting(1) is meets
    for met, meets in (("envoys", True), ("demands", False)):
        _, analysis = parse(f"Ade/PROPN/2/nsubj refused/VERB/0/root to/PART/4/mark meet/VERB/2/xcomp {met}/NOUN/4/obj")
        tokens = [replace(t, lemma=t.lemma.removesuffix("s")) for t in analysis.tokens]
        assert Clauses(tokens).is_about_meeting(1) is meets
    _, analysis = parse("Mali/PROPN/2/nsubj called/VERB/0/root for/ADP/4/case calm/NOUN/2/obl")
    assert not Clauses(analysis.tokens).is_about_meeting(1)


def test_a_verb_in_the_present_has_no_auxiliary_and_its_own_form() -> None:
    for sentence, place, present in (
        ("They/PRON/2/nsubj sign/VERB/0/root", 1, True),
        ("She/PRON/2/nsubj signs/VERB/0/root", 1, True),
        ("They/PRON/2/nsubj signed/VERB/0/root", 1, False),
        ("They/PRON/3/nsubj will/AUX/3/aux sign/VERB/0/root", 2, False),
        ("It/PRON/2/nsubj agreed/VERB/0/root to/PART/4/mark sign/VERB/2/xcomp", 3, False),
        ("It/PRON/3/nsubj:pass is/AUX/3/aux:pass signed/VERB/0/root", 2, True),
        ("It/PRON/3/nsubj:pass was/AUX/3/aux:pass signed/VERB/0/root", 2, False),
        ("It/PRON/4/nsubj:pass is/AUX/4/aux to/PART/4/mark sign/VERB/0/root", 3, False),
        ("A/DET/2/det sign/NOUN/0/root", 1, False),
    ):
        article, analysis = parse(sentence)
        tokens = [replace(t, lemma="sign") if t.lemma.startswith("sign") else t for t in analysis.tokens]
        assert Clauses(tokens).is_in_present(place, article.text) is present


@pytest.mark.parametrize(
    ("text", "trigger", "before"),
    [
        ("raid/NOUN/0/root since/ADP/4/case Friday/PROPN/4/compound vote/NOUN/1/nmod", 3, True),
        ("raid/NOUN/0/root since/ADP/4/case protest/NOUN/4/compound rally/NOUN/1/nmod", 2, True),
        ("quits/VERB/0/root two/NUM/3/nummod days/NOUN/5/obl:unmarked after/SCONJ/5/mark losing/VERB/1/advcl", 4, True),
        ("quits/VERB/0/root days/NOUN/4/obl:unmarked after/ADP/4/case vote/NOUN/1/obl", 3, True),
        ("quits/VERB/0/root after/SCONJ/3/mark losing/VERB/1/advcl", 2, False),
        ("rests/VERB/0/root for/ADP/4/case a/DET/4/det day/NOUN/1/obl after/ADP/6/case vote/NOUN/1/obl", 5, False),
        ("quits/VERB/0/root days/NOUN/4/obl:unmarked before/ADP/4/case vote/NOUN/1/obl", 3, False),
        ("After/ADP/2/case vote/NOUN/3/obl quits/VERB/0/root", 1, False),
        ("since/SCONJ/4/mark guns/NOUN/4/nsubj have/AUX/4/aux shelled/VERB/0/root", 3, False),
    ],
)
def test_the_news_is_measured_from_what_came_before_it(text: str, trigger: int, before: bool) -> None:
    _, analysis = parse(text)
    tokens = [replace(token, lemma="day") if token.lemma == "days" else token for token in analysis.tokens]
    assert Clauses(tokens).is_measured_from(trigger) is before


@pytest.mark.parametrize(
    ("up", "down", "found"),
    [
        ([3, 1, 0], [4, 1, 0], ([3], [4], 1)),
        ([3, 1], [1], ([3], [], 1)),
        ([2], [2], ([], [], 2)),
        ([3, 1], [4, 2], None),
    ],
)
def test_two_words_meet_in_the_nearest_above_both(up: list[int], down: list[int], found: object) -> None:
    assert meeting(up, down) == found


def test_of_a_path_the_first_five_relations_are_told() -> None:
    assert relations_of([MEET, AGREED, 3], ANALYSIS.tokens) == "xcomp ccomp root"
    assert relations_of([0] * 9, ANALYSIS.tokens) == "case case case case case"
    assert relations_of([], ANALYSIS.tokens) == ""
