from __future__ import annotations

from dataclasses import replace

import pytest

from turnstone.knowledge.gazetteer import Gazetteer, load_gazetteer
from turnstone.records import Name
from turnstone.resolution.places import find_places, placed_state


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def found(gazetteer: Gazetteer, text: str, *names: str, hints: tuple[str, ...] = (), dateline: str = "") -> list[str]:
    marked, at = [], 0
    for name in names:
        at = text.index(name, at)
        marked.append(Name(at, at + len(name), "LOC"))
        at += len(name)
    places = find_places(text, marked, hints, dateline, gazetteer)
    assert all(text[place.start : place.end] in names for place in places)
    return [f"{place.name} {place.country}" for place in places]


@pytest.mark.parametrize(
    ("text", "name", "hints", "expected"),
    [
        ("Talks were held in Paris.", "Paris", (), "Paris FRA"),
        ("Talks were held in Paris.", "Paris", ("USA",), "Paris FRA"),
        ("A storm hit Paris, Texas, on Friday.", "Paris", (), "Paris USA"),
        ("A storm hit Paris, Tex., on Friday.", "Paris", (), "Paris USA"),
        ("Clashes in Tripoli, Lebanon, killed two.", "Tripoli", ("LBY",), "Tripoli LBN"),
        ("Clashes in Tripoli in northern Lebanon killed two.", "Tripoli", (), "Tripoli LBN"),
        ("Clashes in Tripoli (Lebanon) killed two.", "Tripoli", (), "Tripoli LBN"),
        ("Clashes in Tripoli killed two.", "Tripoli", (), "Tripoli LBY"),
        ("Clashes in Tripoli killed two.", "Tripoli", ("LBN",), "Tripoli LBN"),
        ("He spoke in Birmingham.", "Birmingham", ("USA",), "Birmingham USA"),
        ("He spoke in Birmingham.", "Birmingham", (), "Birmingham GBR"),
        ("He flew to London, Canada and Peru.", "London", (), "London GBR"),
        ("He flew to London, Ontario.", "London", (), "London CAN"),
        ("A court in London ruled.", "London", ("CAN",), "London GBR"),
        ("It happened in Washington, D.C. on Friday.", "Washington", (), "Washington USA"),
        ("Talks were held in Geneva.", "Geneva", ("USA",), "Geneva CHE"),
        ("A fire in Geneva, Illinois, killed two.", "Geneva", ("USA",), "Geneva USA"),
        ("Voters in Texas decide.", "Texas", (), "Texas USA"),
        ("Georgia protested.", "Georgia", ("USA",), "Georgia GEO"),
        ("Shells fell on Donbas.", "Donbas", (), "Donbas UKR"),
        ("A fire in Suffolk.", "Suffolk", ("GBR",), "Suffolk GBR"),
        ("A clash in Punjab.", "Punjab", ("PAK",), "Punjab PAK"),
        ("A clash in Punjab.", "Punjab", ("IND",), "Punjab IND"),
        ("Shells fell on Aleppo.", "Aleppo", (), "Aleppo SYR"),
        ("It began in northern Syria.", "northern Syria", (), "Syria SYR"),
        ("It began in Sindh province.", "Sindh province", (), "Sindh PAK"),
        ("He was in Washington, D.C. on Friday.", "Washington, D.C.", (), "Washington USA"),
        ("A bridge in St. Petersburg fell.", "St. Petersburg", ("RUS",), "Saint Petersburg RUS"),
        ("A ward of Benghazi hospital burnt.", "Benghazi hospital", (), "Benghazi LBY"),
        ("Ships met on the Black Sea.", "Black Sea", (), "Black Sea "),
        ("Miners in the Midlands went home.", "Midlands", ("ZWE",), "Midlands ZWE"),
        ("Traders in Bombay and elsewhere.", "Bombay", (), "Mumbai IND"),
    ],
)
def test_which_place_is_meant(
    gazetteer: Gazetteer, text: str, name: str, hints: tuple[str, ...], expected: str
) -> None:
    assert found(gazetteer, text, name, hints=hints) == [expected]


