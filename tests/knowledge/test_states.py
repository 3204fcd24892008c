"""The packaged states: complete, coded right, and no word that means two states on one day."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

import turnstone
from turnstone.knowledge.codebook import load_codebook

STATES = Path(turnstone.__file__).parent / "data" / "entities" / "states.yaml"
FIELDS = frozenset(re.findall(r"\w+", "id code name names adjectives people capital seats since until sectors source"))
MEMBERS = frozenset(
    re.findall(
        r"\w+",
        """
    AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN BGR BFA BDI
    CPV KHM CMR CAN CAF TCD CHL CHN COL COM COG COD CRI CIV HRV CUB CYP CZE PRK DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST
    SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN
    JOR KAZ KEN KIR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX FSM MDA MCO MNG
    MNE MAR MOZ MMR NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT QAT KOR ROU RUS RWA
    KNA LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR TJK TZA THA TLS
    TGO TON TTO TUN TUR TKM TUV UGA UKR ARE GBR USA URY UZB VUT VEN VNM YEM ZMB ZWE""",
    )
)


@pytest.fixture(scope="module")
def states() -> dict[str, dict[str, Any]]:
    rows = yaml.safe_load(STATES.read_text(encoding="utf-8"))
    found = {row["id"]: row for row in rows}
    assert len(found) == len(rows), "an id is given twice"
    return found


def listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def words(row: dict[str, Any]) -> set[str]:
    seats = [seat if isinstance(seat, str) else seat["name"] for seat in listed(row.get("seats"))]
    fields = ("name", "names", "adjectives", "people", "capital")
    return {word for field in fields for word in listed(row.get(field))} | set(seats)


def test_every_member_of_the_united_nations_once(states: dict[str, dict[str, Any]]) -> None:
    assert len(MEMBERS) == 193
    members = [row for row in states.values() if row["source"] == "UN member list"]
    assert sorted(row["code"] for row in members) == sorted(MEMBERS)
    assert all(row["id"] == row["code"] for row in members)


def test_rows_have_the_fields_they_should(states: dict[str, dict[str, Any]]) -> None:
    for row in states.values():
        assert not set(row) - FIELDS, row["id"]
        assert row["name"] and row["source"], row["id"]
        assert re.fullmatch(r"[A-Z]{3}", row["code"]), row["id"]
        assert re.fullmatch(r"[A-Z]{3}(-[A-Z]{3})?", row["id"])
        for day in (row.get("since"), row.get("until")):
            assert day is None or type(day) is date, row["id"]
        if row.get("since") and row.get("until"):
            assert row["since"] < row["until"], row["id"]


def test_every_word_is_a_string_without_stray_blanks(states: dict[str, dict[str, Any]]) -> None:
    for row in states.values():
        for word in words(row):
            assert isinstance(word, str) and word and word == " ".join(word.split()), (row["id"], word)


def test_members_have_capital_adjective_and_people(states: dict[str, dict[str, Any]]) -> None:
    for code in MEMBERS:
        row = states[code]
        # capitals with the state's own name, and the one the file's head explains
        assert row.get("capital") or code in {"SGP", "MCO", "SMR", "SYC"}, code
        # Congolese and Dominican belong to the larger neighbour
        assert row.get("people") or code in {"COG", "DMA"}, code
        assert row.get("adjectives") or code == "DMA", code


def test_a_code_that_is_borrowed_is_a_state_of_its_own(states: dict[str, dict[str, Any]]) -> None:
    for row in states.values():
        assert row["code"] in states, row["id"]
        assert states[row["code"]]["code"] == row["code"], row["id"]


def test_sectors_are_the_codebooks(states: dict[str, dict[str, Any]]) -> None:
    known = set(load_codebook().sectors)
    for row in states.values():
        assert set(row.get("sectors", ())) <= known, row["id"]
        for seat in listed(row.get("seats")):
            if isinstance(seat, dict):
                assert set(seat["sectors"]) <= known and set(seat) == {"name", "sectors"}, seat


def test_no_word_means_two_states_on_one_day(states: dict[str, dict[str, Any]]) -> None:
    meaning: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in states.values():
        for word in words(row):
            meaning[word].append(row)
    for word, rows in meaning.items():
        rows.sort(key=lambda row: row.get("since") or date.min)
        for before, after in pairwise(rows):
            assert before.get("until") and after.get("since"), (word, before["id"], after["id"])
            assert before["until"] <= after["since"], (word, before["id"], after["id"])


@pytest.mark.parametrize(
    ("word", "field", "code"),
    [
        ("U.S.", "names", "USA"),
        ("US", "adjectives", "USA"),
        ("Washington", "capital", "USA"),
        ("UK", "names", "GBR"),
        ("Britain", "names", "GBR"),
        ("Frenchmen", "people", "FRA"),
        ("Kiev", "capital", "UKR"),
        ("Kyiv", "capital", "UKR"),
        ("Peking", "capital", "CHN"),
        ("Nur-Sultan", "capital", "KAZ"),
        ("Rangoon", "capital", "MMR"),
        ("Burma", "names", "MMR"),
        ("Ivory Coast", "names", "CIV"),
        ("Zaire", "names", "COD"),
        ("Türkiye", "names", "TUR"),
        ("Holland", "names", "NLD"),
        ("Filipino", "adjectives", "PHL"),
        ("Kosovar", "adjectives", "KOS"),
        ("Vatican", "names", "VAT"),
        ("Norwegian", "adjectives", "NOR"),
        ("Kremlin", "seats", "RUS"),
        ("Zhongnanhai", "seats", "CHN"),
        ("Bankova", "seats", "UKR"),
        ("Élysée", "seats", "FRA"),
    ],
)
def test_words(states: dict[str, dict[str, Any]], word: str, field: str, code: str) -> None:
    assert word in listed(states[code][field])


def test_seats_with_sectors(states: dict[str, dict[str, Any]]) -> None:
    assert {"name": "Pentagon", "sectors": ["GOV", "MIL"]} in states["USA"]["seats"]
    assert {"name": "Capitol Hill", "sectors": ["LEG"]} in states["USA"]["seats"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("Macau", "CHN"), ("Hong Kong", "HKG"), ("Greenland", "DNK"), ("Puerto Rico", "USA"), ("Taiwan", "TWN")],
)
def test_dependencies_fold_into_their_state(states: dict[str, dict[str, Any]], name: str, code: str) -> None:
    assert [row["code"] for row in states.values() if row["name"] == name] == [code]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Donetsk People's Republic", "UKR"),
        ("Luhansk People's Republic", "UKR"),
        ("Transnistria", "MDA"),
        ("Abkhazia", "GEO"),
        ("South Ossetia", "GEO"),
        ("Northern Cyprus", "CYP"),
        ("Somaliland", "SOM"),
        ("Nagorno-Karabakh", "AZE"),
    ],
)
def test_breakaway_entities(states: dict[str, dict[str, Any]], name: str, code: str) -> None:
    (row,) = [row for row in states.values() if row["name"] == name]
    assert (row["code"], row["sectors"]) == (code, ["PRE"])


@pytest.mark.parametrize(
    ("state", "until"),
    [("SUN", date(1991, 12, 26)), ("CSK", date(1993, 1, 1)), ("DDR", date(1990, 10, 3)), ("SCG", date(2006, 6, 5))],
)
def test_states_that_are_no_more(states: dict[str, dict[str, Any]], state: str, until: date) -> None:
    assert states[state]["until"] == until


def test_breakaway_entities_begin_when_they_were_declared(states: dict[str, dict[str, Any]]) -> None:
    (row,) = [row for row in states.values() if row["name"] == "Donetsk People's Republic"]
    assert (row.get("since"), row.get("until")) == (date(2014, 4, 7), None)
