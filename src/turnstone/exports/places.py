"""Places as the columns of other formats divide them: city, district, province, country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from turnstone.exports.codes import countries
from turnstone.exports.events import Row
from turnstone.knowledge.gazetteer import load_gazetteer


@dataclass(frozen=True, slots=True)
class Divided:
    """The parts of a place; empty where it has none. A site (a base, a strait) is in none of them."""

    city: str = ""
    district: str = ""
    province: str = ""
    country: str = ""


def divided(event: Row, provinces: dict[int, str], official: bool = False) -> Divided:
    """The place of an event; the country by its usual name, or by ICEWS's (`official`)."""
    if event["place_start"] is None:
        return Divided()
    name, known = event["place_name"] or "", countries().get(event["place_country"] or "")
    country = (known.icews if official else known.name) if known else event["place_country"] or ""
    province = provinces.get(event["place_geonames_id"] or 0, "")
    match event["place_resolution"]:
        case "city":
            return Divided(name, "", province, country)
        case "district":
            return Divided("", name, province, country)
        case "province":
            return Divided("", "", name, country)
        case _:
            return Divided("", "", "", country)


@cache
def provinces() -> dict[int, str]:
    """The province of each place of the gazetteer that has one, by GeoNames number."""
    return load_gazetteer().provinces()