def test_the_text_decides_for_later_mentions(gazetteer: Gazetteer) -> None:
    text = "A storm hit Paris, Texas. The mayor of Paris spoke."
    assert found(gazetteer, text, "Paris", "Paris") == ["Paris USA", "Paris USA"]


def test_other_names_tell_the_country(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "From Beirut he went to Tripoli.", "Beirut", "Tripoli") == ["Beirut LBN", "Tripoli LBN"]


def test_the_dateline_counts(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "A fire in Portland.", "Portland", dateline="USA") == ["Portland USA"]


@pytest.mark.parametrize(("text", "name"), [("In the West", "West"), ("At Zzyzxburg", "Zzyzxburg")])
def test_what_has_no_place_is_left_out(gazetteer: Gazetteer, text: str, name: str) -> None:
    assert found(gazetteer, text, name) == []


def test_a_small_far_namesake_is_left_out(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "They met at Kremlin.", "Kremlin") == []


def test_persons_are_no_places_and_a_state_may_stand_at_its_capital(gazetteer: Gazetteer) -> None:
    text = "Paris Hilton left France."
    assert find_places(text, [Name(0, 5, "PER")], (), "", gazetteer) == ()
    state = find_places(text, [Name(18, 24, "GPE")], (), "", gazetteer)[0]
    assert (state.geonames_id, state.country, state.latitude, state.resolution) == (3017382, "FRA", 46.0, "country")
    capital = find_places(text, [(18, 24, "Paris")], (), "", gazetteer)[0]
    assert (capital.start, capital.end, capital.name, capital.geonames_id) == (18, 24, "Paris", 2988507)


@pytest.mark.parametrize(
    ("text", "name", "resolution"),
    [
        ("Guards at Panmunjom fired.", "Panmunjom", "point"),
        ("Voters in Quetta wait.", "Quetta", "city"),
        ("Floods hit Norfolk, England.", "Norfolk", "district"),
        ("Floods hit Balochistan.", "Balochistan", "province"),
        ("Floods hit Pakistan.", "Pakistan", "country"),
        ("Floods hit the Sahel.", "Sahel", "region"),
        ("Floods hit Asia.", "Asia", "region"),
    ],
)
def test_how_large_the_place_is(gazetteer: Gazetteer, text: str, name: str, resolution: str) -> None:
    at = text.index(name)
    (place,) = find_places(text, [Name(at, at + len(name), "LOC")], (), "", gazetteer)
    assert place.resolution == resolution
    assert place.latitude is not None and place.longitude is not None


def resolutions(gazetteer: Gazetteer, text: str, *names: str) -> list[str]:
    spans, at = [], 0
    for name in names:
        at = text.index(name, at)
        spans.append(Name(at, at + len(name), "LOC"))
        at += len(name)
    return [place.resolution for place in find_places(text, spans, (), "", gazetteer)]


@pytest.mark.parametrize(
    "text",
    [
        "A fire in Buffalo, New York. Later the mayor spoke.",
        "In Buffalo people wait. New York state is shut.",
        "In Buffalo people wait. New York Governor Ann Lee spoke.",
    ],
)
def test_a_state_with_the_name_of_a_city_is_meant_where_the_words_say_so(gazetteer: Gazetteer, text: str) -> None:
    assert resolutions(gazetteer, text, "Buffalo", "New York") == ["city", "province"]


def test_without_such_words_the_city_is(gazetteer: Gazetteer) -> None:
    assert resolutions(gazetteer, "He flew to New York.", "New York") == ["city"]


