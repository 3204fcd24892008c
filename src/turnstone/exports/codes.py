"""The codes that other formats have for states, sectors and events, from data/exports."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from turnstone.errors import KnowledgeError
from turnstone.knowledge.state_numbers import StateNumber, state_numbers

FOLDER = Path(__file__).resolve().parent.parent / "data" / "exports"
# The strip lies west of it, all of the West Bank east.
_GAZA_EAST = 34.7


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory: its usual name, ICEWS's name, FIPS 10-4, CAMEO's code. What it does not have is
    empty."""

    name: str
    icews: str
    fips: str
    cameo: str


@dataclass(frozen=True, slots=True)
class Sector:
    """CAMEO's code for a sector or a participant that is no state, and ICEWS's words. `close` where the code is only
    the nearest."""

    cameo: str
    close: bool
    icews: str


@dataclass(frozen=True, slots=True)
class CameoCode:
    """ICEWS's name of a CAMEO code and its value on Goldstein's scale, -10 to 10."""

    name: str
    goldstein: float


@cache
def countries() -> dict[str, Country]:
    """By PLOVER's code, ISO 3166 alpha-3 for most."""
    return {code: Country(*rest) for code, *rest in _rows("countries.tsv", 5)}


def cow(country: str, day: date) -> str:
    """A state's number in the Correlates of War on a day; empty for what was no member of the state system then."""
    return next((str(one.number) for one in _cow().get(country, ()) if one.holds_on(day)), "")


@cache
def _cow() -> dict[str, tuple[StateNumber, ...]]:
    numbers = [one for one in state_numbers() if one.system == "cow"]
    return {code: tuple(one for one in numbers if one.code == code) for code in {one.code for one in numbers}}


@cache
def sectors() -> dict[str, Sector]:
    """By PLOVER's code of a sector, or of a participant that is no state (UNO, NGO)."""
    return {code: Sector(cameo, bool(close), icews) for code, cameo, close, icews in _rows("sectors.tsv", 4)}


@cache
def cameo_codes() -> dict[str, CameoCode]:
    """By code."""
    return {code: CameoCode(name, float(value)) for code, value, name in _rows("cameo.tsv", 3)}


def fips(country: str, longitude: float | None) -> str:
    """The FIPS 10-4 code of a place; empty where it has none."""
    known = countries().get(country)
    if country == "PSE" and longitude is not None and longitude < _GAZA_EAST:
        return "GZ"
    return known.fips if known else ""


def _rows(name: str, width: int) -> Iterator[list[str]]:
    path = FOLDER / name
    try:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    except OSError as error:
        raise KnowledgeError(f"{path}: cannot be read ({error.strerror}); install turnstone again") from error
    for number, row in enumerate(csv.reader(lines[1:], delimiter="\t", quoting=csv.QUOTE_NONE), 2):
        if len(row) != width:
            raise KnowledgeError(f"{path}: row {number} has {len(row)} columns of {width}; install turnstone again")
        yield row
