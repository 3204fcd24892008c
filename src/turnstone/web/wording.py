"""Values in words: what templates call things."""

from __future__ import annotations

import datetime as dt
from functools import cache
from urllib.parse import urlsplit

from turnstone import display
from turnstone.knowledge.codebook import Codebook, load_codebook
from turnstone.knowledge.entities import Entities, load_entities
from turnstone.records import Place

QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
    0: "none",
}
STATUSES = {
    "happened": "happened",
    "historical": "background",
    "future": "announced",
    "hypothetical": "conditional",
    "negated": "denied",
}
"""A status as people say it, by the status of the record."""

_NOW = dt.date(2026, 1, 1)


@cache
def codebook() -> Codebook:
    return load_codebook()


@cache
def _entities() -> Entities:
    return load_entities()


@cache
def country(code: str) -> str:
    """The name of a country or of a PLOVER code for a kind of actor; the code itself where there is none."""
    if not code:
        return "no country"
    if state := _entities().state_of(code, _NOW):
        return state.name
    return codebook().participants.get(code, code)


def number(value: float | int) -> str:
    """A whole number with a thin space between thousands; another with one decimal."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
    return text.replace(",", "\u202f").replace("-", "\u2212").removesuffix(".0")


def percent(value: float) -> str:
    return f"{100 * value:.0f}\u202f%"


def day(value: dt.date) -> str:
    """3 March 2023"""
    return f"{value.day} {value:%B %Y}"


def days(first: dt.date, last: dt.date) -> str:
    """One day, or from one to another, without saying a month or year twice."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def shown(value: object, name: str) -> str:
    """A value of a filter as people read it."""
    if value == "-":
        return "none"
    if name.endswith("country"):
        return country(str(value))
    if name == "quad":
        return QUADS.get(value if isinstance(value, int) else 0, str(value))
    if name == "status":
        return STATUSES.get(str(value), str(value))
    if name == "confidence":
        return f"{value}\u202f%"
    return day(value) if isinstance(value, dt.date) else str(value)


def point(place: Place) -> str:
    """Where a place is on the earth, and whether that is the place or the middle of an area."""
    if place.latitude is None or place.longitude is None:
        return f"a {place.resolution}"
    north, east = ("N" if place.latitude >= 0 else "S"), ("E" if place.longitude >= 0 else "W")
    at = f"{abs(place.latitude):.2f}° {north}, {abs(place.longitude):.2f}° {east}"
    is_area = place.resolution in ("district", "province", "country", "region")
    return f"the middle of the {place.resolution} is at {at}" if is_area else f"at {at}"


def clean(text: str) -> str:
    """Text on one line, without signs that turn the direction of what follows."""
    return display.clean(text)


def excerpt(text: str) -> str:
    """A piece of a text, without the word that was cut at its end, and with signs where it was cut."""
    text = clean(text).strip()
    if text[-1:] not in '.!?”"’)':
        text = f"{text.rpartition(' ')[0] or text} …"
    return text if text[:1].isupper() else f"… {text}"


def web_address(text: str) -> str:
    """An address that may be a link; empty for anything else that stands where an address should."""
    return text if urlsplit(text).scheme in ("http", "https") else ""
