"""When and where the events of a headline were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.coding.test_repetitions import event
from turnstone.coding.headlines import as_told_below
from turnstone.day_basis import LIKELY as LIKELY_DAY
from turnstone.day_basis import likely, standing_of
from turnstone.records import Event, Place, Span

TEXT = "Rebels strike port\n\nRebels struck the port on Monday.\n\nThe army fled.\n\nIt had fled in 2011."
PUBLISHED = date(2021, 5, 5)
ZENDA, STRELSAU = (Place(0, 1, name, "RUR", None, 1.0, 2.0, "city") for name in ("Zenda", "Strelsau"))


def told(word: str, **values: object) -> Event:
    at = TEXT.index(word)
    undated = replace(event("Strikes"), trigger=Span(at, at + len(word)), first_day=PUBLISHED, last_day=PUBLISHED,
                      date_basis="the article's day")  # fmt: skip
    return replace(undated, **values)  # type: ignore[arg-type]


MONDAY = {"first_day": date(2021, 5, 3), "last_day": date(2021, 5, 3), "date_basis": "Monday"}


def day(headline: Event, *below: Event, text: str = TEXT) -> date:
    return as_told_below([headline, *below], text)[0].first_day


def test_a_headline_has_the_first_day_that_is_told_below_it() -> None:
    assert day(told("strike"), told("fled"), told("struck", **MONDAY)) == date(2021, 5, 3)
    first = as_told_below([told("strike"), told("struck", **MONDAY)], TEXT)[0]
    assert first.date_basis == "Monday; told below the headline"


@pytest.mark.parametrize(
    ("headline", "below"),
    [
        (told("strike"), told("struck")),  # no day is told
        (told("strike"), told("struck", **MONDAY, status="future")),
        (told("strike"), told("It had", **MONDAY)),  # too far below
        (told("strike", status="historical"), told("struck", **MONDAY)),
        (told("strike", date_basis="Wednesday"), told("struck", **MONDAY)),
        (told("strike"), told("struck", **MONDAY, event_type="AID", actors=(), recipients=())),  # another event
    ],
)
def test_otherwise_it_keeps_its_own(headline: Event, below: Event) -> None:
    assert day(headline, below) == PUBLISHED


LIKELY = {"first_day": date(2021, 5, 2), "last_day": date(2021, 5, 2), "date_basis": likely("Sunday", "Sunday", False)}


def test_what_a_sentence_below_tells_stands_above_what_is_likely() -> None:
    assert day(told("strike", **LIKELY), told("struck", **MONDAY)) == date(2021, 5, 3)
    assert day(told("strike"), told("struck", **LIKELY), told("fled", **MONDAY)) == date(2021, 5, 3)
    other = LIKELY | {"first_day": date(2021, 5, 1)}
    assert day(told("strike", **LIKELY), told("struck", **other)) == date(2021, 5, 2)
    copied = as_told_below([told("strike"), told("struck", **LIKELY)], TEXT)[0]
    assert copied.first_day == date(2021, 5, 2) and standing_of(copied.date_basis) == LIKELY_DAY
    assert "told below the headline" in copied.date_basis


def test_a_text_of_one_paragraph_has_no_headline() -> None:
    for text in (TEXT.replace("\n\n", "  "), TEXT.replace("\n\n", "\n ")):
        assert day(told("strike"), told("struck", **MONDAY), text=text) == PUBLISHED


def test_the_paragraphs_below_keep_theirs() -> None:
    found = as_told_below([told("strike"), told("struck", **MONDAY), told("fled")], TEXT)
    assert found[2].first_day == PUBLISHED


@pytest.mark.parametrize(
    ("headline", "below", "place"),
    [
        ({}, {"place": ZENDA}, ZENDA),
        ({}, {}, None),
        ({}, {"place": ZENDA, "event_type": "PROTEST"}, None),
        ({}, {"place": ZENDA, "status": "negated"}, None),
        ({"place": STRELSAU}, {"place": ZENDA}, STRELSAU),
    ],
)
def test_a_headline_has_the_place_of_what_it_tells(
    headline: dict[str, object], below: dict[str, object], place: Place | None
) -> None:
    found = as_told_below([told("strike", **headline), told("struck", **below)], TEXT)
    assert found[0].place == place
