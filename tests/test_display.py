from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from rich.console import Console

from tests.store.samples import article, record, span
from turnstone.display import FIELDS, REPORT, Line, Shown, as_text, clean, lines, on_whose_word, party, period, place
from turnstone.records import Attribution, Coded, Event, Participant, Record, Span


@pytest.fixture
def made() -> Record:
    return record(article("7", title="Ruritania \x1b[31minvites"))


def event(made: Record, **changes: object) -> Event:
    return replace(made.coded.events[0], **changes)  # type: ignore[arg-type]


def test_a_line_says_who_did_what_to_whom_on_whose_word(made: Record) -> None:
    assert lines(made) == [
        Line(
            article="7",
            when="2023-03-03",
            who="Ruritania (RUR GOV)",
            what="AGREE meet",
            to_whom="Graustark (GRA)",
            status="future",
            where="Strelsau (RUR)",
            word="an envoy (RUR GOV), via RNA",
            before="Ruritania ",
            trigger="invited",
            after=" Graustark to talks in Strelsau on Friday, envoy 7 said. 🕊",
            quad=1,
        )
    ]


def test_a_plain_line_has_every_field_and_no_other_tab(made: Record) -> None:
    text = made.article.text.replace(" to talks", "\tto\ntalks")
    fields = lines(replace(made, article=replace(made.article, text=text)))[0].plain().split("\t")
    assert len(fields) == len(FIELDS)
    assert fields[FIELDS.index("sentence")] == made.article.text


@pytest.mark.parametrize(
    ("days", "granularity", "shown"),
    [
        (("2023-03-20", "2023-03-20"), "day", "2023-03-20"),
        (("2023-03-13", "2023-03-19"), "week", "2023-03-13/2023-03-19 (week)"),
        (("2023-03-01", "2023-03-31"), "month", "2023-03 (month)"),
        (("2023-01-01", "2023-12-31"), "year", "2023 (year)"),
        (("2020-01-01", "2029-12-31"), "decade", "2020-01-01/2029-12-31 (decade)"),
    ],
)
def test_periods(made: Record, days: tuple[str, str], granularity: str, shown: str) -> None:
    first, last = map(date.fromisoformat, days)
    assert period(event(made, first_day=first, last_day=last, granularity=granularity)) == shown


def test_a_party_without_codes_is_its_name() -> None:
    assert party(Participant(0, 1, "a crowd")) == "a crowd"
    assert party(Participant(0, 1, "Xi Jinping", country="CHN", sectors=("GOV", "ELI"))) == "Xi Jinping (CHN GOV ELI)"


def test_a_place_has_its_country_where_it_lies_in_one() -> None:
    assert place("Strelsau", "RUR") == "Strelsau (RUR)"
    assert place("the Gulf\x1b", "") == "the Gulf\ufffd"


@pytest.mark.parametrize("width", [80, 200])
def test_the_table_says_where(made: Record, width: int) -> None:
    nowhere = as_text(replace(made, coded=replace(made.coded, events=(event(made, place=None),))), width)
    there = as_text(made, width)
    assert "where" in there.splitlines()[1] and "Strelsau (RUR)" in " ".join(there.split())
    assert "Strelsau (RUR)" not in " ".join(nowhere.split())


def test_a_narrow_table_says_nothing_for_nowhere(made: Record) -> None:
    nowhere = as_text(replace(made, coded=replace(made.coded, events=(event(made, place=None),))), 80)
    assert not any(line.strip() == "-" for line in nowhere.splitlines())


def told(made: Record, *attributions: Attribution) -> str:
    coded = Coded(attributions, (event(made, attribution=0),))
    return on_whose_word(replace(made, coded=coded), coded.events[0])


def test_on_whose_word(made: Record) -> None:
    who = made.coded.attributions[0].speaker
    unnamed = Attribution((), (), (), None, "")
    named = Attribution((), (), (), who, "RNA", 1)
    agency = Attribution((), (), (), Participant(0, 1, "RNA"), "RNA")
    spokesman = Attribution((), (), (), Participant(0, 1, "a spokesman"), "")
    assert told(made, unnamed) == "an unnamed source"
    assert told(made, named, agency) == "an envoy (RUR GOV), via RNA"
    assert told(made, agency) == "RNA"
    assert told(made, replace(unnamed, within=1, outlet="RNA"), agency) == "an unnamed source, via RNA"
    assert told(made, replace(named, outlet=""), spokesman) == "an envoy (RUR GOV), as told by a spokesman"
    assert on_whose_word(made, event(made, attribution=-1)) == REPORT


def test_control_characters_do_not_reach_the_screen() -> None:
    assert clean("a\x1b[31m\u202eb\n\tc\x00") == "a\ufffd[31m\ufffdb c\ufffd"
    assert clean(" a ") == " a "
    assert clean("  ") == " "


def test_a_long_sentence_is_cut_around_the_trigger(made: Record) -> None:
    text = "so " * 400 + made.article.text + " and" * 400
    start, end = span(text, "invited")
    long = event(made, trigger=Span(start, end), evidence=Span(0, len(text)))
    line = lines(replace(made, article=replace(made.article, text=text), coded=replace(made.coded, events=(long,))))[0]
    assert line.trigger == "invited"
    assert line.before.startswith("… ") and line.before.endswith("Ruritania ")
    assert line.after.startswith(" Graustark") and line.after.endswith(" …")
    assert len(line.before + line.after) < 420


@pytest.mark.parametrize("width", [80, 100, 139, 140, 200])
def test_a_table_fits_the_terminal_and_shows_every_word(made: Record, width: int) -> None:
    file = io.StringIO()
    console = Console(file=file, width=width, force_terminal=True, color_system=None, legacy_windows=False)
    console.print(Shown(made))
    shown = file.getvalue()
    assert max(map(len, shown.splitlines())) <= width
    assert "\x1b[31m" not in shown
    for word in ("2023-03-01", "[7]", "2023-03-03", "Ruritania", "AGREE", "Graustark", "future", "envoy", "*invited*"):
        assert word in shown
    assert "on whose word" in shown


@pytest.mark.parametrize("width", [80, 200])
def test_a_period_breaks_between_its_days(made: Record, width: int) -> None:
    long = event(made, first_day=date(2023, 3, 13), last_day=date(2023, 3, 19), granularity="week")
    shown = as_text(replace(made, coded=replace(made.coded, events=(long,))), width)
    assert "2023-03-13/ " in shown and "\n2023-03-19" in shown


def test_text_marks_the_trigger_and_says_where_there_is_no_event(made: Record) -> None:
    assert "*invited*" in as_text(made)
    assert "no events" in as_text(replace(made, coded=Coded()))
    assert "\x1b" not in as_text(made)


def test_events_that_are_not_kept_are_not_shown(made: Record) -> None:
    assert lines(made, lambda one: one.status == "happened") == []
    assert len(lines(made, lambda one: one.status == "future")) == 1
