"""GDELT 1.0 (58 columns) and 2.0 (61): between tabs, without a header, nothing for what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from turnstone.exports.cameo import MOST_PAIRS, ActorCode, actor_code
from turnstone.exports.codes import fips
from turnstone.exports.events import Reported, Row
from turnstone.exports.format import HAPPENED, Cell, Column, FieldType, Format, Means
from turnstone.exports.places import divided

_ACTOR: tuple[tuple[str, FieldType, str], ...] = (
    ("Code", "string", "CAMEO actor code"),
    ("Name", "string", "in capitals"),
    ("CountryCode", "string", "CAMEO country code, three letters"),
    ("KnownGroupCode", "string", "CAMEO code of a body, as UNO"),
    ("EthnicCode", "string", "always empty: turnstone codes none"),
    ("Religion1Code", "string", "always empty"),
    ("Religion2Code", "string", "always empty"),
    ("Type1Code", "string", "CAMEO role"),
    ("Type2Code", "string", "CAMEO role"),
    ("Type3Code", "string", "CAMEO role"),
)
_GEO: tuple[tuple[str, FieldType, str], ...] = (
    ("Type", "integer", "0 none, 1 country, 2 US state, 3 US city, 4 world city, 5 world state"),
    ("FullName", "string", "place, province, country"),
    ("CountryCode", "string", "FIPS 10-4, two letters"),
    ("ADM1Code", "string", "of a country its code, of a US place US and its state, else the country's code"),
    ("ADM2Code", "string", "always empty"),
    ("Lat", "number", "degrees, WGS 84"),
    ("Long", "number", "degrees, WGS 84"),
    ("FeatureID", "string", "of a country or US state its code, else empty: GeoNames' numbers are no GNS numbers"),
)
_US_STATES = dict(
    pair.split(":")
    for pair in (
        "Alabama:AL Alaska:AK Arizona:AZ Arkansas:AR California:CA Colorado:CO Connecticut:CT Delaware:DE Florida:FL"
        " Georgia:GA Hawaii:HI Idaho:ID Illinois:IL Indiana:IN Iowa:IA Kansas:KS Kentucky:KY Louisiana:LA Maine:ME"
        " Maryland:MD Massachusetts:MA Michigan:MI Minnesota:MN Mississippi:MS Missouri:MO Montana:MT Nebraska:NE"
        " Nevada:NV Ohio:OH Oklahoma:OK Oregon:OR Pennsylvania:PA Tennessee:TN Texas:TX Utah:UT Vermont:VT Virginia:VA"
        " Washington:WA Wisconsin:WI Wyoming:WY New_Hampshire:NH New_Jersey:NJ New_Mexico:NM New_York:NY"
        " North_Carolina:NC North_Dakota:ND Rhode_Island:RI South_Carolina:SC South_Dakota:SD West_Virginia:WV"
        " District_of_Columbia:DC Washington,_D.C.:DC"
    ).split()
)
_US_STATES = {name.replace("_", " "): code for name, code in _US_STATES.items()}


def _columns(version: int) -> tuple[Column, ...]:
    geo = _GEO if version == 2 else [one for one in _GEO if one[0] != "ADM2Code"]
    stamp = "YYYYMMDDHHMMSS" if version == 2 else "YYYYMMDD"
    return (
        Column("GLOBALEVENTID", "integer", "1000 times the event's row in events.parquet, and the number of the pair"),
        Column("SQLDATE", "integer", "first day of the event, YYYYMMDD"),
        Column("MonthYear", "integer", "YYYYMM"),
        Column("Year", "integer", "YYYY"),
        Column("FractionDate", "number", "year + (month * 30 + day) / 365, as GDELT reckons it"),
        *(Column(f"Actor{n}{name}", kind, said) for n in (1, 2) for name, kind, said in _ACTOR),
        Column("IsRootEvent", "integer", "1 in the title or the first paragraph, else 0"),
        Column("EventCode", "string", "CAMEO code"),
        Column("EventBaseCode", "string", "its first three digits"),
        Column("EventRootCode", "string", "its first two"),
        Column("QuadClass", "integer", "1 verbal and 2 material cooperation, 3 verbal and 4 material conflict"),
        Column("GoldsteinScale", "number", "-10 to 10, by the code"),
        Column("NumMentions", "integer", "1 where each report is a row; of a happening its reports"),
        Column("NumSources", "integer", "1; of a happening its independent sources"),
        Column("NumArticles", "integer", "1; of a happening its articles"),
        Column("AvgTone", "number", "always empty: turnstone measures no tone"),
        *(
            Column(f"{block}Geo_{name}", kind, said)
            for block in ("Actor1", "Actor2", "Action")
            for name, kind, said in geo
        ),
        Column("DATEADDED", "integer", f"the article's day, {stamp}" + (", at midnight" if version == 2 else "")),
        Column("SOURCEURL", "string", "the article's address, urn:turnstone: and its id where it has none"),
    )


def _rows(reported: Reported, means: Means, version: int) -> Iterator[tuple[Cell, ...]]:
    event, told, loss = reported.event, reported.happening, means.loss
    coded = means.crosswalk.code(event, loss)
    if coded is None:
        return
    day, added = event["first_day"], reported.article["published"]
    action = _geo(event, means, version)
    nowhere = (0, *(None,) * (len(action) - 1))
    stamp = f"{added:%Y%m%d}000000" if version == 2 else f"{added:%Y%m%d}"
    rest = (
        _in_lead(reported.article, event["trigger_start"]),
        *(coded.code, coded.base, coded.root, coded.quad, coded.goldstein),
        *((told.reports, told.sources, told.articles) if told else (1, 1, 1)),
        None,
        *nowhere,
        *nowhere,
        *action,
        int(stamp),
        reported.article["url"] or f"urn:turnstone:{reported.article['id']}",
    )
    dates = (
        int(f"{day.year:04}{day:%m%d}"),
        int(f"{day.year:04}{day:%m}"),
        day.year,
        round(day.year + (day.month * 30 + day.day) / 365, 4),
    )
    for number, (source, target) in enumerate(means.crosswalk.pairs(reported, loss), 1):
        who = (*_actor(source, actor_code(source, loss)), *_actor(target, actor_code(target, loss)))
        yield (reported.number * (MOST_PAIRS + 1) + number, *dates, *who, *rest)


def _actor(participant: Row | None, code: ActorCode) -> tuple[Cell, ...]:
    types = (*code.types, None, None, None)[:3]
    name = participant["name"].upper() if participant else None
    return (code.code, name, code.country, code.group, None, None, None, *types)


def _in_lead(article: Row, start: int) -> int:
    text, title = article["text"], article["title"]
    begin = len(title) if title and text.startswith(title) else 0
    begin += len(text[begin:]) - len(text[begin:].lstrip())
    end = text.find("\n\n", begin)
    return int(end < 0 or start < end)


def _geo(event: Row, means: Means, version: int) -> tuple[Cell, ...]:
    code = fips(event["place_country"] or "", event["place_longitude"])
    resolution = event["place_resolution"] or ""
    nothing: tuple[Cell, ...] = (0, *(None,) * (7 if version == 2 else 6))
    if event["place_start"] is None:
        return nothing
    if not code or event["place_latitude"] is None:
        means.loss.add("place", resolution or "unknown")
        return nothing
    parts = divided(event, means.provinces)
    state = _US_STATES.get(parts.province, "") if code == "US" else ""
    if resolution == "country":
        kind, adm1, feature = 1, code, code
    elif resolution == "province":
        kind, adm1, feature = (2, f"US{state}", state) if code == "US" else (5, code, "")
    elif resolution == "region":
        # Gaza and the West Bank are countries in FIPS, and GDELT has no regions but those that are provinces.
        kind, adm1, feature = (1, code, code) if code in ("GZ", "WE", "US") else (5, code, "")
    else:
        kind, adm1, feature = (3 if code == "US" else 4), f"{code}{state}", ""
    full = ", ".join(dict.fromkeys(filter(None, (event["place_name"], parts.province, parts.country))))
    adm2 = (None,) if version == 2 else ()
    return (kind, full, code, adm1, *adm2, event["place_latitude"], event["place_longitude"], feature)


GDELT1 = Format(
    name="gdelt1",
    title="GDELT 1.0 events",
    kind="delimited",
    suffix=".tsv",
    columns=_columns(1),
    rows=partial(_rows, version=1),
    statuses=HAPPENED,
    texts=True,
)
GDELT2 = Format(
    name="gdelt2",
    title="GDELT 2.0 events",
    kind="delimited",
    suffix=".tsv",
    columns=_columns(2),
    rows=partial(_rows, version=2),
    statuses=HAPPENED,
    texts=True,
)
