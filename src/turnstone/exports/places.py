"""Places as the columns of other formats divide them: city, district, province, country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

from turnstone.exports.codes import countries
from turnstone.exports.events import Row
from turnstone.knowledge.digests import PLACES


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
    table = pq.read_table(PLACES, columns=["geonames_id", "admin1"])
    # A province is read as text once, not for each of its towns.
    names = table.column("admin1").combine_chunks().dictionary_encode()
    words = names.dictionary.to_pylist()
    found = zip(table.column("geonames_id").to_pylist(), names.indices.to_pylist(), strict=True)
    return {key: words[at] for key, at in found if key and at is not None and words[at]}
