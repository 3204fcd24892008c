from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from turnstone.errors import KnowledgeError
from turnstone.knowledge.entities import load_entities
from turnstone.knowledge.gazetteer import Gazetteer, fold, load_gazetteer, state_of


def test_territories_have_the_state_that_the_states_file_gives_them() -> None:
    states = {state.id: state.code for state in load_entities().states if len(state.id) == 3}
    assert {country: state_of(country) for country in states if country != "ATA"} == {
        country: code for country, code in states.items() if country != "ATA"
    }
    assert state_of("XKX") == "KOS"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    ("name", "own", "country", "feature"),
    [
        ("Paris", "Paris", "FRA", "capital"),
        ("Kiev", "Kyiv", "UKR", "capital"),
        ("BEIJING", "Beijing", "CHN", "capital"),
        ("Sana’a", "Sanaa", "YEM", "capital"),
        ("Sao Paulo", "São Paulo", "BRA", "city"),
        ("Rio De Janeiro", "Rio de Janeiro", "BRA", "city"),
        ("The Hague", "The Hague", "NLD", "city"),
        ("Of", "Of", "TUR", "city"),
        ("France", "France", "FRA", "country"),
        ("UK", "United Kingdom", "GBR", "country"),
        ("Donbas", "Donbas", "UKR", "region"),
        ("Asia", "Asia", "", "continent"),
    ],
)
def test_the_most_populous_of_the_name_comes_first(
    gazetteer: Gazetteer, name: str, own: str, country: str, feature: str
) -> None:
    first = gazetteer.lookup(name)[0]
    assert (first.name, first.country, first.feature) == (own, country, feature)


@pytest.mark.parametrize("name", ["of", "OF", "paris", "", "Zzyzxburg", "Parisburgh", "Pariss"])
def test_what_is_no_name_finds_nothing(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.lookup(name) == ()


def test_places_of_one_name_come_with_the_province(gazetteer: Gazetteer) -> None:
    found = gazetteer.lookup("Paris")
    assert [entry.population for entry in found] == sorted((e.population for e in found), reverse=True)
    texan = next(entry for entry in found if entry.admin1 == "Texas")
    assert texan.country == "USA" and texan.latitude == pytest.approx(33.66, abs=0.01)
    assert ("Toronto", "Ontario") in {(entry.name, entry.admin1) for entry in gazetteer.lookup("Toronto")}


def test_countries_and_provinces_have_a_point(gazetteer: Gazetteer) -> None:
    france = gazetteer.lookup("France")[0]
    assert (france.geonames_id, france.latitude, france.longitude) == (3017382, 46.0, 2.0)
    sindh = next(entry for entry in gazetteer.lookup("Sindh") if entry.feature == "admin1")
    assert sindh.country == "PAK" and sindh.latitude == pytest.approx(26, abs=1)


def test_what_only_keeps_a_town_from_being_meant_has_none(gazetteer: Gazetteer) -> None:
    assert {entry.latitude for entry in gazetteer.lookup("The West") if entry.feature == "region"} == {None}


def test_towns_have_their_province(gazetteer: Gazetteer) -> None:
    (karachi,) = (entry for entry in gazetteer.lookup("Karachi") if entry.population > 1_000_000)
    assert karachi.admin1 == "Sindh"


@settings(deadline=None)
@given(data=st.data())
def test_every_place_is_found_by_its_names(gazetteer: Gazetteer, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(gazetteer._names) - 1))
    place = gazetteer._places.slice(gazetteer._rows[at].as_py(), 1).to_pylist()[0]
    for name in (place["name"], gazetteer._names[at].as_py()):
        short = fold(name).isupper() and len(name) < 4
        if any(c.isupper() for c in fold(name)) and not short:
            assert place["geonames_id"] in {entry.geonames_id for entry in gazetteer.lookup(name)}


def test_the_file_is_in_the_order_the_search_relies_on(gazetteer: Gazetteer) -> None:
    names = [name.encode().lower() for name in gazetteer._names.to_pylist()]
    assert len(names) > 300_000 and names == sorted(names)
    assert set(gazetteer._rows.to_pylist()) == set(range(len(gazetteer)))


def test_an_abbreviation_is_found_only_as_it_is_written(tmp_path: Path) -> None:
    write(
        tmp_path,
        places=[("Ultan", "AAA", 5), ("Usk", "BBB", 7)],
        names=[("Ultan", 0), ("US", 0), ("us", 1), ("Usk", 1)],
    )
    made = load_gazetteer(tmp_path)
    assert [entry.name for entry in made.lookup("US")] == ["Ultan"]
    assert [entry.name for entry in made.lookup("Us")] == ["Usk", "Ultan"]
    assert made.provinces() == {1: "A province", 2: "A province"}


def test_a_place_has_so_many_names(tmp_path: Path) -> None:
    write(
        tmp_path, places=[("Zenda", "AAA", 5), ("Zenda", "BBB", 7)], names=[("Strelsau", 0), ("Zenda", 0), ("Zenda", 1)]
    )
    assert [(entry.country, entry.names) for entry in load_gazetteer(tmp_path).lookup("Zenda")] == [
        ("BBB", 1),
        ("AAA", 2),
    ]


def write(folder: Path, places: list[tuple[str, str, int]], names: list[tuple[str, int]]) -> None:
    """A gazetteer of cities: their names, countries and populations, and all names by row."""
    rows = [
        {"geonames_id": number, "name": name, "feature": "city", "country": country, "admin1": "A province"}
        | {"latitude": 1.5, "longitude": 2.5, "population": population}
        for number, (name, country, population) in enumerate(places, 1)
    ]
    table = pa.RecordBatch.from_pylist(rows)
    at = table.schema.get_field_index("admin1")
    table = table.set_column(at, "admin1", table.column(at).dictionary_encode())
    called = pa.RecordBatch.from_pylist([{"name": name, "place": place} for name, place in names])
    for batch, name in ((table, "places.arrow"), (called, "names.arrow")):
        with pa.ipc.new_file(folder / name, batch.schema) as file:
            file.write_batch(batch)


def test_a_missing_or_broken_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"places\.arrow.*build"):
        load_gazetteer(tmp_path)
    for content in (b"", b"no", b"ARROW1\0\0 and no more"):
        (tmp_path / "places.arrow").write_bytes(content)
        with pytest.raises(KnowledgeError, match="not a gazetteer"):
            load_gazetteer(tmp_path)


@pytest.mark.parametrize(
    ("code", "name"),
    [("FRA", "France"), ("GBR", "United Kingdom"), ("KOS", "Kosovo"), ("XKX", "Kosovo"), ("PSE", "Palestin")],
)
def test_a_state_by_its_code(gazetteer: Gazetteer, code: str, name: str) -> None:
    found = gazetteer.state(code)
    assert found is not None and found.feature == "country" and name in found.name


@pytest.mark.parametrize("code", ["", "YUG", "UNO", "france"])
def test_what_is_no_state_of_today_has_no_place(gazetteer: Gazetteer, code: str) -> None:
    assert gazetteer.state(code) is None