def test_a_state_named_among_others_of_its_country_is_no_country(gazetteer: Gazetteer) -> None:
    text = "It was seen in Alabama, Florida and Georgia."
    assert found(gazetteer, text, "Alabama", "Florida", "Georgia", hints=("USA",))[2] == "Georgia USA"
    text = "Talks between Armenia and Georgia."
    assert found(gazetteer, text, "Armenia", "Georgia", hints=("ARM",)) == ["Armenia ARM", "Georgia GEO"]


def test_a_province_named_besides_tells_the_town(gazetteer: Gazetteer) -> None:
    text = "Schools in Texas closed. In Fairfield one stayed open."
    (texas, fairfield) = find_places(text, [Name(11, 16, "LOC"), Name(28, 37, "LOC")], ("USA",), "", gazetteer)
    assert (texas.resolution, fairfield.name) == ("province", "Fairfield")
    assert fairfield.latitude == pytest.approx(31.72, abs=0.05)


def test_a_disease_is_not_where_it_has_its_name_from(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "A case of Lassa fever.", "Lassa", hints=("NGA",)) == []


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Caucuses in Nevada, Iowa, and Ohio end.", ("Nevada", "Iowa", "Ohio"), ["province"] * 3),
        ("Fighting in Aleppo, Homs, Hama and Idlib goes on.", ("Aleppo", "Homs", "Hama", "Idlib"), ["city"] * 4),
        ("A market in Talavera, Nueva Ecija burnt.", ("Talavera", "Nueva Ecija"), ["city", "district"]),
    ],
)
def test_a_list_of_places_is_no_place_with_its_province(
    gazetteer: Gazetteer, text: str, names: tuple[str, ...], expected: list[str]
) -> None:
    assert resolutions(gazetteer, text, *names) == expected


def test_a_name_is_no_evidence_for_itself(gazetteer: Gazetteer) -> None:
    text = "Voters in Quebec decide, Canada says."
    at = text.index("Quebec")
    (place,) = find_places(text, [Name(at, at + 6, "LOC")], ("CAN",), "", gazetteer)
    assert place.resolution == "province"


def test_of_districts_of_one_name_that_of_the_nearest_province_is_meant(gazetteer: Gazetteer) -> None:
    text = "Swans died in Monroe County, Michigan says. A laboratory in Iowa waits."
    names = "Monroe County", "Michigan", "Iowa"
    marked = [Name(text.index(name), text.index(name) + len(name), "LOC") for name in names]
    (county, *_) = find_places(text, marked, ("USA",), "", gazetteer)
    assert (county.latitude, county.longitude) == (41.92, -83.48)


def test_a_town_of_unknown_size_counts_where_its_country_is_named(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "A bomb in Tal Afar.", "Tal Afar", hints=("IRQ",)) == ["Tall ‘Afar IRQ"]


def test_the_capital_tells_no_town_in_the_province_of_its_name(gazetteer: Gazetteer) -> None:
    text = "Officials in {} spoke of a fire in Lakewood."
    latitudes = []
    for name in ("Washington", "Washington state"):
        said = text.format(name)
        marked = [Name(said.index(one), said.index(one) + len(one), "LOC") for one in (name, "Lakewood")]
        latitudes.append(find_places(said, marked, ("USA",), "", gazetteer)[1].latitude)
    assert latitudes == [pytest.approx(39.7, abs=0.05), pytest.approx(47.2, abs=0.05)]


def test_a_place_of_another_name_is_not_meant_before_one_as_widely_known(gazetteer: Gazetteer) -> None:
    assert "Belém BRA" not in found(gazetteer, "Pilgrims wait in Bethlehem.", "Bethlehem")


def test_a_state_told_by_other_words_is_put_at_its_middle(gazetteer: Gazetteer) -> None:
    (named,) = find_places("France", [(0, 6, "France")], [], "", gazetteer)
    assert placed_state(4, 18, "FRA", gazetteer) == replace(named, start=4, end=18)
    assert placed_state(4, 18, "UNO", gazetteer) is None
