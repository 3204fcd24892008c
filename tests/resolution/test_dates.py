from __future__ import annotations

import csv
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from turnstone.records import DateMention, Token
from turnstone.resolution.dates import event_day, find_dates

Row = dict[str, str]


def _cases() -> list[tuple[str, str, list[tuple[str, ...]]]]:
    with Path(__file__).with_name("dated_expressions.tsv").open(encoding="utf-8", newline="") as file:
        rows: list[Row] = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    cases = []
    for (published, sentence), group in groupby(rows, key=lambda row: (row["published"], row["sentence"])):
        wanted = [
            (row["expression"], row["first_day"], row["last_day"], row["granularity"])
            for row in group
            if row["expression"] != "-"
        ]
        cases.append((published, sentence, wanted))
    return cases


def _found(text: str, published: date, tokens: tuple[Token, ...] = ()) -> list[tuple[str, ...]]:
    return [
        (text[m.start : m.end], m.first_day.isoformat(), m.last_day.isoformat(), m.granularity)
        for m in find_dates(text, published, tokens)
    ]


@pytest.mark.parametrize(("published", "sentence", "wanted"), _cases())
def test_the_list_of_dated_expressions(published: str, sentence: str, wanted: list[tuple[str, ...]]) -> None:
    assert _found(sentence, date.fromisoformat(published)) == wanted


WORDS = [
    "on",
    "the",
    "in",
    "of",
    "from",
    "to",
    "between",
    "and",
    "since",
    "until",
    "last",
    "next",
    "this",
    "early",
    "late",
    "mid",
    "end",
    "start",
    "every",
    "past",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "year",
    "years",
    "ago",
    "later",
    "earlier",
    "may",
    "May",
    "March",
    "Sun",
    "Sat",
    "Tuesday",
    "Friday",
    "3",
    "5",
    "21",
    "29",
    "30",
    "31",
    "99",
    "1990",
    "2014",
    "2100",
    "9999",
    "2023-02-30",
    "31/2/2023",
    "first",
    "second",
    "fall",
    "spring",
    "winter",
    "today",
    "overnight",
    "will",
    "was",
    "-",
    "–",
    ",",
    ".",
    "'s",
    "’90s",
    "1990s",
    "quarter",
    "Q1",
    "February",
    "Feb.",
    "two",
    "a",
    "twenty-one",
    "hundred",
    "decades",
    "weekend",
    "same",
    "following",
    "Christmas",
    "Day",
    "New",
    "Year's",
    "(",
    ")",
    "ſeptember",
]
PROSE = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))


@given(text=PROSE, published=st.dates())
@example(text="999 years ago, in the next 999 decades and last winter", published=date.min)
@example(text="the day after tomorrow, next year, this decade, in two weeks' time", published=date.max)
@example(text="on 29 February, on the 31st of next month", published=date(2023, 1, 31))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_ordered_days_in_order_without_overlap(text: str, published: date) -> None:
    end = 0
    for mention in find_dates(text, published):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.first_day <= mention.last_day
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
        assert mention.basis
        end = mention.end


@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), published=st.dates())
@settings(deadline=None)
def test_full_dates_do_not_depend_on_the_article(day: date, published: date) -> None:
    for words in (f"{day.day} {day:%B %Y}", f"{day:%B} {day.day}, {day.year}", day.isoformat()):
        text = f"It happened on {words}."
        (mention,) = find_dates(text, published)
        assert (mention.first_day, mention.last_day, text[mention.start : mention.end]) == (day, day, words)


@given(published=st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
@settings(deadline=None)
def test_weekdays_lie_within_a_week_of_the_article(published: date) -> None:
    for name in ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]:
        (back,) = find_dates(f"They met on {name}.", published)
        (ahead,) = find_dates(f"They will meet on {name}.", published)
        assert f"{back.first_day:%A}" == f"{ahead.first_day:%A}" == name
        assert 0 <= (published - back.first_day).days < 7
        assert 0 <= (ahead.first_day - published).days < 7


