"""Places of events of which no clause tells one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from tests.builders import parse, plain
from tests.coding.proposed import CODEBOOK, COUNSEL, proposal
from turnstone.coding.events import code_events
from turnstone.records import Event, Place, Resolved, Span
from turnstone.settings import Settings

RAID = "Rebels/NOUN/2/nsubj raided/VERB/0/root Zenda/PROPN/2/obj near/ADP/5/case Strelsau/PROPN/2/obl"
ARREST = "Police/NOUN/2/nsubj arrested/VERB/0/root men/NOUN/2/obj"
FILLING = [plain("word word.") for _ in range(100)]


def arrests(
    shares: dict[str, float], least: float = 0.8, whole: bool = False, told: float = -9.0, gone: bool = False
) -> tuple[Event, list[int]]:
    """The arrest where places have these shares, and how many were asked of; `told` is what its sentence says;
    `gone` that Strelsau is no longer on the map."""
    article, analysis = parse(RAID, ARREST, *(FILLING if whole else ()))
    at, asked = article.text.index, list[int]()
    names = ["Zenda", "Strelsau", *(("men",) if told > 0 else ())]
    places = [Place(at(n), at(n) + len(n), n, "RUR", None, 1.0, 2.0, "city") for n in names]
    if gone:
        places[1] = replace(places[1], latitude=None, longitude=None)

    def likely(features: Sequence[Iterable[str]]) -> list[float]:
        asked.append(len(features))
        return [shares.get(name, 0.0) for name in names]

    arrested = next(k for k, token in enumerate(analysis.tokens) if token.start == at("arrested"))
    police, men = Span(at("Police"), at("Police") + 6), Span(at("men"), at("men") + 3)
    made = replace(proposal("COERCE", trigger=arrested), actors=(police,), recipients=(men,))
    counsel = replace(COUNSEL, state=ruritania, likely_places=likely, places=lambda features: [told] * len(features))
    given = (Resolved((), (), tuple(places)), CODEBOOK, Settings(least_likely_place=least), counsel)
    (event,) = code_events(article, replace(analysis, proposals=(made,)), *given).events
    return event, asked


def ruritania(start: int, end: int, country: str) -> Place | None:
    return Place(start, end, "Ruritania", country, None, 3.0, 4.0, "country") if country == "RUR" else None


def where(event: Event) -> str:
    return event.place.name if event.place else ""


@pytest.mark.parametrize(
    ("shares", "meant"),
    [
        ({"Zenda": 0.9}, "Zenda"),
        ({"Zenda": 0.05, "Strelsau": 0.85}, "Strelsau"),
        ({"Zenda": 0.4, "Strelsau": 0.35}, ""),
        ({}, ""),
    ],
)
def test_the_likeliest_place_of_the_report_is_given(shares: dict[str, float], meant: str) -> None:
    event, asked = arrests(shares)
    assert where(event) == meant and asked == [2]


def test_a_place_needs_the_least_probability() -> None:
    assert where(arrests({"Zenda": 0.7}, least=0.69)[0]) == "Zenda"
    assert where(arrests({"Zenda": 0.7}, least=0.7)[0]) == ""
    assert where(arrests({"Zenda": 1.0}, least=1.0)[0]) == ""


def test_one_whose_own_sentence_tells_a_place_is_not_asked() -> None:
    event, asked = arrests({"Zenda": 0.9}, told=2.0)
    assert where(event) == "men" and asked == []


def test_whole_articles_are_asked() -> None:
    event, asked = arrests({"Zenda": 0.9}, whole=True)
    assert where(event) == "Zenda" and asked == [2]


def test_the_state_is_given_where_no_one_place_is_sure_but_it_is() -> None:
    event, _ = arrests({"Zenda": 0.4, "Strelsau": 0.45})
    told = event.place
    assert told is not None and (told.name, told.resolution) == ("Ruritania", "country")
    assert told.end - told.start == len("Strelsau")  # the likeliest of its places tells it


def test_a_state_of_former_times_may_be_where_it_was_and_gives_no_place() -> None:
    assert where(arrests({"Zenda": 0.1, "Strelsau": 0.85}, gone=True)[0]) == ""
    assert where(arrests({"Zenda": 0.85, "Strelsau": 0.1}, gone=True)[0]) == "Zenda"


def test_a_state_needs_the_least_probability_too() -> None:
    assert where(arrests({"Zenda": 0.4, "Strelsau": 0.39})[0]) == ""
    assert where(arrests({"Zenda": 0.4, "Strelsau": 0.39}, least=0.7)[0]) == "Ruritania"