def _parse(text: str, *rows: tuple[str, str, str, int, str]) -> tuple[Token, ...]:
    tokens, at = [], 0
    for form, upos, lemma, head, relation in rows:
        start = text.index(form, at)
        at = start + len(form)
        tokens.append(Token(start, at, upos, lemma, head, relation))
    return tuple(tokens)


def test_the_parse_tells_which_verb_a_weekday_belongs_to() -> None:
    text = "Envoys who met there gather on Friday under a pact that will lapse"
    tokens = _parse(
        text,
        ("Envoys", "NOUN", "envoy", 4, "nsubj"),
        ("who", "PRON", "who", 2, "nsubj"),
        ("met", "VERB", "meet", 0, "acl:relcl"),
        ("there", "ADV", "there", 2, "advmod"),
        ("gather", "VERB", "gather", -1, "root"),
        ("on", "ADP", "on", 6, "case"),
        ("Friday", "PROPN", "Friday", 4, "obl"),
    )
    attached = (*tokens[:4], Token(tokens[4].start, tokens[4].end, "VERB", "gather", 2, "xcomp"), *tokens[5:])
    met = (*attached[:6], Token(tokens[6].start, tokens[6].end, "PROPN", "Friday", 2, "obl"))
    assert _found(text, date(2023, 3, 21), met) == [("Friday", "2023-03-17", "2023-03-17", "day")]
    with_will = "Officials said on Friday the council will meet"
    tokens = _parse(
        with_will,
        ("Officials", "NOUN", "official", 1, "nsubj"),
        ("said", "VERB", "say", -1, "root"),
        ("on", "ADP", "on", 3, "case"),
        ("Friday", "PROPN", "Friday", 7, "obl"),
        ("the", "DET", "the", 5, "det"),
        ("council", "NOUN", "council", 7, "nsubj"),
        ("will", "AUX", "will", 7, "aux"),
        ("meet", "VERB", "meet", 1, "ccomp"),
    )
    assert _found(with_will, date(2023, 3, 21), tokens) == [("Friday", "2023-03-24", "2023-03-24", "day")]
    assert _found(with_will, date(2023, 3, 21)) == [("Friday", "2023-03-17", "2023-03-17", "day")]


def _meet(form: str, lemma: str, *rest: tuple[str, str, str, int, str]) -> tuple[tuple[str, str, str, int, str], ...]:
    at = 1 + len(rest)
    return (("Leaders", "NOUN", "leader", at, "nsubj"), *rest, (form, "VERB", lemma, -1, "root"))


@pytest.mark.parametrize(
    ("text", "rows", "day"),
    [
        ("Leaders meet Saturday", _meet("meet", "meet"), "2023-03-25"),
        ("Leaders seize Saturday", _meet("seize", "seize"), "2023-03-18"),
        ("Leaders are arriving Saturday", _meet("arriving", "arrive", ("are", "AUX", "be", 2, "aux")), "2023-03-25"),
        ("Leaders were arriving Saturday", _meet("arriving", "arrive", ("were", "AUX", "be", 2, "aux")), "2023-03-18"),
        ("Leaders are mourning Saturday", _meet("mourning", "mourn", ("are", "AUX", "be", 2, "aux")), "2023-03-18"),
        ("Leaders to gather Saturday", _meet("gather", "gather", ("to", "PART", "to", 2, "mark")), "2023-03-25"),
    ],
)
def test_a_present_looks_ahead_where_the_verb_is_of_the_calendar(
    text: str, rows: tuple[tuple[str, str, str, int, str], ...], day: str
) -> None:
    saturday = ("Saturday", "PROPN", "Saturday", len(rows) - 1, "obl:unmarked")
    assert [first for _, first, *_ in _found(text, date(2023, 3, 21), _parse(text, *rows, saturday))] == [day]


def test_the_parse_keeps_a_name_with_a_weekday_from_being_a_day() -> None:
    text = "The Wednesday League won"
    names = [("The", "DET", "the", 2, "det"), ("Wednesday", "PROPN", "Wednesday", 2, "compound")]
    rows = [*names, ("League", "PROPN", "League", 3, "nsubj"), ("won", "VERB", "win", -1, "root")]
    assert _found(text, date(2023, 3, 21), _parse(text, *rows)) == []


def test_the_parse_keeps_a_person_called_may_from_being_a_month() -> None:
    text = "Critics of May left"
    rows = [("Critics", "NOUN", "critic", 3, "nsubj"), ("of", "ADP", "of", 2, "case")]
    left = ("left", "VERB", "leave", -1, "root")
    assert [words for words, *_ in _found(text, date(2019, 6, 1))] == ["May"]
    tokens = _parse(text, *rows, ("May", "PROPN", "May", 0, "flat"), left)
    assert _found(text, date(2019, 6, 1), tokens) == []


def test_the_basis_says_what_was_counted_from() -> None:
    published = date(2023, 3, 21)
    alone, told = "They left two days earlier.", "They came on Sunday and left two days earlier."
    assert find_dates(alone, published)[-1].basis == "counted from the article's day"
    assert find_dates(told, published)[-1].basis == "counted from the day told before it"
    assert find_dates(told, published)[-1].first_day == date(2023, 3, 17)
    assert find_dates("They came on Sunday.", published)[0].basis == "Sunday on or before the article's day"
    assert find_dates("They left two days later.", published) == ()


TEXT = "Rebels attacked on Sunday and the talks planned for 5 May were called off"
DAY = date(2023, 3, 21)


def _mention(words: str, first: date, last: date | None = None) -> DateMention:
    return DateMention(
        TEXT.index(words), TEXT.index(words) + len(words), first, last or first, "day", f"basis of {words}"
    )


SUNDAY, MAY = _mention("Sunday", date(2023, 3, 19)), _mention("5 May", date(2023, 5, 5))


def test_an_event_takes_the_nearest_day_of_its_clause() -> None:
    whole = (0, len(TEXT))
    attacked, talks = TEXT.index("attacked"), TEXT.index("talks")
    sunday = (date(2023, 3, 19), date(2023, 3, 19), "day", "basis of Sunday")
    assert event_day((SUNDAY, MAY), whole, DAY, "happened", attacked) == sunday
    assert event_day((SUNDAY, MAY), whole, DAY, "future", talks)[0] == date(2023, 5, 5)
    assert event_day((SUNDAY, MAY), whole, DAY, "hypothetical", TEXT.index("called"))[0] == date(2023, 5, 5)
    assert event_day((SUNDAY, MAY), (0, MAY.start), DAY, "negated", talks) == sunday


def test_what_has_happened_is_not_dated_ahead_nor_what_is_to_come_behind() -> None:
    whole = (0, len(TEXT))
    assert event_day((MAY,), whole, DAY, "happened", 0) == (DAY, DAY, "day", "the article's day")
    assert event_day((SUNDAY,), whole, DAY, "future", 0) == (DAY, DAY, "day", "announced; no day given")


def test_an_event_without_a_date_says_so() -> None:
    basis = {
        "happened": "the article's day",
        "historical": "before the article's day, none given",
        "future": "announced; no day given",
        "hypothetical": "the article's day",
        "negated": "the article's day",
    }
    assert {status: event_day((), (0, 9), DAY, status, 3) for status in basis} == {  # type: ignore[arg-type]
        status: (DAY, DAY, "day", words) for status, words in basis.items()
    }


def test_a_day_outside_the_clause_is_another_events() -> None:
    assert event_day((SUNDAY,), (SUNDAY.end, len(TEXT)), DAY, "happened", SUNDAY.end)[3] == "the article's day"


@pytest.mark.parametrize("within", ["earlier ", "later ", "so far ", "early ", "late ", ""])
@pytest.mark.parametrize("rel", ["last", "this", "next", "past", "coming"])
@pytest.mark.parametrize("unit", ["week", "month", "quarter", "year", "Monday", "March", "summer"])
def test_no_period_ends_before_it_begins(within: str, rel: str, unit: str) -> None:
    text = f"They met {within}{rel} {unit} and will meet again {within}{rel} {unit}."
    assert all(found.first_day <= found.last_day for found in find_dates(text, date(2023, 3, 21)))
