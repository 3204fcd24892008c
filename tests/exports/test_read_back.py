"""Every export read back as its users read it. The lists of columns here are theirs, written down anew and not taken
from the exporter."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pandas
import polars
import pytest

from tests.exports.made import TEXT, write_record
from turnstone.exports import FORMATS, STATUSES, Exported, Selection, export

ACTOR = [
    *"Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code".split(),
    *"Type1Code Type2Code Type3Code".split(),
]
GEO1 = "Type FullName CountryCode ADM1Code Lat Long FeatureID".split()
GEO2 = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID".split()


def gdelt(geo: list[str]) -> list[str]:
    return [
        *"GLOBALEVENTID SQLDATE MonthYear Year FractionDate".split(),
        *(f"Actor1{name}" for name in ACTOR),
        *(f"Actor2{name}" for name in ACTOR),
        *"IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale".split(),
        *"NumMentions NumSources NumArticles AvgTone".split(),
        *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in geo),
        *"DATEADDED SOURCEURL".split(),
    ]


GDELT1, GDELT2 = gdelt(GEO1), gdelt(GEO2)
ICEWS = (
    "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,"
    "Target Sectors,Target Country,Story ID,Sentence Number,Publisher,City,District,Province,Country,Latitude,"
    "Longitude"
).split(",")
POLECAT = (
    "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor Country,Actor COW,"
    "Primary Actor Sector,Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,Recipient Name,Recipient Country,"
    "Recipient COW,Primary Recipient Sector,Recipient Sectors,Recipient Title,Recipient Name Raw,"
    "Wikipedia Recipient ID,"
    "Placename,City,District,Province,Country,Latitude,Longitude,GeoNames ID,Raw Placename,Feature Type,Source,"
    "Publication Date,Story People,Story Organizations,Story Locations,Language,Version"
).split(",")
PHOENIX = (
    "id_version date year month day source source_root source_agent source_others target target_root target_agent"
    " target_others code root_code quad_class goldstein issues lat lon place state country ids urls sources"
).split()


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_record(tmp_path_factory.mktemp("made"))


def written(record: Path, folder: Path, name: str, *statuses: str, **more: Any) -> Exported:
    return export(record, name, folder, Selection(frozenset(statuses)), **more)


def read_gdelt(path: Path, names: list[str]) -> list[dict[str, Any]]:
    texts = {name: str for name in names if name.endswith(("Code", "Name", "FullName", "FeatureID"))}
    frame = pandas.read_csv(path, sep="\t", header=None, names=names, dtype=texts, keep_default_na=False, na_values={})
    assert list(frame.columns) == names and len(frame.columns) == frame.shape[1]
    return frame.to_dict("records")  # type: ignore[no-any-return]


def test_the_lists_of_columns_have_the_documented_lengths() -> None:
    assert [len(names) for names in (GDELT1, GDELT2, ICEWS, POLECAT, PHOENIX)] == [58, 61, 20, 40, 26]


@pytest.mark.parametrize(("name", "names"), [("gdelt1", GDELT1), ("gdelt2", GDELT2)])
def test_gdelt_is_read_with_its_users_columns(record: Path, tmp_path: Path, name: str, names: list[str]) -> None:
    found = written(record, tmp_path, name)
    with found.path.open(encoding="utf-8", newline="") as file:
        assert {line.count("\t") + 1 for line in file} == {len(names)}
    visit, first, second, there, back = read_gdelt(found.path, names)
    assert (visit["SQLDATE"], visit["MonthYear"], visit["Year"]) == (20230314, 202303, 2023)
    assert visit["FractionDate"] == pytest.approx(2023 + (3 * 30 + 14) / 365, abs=1e-4)
    assert (visit["Actor1Code"], visit["Actor1CountryCode"], visit["Actor1Type1Code"]) == ("ROMGOV", "ROM", "GOV")
    assert visit["Actor1Name"] == "MICHAEL 'THE DUKE'; OF STRELSAU"
    assert (visit["Actor2Code"], visit["Actor2Name"]) == ("PSEREB", "HAMAS")
    assert [visit[one] for one in ("EventCode", "EventBaseCode", "EventRootCode")] == ["042", "042", "04"]
    assert (visit["QuadClass"], visit["GoldsteinScale"], visit["IsRootEvent"]) == (1, 1.9, 1)
    assert (visit["ActionGeo_Type"], visit["ActionGeo_CountryCode"]) == (4, "GZ")
    assert (visit["ActionGeo_Lat"], visit["ActionGeo_Long"]) == (31.50161, 34.46672)
    assert visit["ActionGeo_FullName"].startswith("Gaza City, ")
    assert (visit["Actor1Geo_Type"], visit["Actor1Geo_CountryCode"]) == (0, "")
    assert visit["DATEADDED"] == (20230315 if name == "gdelt1" else 20230315000000)
    assert visit["SOURCEURL"] == "https://example.org/a?b=1"
    assert [one["Actor1Code"] for one in (first, second)] == ["USAMIL", "USACOP"]
    assert (first["EventCode"], first["IsRootEvent"], first["Actor2Code"]) == ("194", 0, "HLH")
    assert (first["ActionGeo_Type"], first["ActionGeo_ADM1Code"], first["ActionGeo_CountryCode"]) == (2, "USTX", "US")
    assert (there["Actor1Code"], there["Actor2Code"]) == ("FRA", "IGOUNO")
    assert (back["Actor1Code"], back["Actor1KnownGroupCode"], back["Actor1Type1Code"]) == ("IGOUNO", "UNO", "IGO")
    assert (back["Actor1CountryCode"], back["Actor2Code"]) == ("", "FRA")
    assert len({one["GLOBALEVENTID"] for one in (visit, first, second, there, back)}) == 5
    assert [one["GLOBALEVENTID"] // 1000 for one in (visit, first, there)] == [1, 2, 3]


def test_icews_is_read_by_its_header(record: Path, tmp_path: Path) -> None:
    found = written(record, tmp_path, "icews")
    frame = pandas.read_csv(
        found.path, sep="\t", dtype={"CAMEO Code": str}, keep_default_na=False, parse_dates=["Event Date"]
    )
    assert list(frame.columns) == ICEWS
    visit, first, *_ = frame.to_dict("records")
    assert (str(visit["Event Date"].date()), visit["CAMEO Code"], visit["Event Text"]) == (
        "2023-03-14",
        "042",
        "Make a visit",
    )
    assert (visit["Intensity"], visit["Source Country"], visit["Target Country"]) == (
        1.9,
        "Romania",
        "Occupied Palestinian Territory",
    )
    assert (visit["Source Sectors"], visit["Target Sectors"]) == ("Government,Parties", "Rebel,Dissident")
    assert (visit["City"], visit["Province"], visit["Sentence Number"]) == ("Gaza City", "", 1)
    assert (first["Source Sectors"], first["Province"], first["City"]) == ("Military,Government", "Texas", "")
    assert (first["Country"], first["Sentence Number"], first["Publisher"]) == ("United States", 2, "Strelsau Post")


def test_polecat_is_read_with_none_for_what_is_missing(record: Path, tmp_path: Path) -> None:
    found = written(record, tmp_path, "polecat")
    frame = polars.read_csv(found.path, separator="\t", null_values=["None"], quote_char=None, infer_schema=False)
    assert frame.columns == POLECAT
    visit, attack, meeting, dream = frame.to_dicts()
    assert (visit["Event ID"], visit["Event Type"], visit["Event Mode"]) == ("a:1", "CONSULT", "visit")
    assert (visit["Quad Code"], attack["Quad Code"]) == ("VERBAL COOPERATION", "MATERIAL CONFLICT")
    assert (visit["Actor Name"], visit["Actor COW"]) == ("Michael 'the Duke', of Strelsau", "360")
    assert (visit["Actor Title"], visit["GeoNames ID"]) == (None, "281133")
    assert (attack["Actor Name"], attack["Actor Country"], attack["Contexts"]) == (
        "soldiers; police",
        "USA; USA",
        "military; health",
    )
    assert (attack["Recipient Country"], attack["Primary Recipient Sector"]) == (None, "MED")
    assert (meeting["Actor Name"], meeting["Recipient Name"], meeting["Event Mode"]) == (
        "France; United Nations",
        None,
        None,
    )
    assert dream["Event Type"] == "DREAM"
    with found.path.open(encoding="utf-8") as file:
        assert all(cell for line in file for cell in line.rstrip("\n").split("\t"))


def test_phoenix_is_read_with_its_users_columns(record: Path, tmp_path: Path) -> None:
    found = written(record, tmp_path, "phoenix")
    kinds = [str, int, int, int, int, *[str] * 9, int, int, float, str, float, float, *[str] * 6]
    with found.path.open(encoding="utf-8", newline="") as file:
        rows = [dict(zip(PHOENIX, line.rstrip("\n").split("\t"), strict=True)) for line in file]
    for row in rows:
        for (name, value), kind in zip(row.items(), kinds, strict=True):
            assert value == "" or kind(value) is not None, name
    visit, attack, *_, back = rows
    assert (visit["id_version"], visit["date"], visit["source"], visit["code"]) == (
        "a:1/1",
        "20230314",
        "ROMGOV",
        "042",
    )
    assert (visit["source_root"], visit["source_agent"], visit["root_code"], visit["quad_class"]) == (
        "ROM",
        "GOV",
        "04",
        "1",
    )
    assert (visit["issues"], attack["issues"]) == ("DIPLOMATIC,1", "MILITARY,1;HEALTH,1")
    assert (back["source"], back["source_root"], back["source_agent"]) == ("IGOUNO", "UNO", "IGO")
    assert (attack["state"], attack["country"], attack["lat"]) == ("Texas", "USA", "31.25044")


def test_plover_json_has_its_keys(record: Path, tmp_path: Path) -> None:
    found = written(record, tmp_path, "plover")
    visit, attack, _, future, _ = map(json.loads, found.path.read_text(encoding="utf-8").splitlines())
    assert {"id", "date", "actor", "event"} <= set(visit)
    assert (visit["event"], visit["mode"], visit["quad_code"], visit["event_scale"]) == (["CONSULT"], ["visit"], 1, 4.0)
    assert visit["actor"] == [
        {
            "raw_text": "Ruritania's premier",
            "entity_name": 'Michael "the Duke"; of Strelsau',
            "country_name": "Romania",
            "code": "ROU",
            "sector_code": "GOV",
            "other_sector_codes": ["PTY"],
        }
    ]
    assert (attack["date"], attack["enddate"], len(attack["actor"])) == ("2023-03-01", "2023-03-31", 2)
    assert (future["status"], future.get("actor", [])) == ("future", [])
    assert TEXT[visit["text_info"]["start"] : visit["text_info"]["end"]] == visit["text"]


def test_plover_json_can_be_scored_as_others_are(record: Path, tmp_path: Path) -> None:
    from turnstone.evaluation.formats import plover

    found = written(record, tmp_path, "plover")
    lines = [line for line in found.path.read_text(encoding="utf-8").splitlines() if "DREAM" not in line]
    (tmp_path / "known.jsonl").write_text("\n".join(lines), encoding="utf-8")
    documents = plover.read(tmp_path / "known.jsonl").documents
    assert len(documents) == 4


def test_csv_and_tsv_hold_every_event_with_its_names(record: Path, tmp_path: Path) -> None:
    for name, sep in (("csv", ","), ("tsv", "\t")):
        found = written(record, tmp_path, name)
        frame = pandas.read_csv(
            found.path, sep=sep, keep_default_na=False, parse_dates=["first_day", "last_day", "published"]
        )
        assert list(frame["event_id"]) == ["a:1", "a:2", "a:3", "a:4", "a:5"]
        assert list(frame["status"]) == ["happened"] * 3 + ["future", "happened"]
        assert frame["actor_names"][0] == 'Michael "the Duke", of Strelsau'
        assert (frame["actor_countries"][2], frame["actor_sectors"][1]) == ("FRA; UNO", "MIL; COP")
        assert (frame["evidence_text"][0], frame["speaker_name"][3]) == (TEXT, "the police")
        assert frame["confidence"][1] == 0.4
        again = polars.read_csv(found.path, separator=sep, infer_schema=False).fill_null("")
        assert again["evidence_text"].to_list() == [TEXT] * 5
        with found.path.open(encoding="utf-8", newline="") as file:
            assert [row["title"] for row in csv.DictReader(file, delimiter=sep)] == [""] * 5


def test_parquet_holds_lists(record: Path, tmp_path: Path) -> None:
    found = written(record, tmp_path, "parquet")
    frame = polars.read_parquet(found.path)
    assert frame["actor_names"].to_list()[0] == ['Michael "the Duke"; of Strelsau']
    assert frame["contexts"].to_list()[1] == ["military", "health"]
    assert frame["place_latitude"].to_list()[3] is None
    assert frame.schema["first_day"] == polars.Date


def test_geojson_is_a_collection_of_points(record: Path, tmp_path: Path) -> None:
    found = written(record, tmp_path, "geojson")
    value = json.loads(found.path.read_text(encoding="utf-8"))
    assert (value["type"], len(value["features"])) == ("FeatureCollection", 5)
    for feature in value["features"]:
        assert set(feature) == {"type", "geometry", "properties"} and feature["type"] == "Feature"
        if feature["geometry"] is not None:
            longitude, latitude = feature["geometry"]["coordinates"]
            assert feature["geometry"]["type"] == "Point" and -180 <= longitude <= 180 and -90 <= latitude <= 90
    assert value["features"][0]["geometry"]["coordinates"] == [34.46672, 31.50161]
    assert value["features"][3]["geometry"] is None
    assert value["features"][0]["properties"]["recipient_names"] == ["Hamas"]


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="Rscript is not installed")
def test_r_reads_the_same_values(record: Path, tmp_path: Path) -> None:
    for name in ("gdelt2", "icews", "polecat", "phoenix", "csv"):
        written(record, tmp_path, name)
    script = f"""
    options(warn = 2)
    setwd("{tmp_path}")
    g <- read.delim("gdelt2.tsv", header = FALSE, colClasses = "character")
    i <- read.delim("icews.tab", check.names = FALSE, colClasses = c("CAMEO Code" = "character"))
    p <- read.delim("polecat.txt", check.names = FALSE, na.strings = "None")
    f <- read.delim("phoenix.txt", header = FALSE, colClasses = "character")
    v <- read.csv("csv.csv")
    cat(dim(g), dim(i), dim(p), dim(f), dim(v), "\\n")
    cat(g$V7[1], "|", g$V27[1], "|", i[["CAMEO Code"]][1], "|", i[["Source Name"]][1], "|", i$Intensity[2], "\\n")
    cat(p[["Actor Name"]][2], "|", is.na(p[["Actor Title"]][1]), "|", f$V14[1], "|", v$actor_names[1], "|")
    cat("", nchar(v$evidence_text[1]), "\\n")
    """
    out = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, timeout=600)
    assert out.returncode == 0, out.stderr
    sizes, first, second = out.stdout.splitlines()
    assert sizes.split() == ["5", "61", "5", "20", "4", "40", "5", "26", "5", "35"]
    assert first.strip() == "MICHAEL 'THE DUKE'; OF STRELSAU | 042 | 042 | Michael 'the Duke'; of Strelsau | -10"
    assert second.strip() == f'soldiers; police | TRUE | 042 | Michael "the Duke", of Strelsau | {len(TEXT)}'


def test_a_compressed_file_holds_the_same(record: Path, tmp_path: Path) -> None:
    plain = export(record, "gdelt2", tmp_path / "day.tsv")
    packed = export(record, "gdelt2", tmp_path / "packed.tsv.gz")
    assert gzip.decompress(packed.path.read_bytes()) == plain.path.read_bytes()
    again = export(record, "gdelt2", tmp_path / "again.tsv.gz")
    assert again.path.read_bytes() == packed.path.read_bytes()
    assert packed.losses == tmp_path / "packed.tsv.loss.csv" and packed.package == tmp_path / "packed.datapackage.json"


def test_what_one_format_lost_stays_when_another_of_the_same_name_is_written(record: Path, tmp_path: Path) -> None:
    lost = export(record, "gdelt2", tmp_path / "events.tsv").losses
    assert lost is not None
    before = lost.read_bytes()
    export(record, "csv", tmp_path / "events.csv")
    export(record, "icews", tmp_path / "events.tab")
    assert lost.read_bytes() == before


def test_what_a_format_cannot_hold_is_counted_and_named(record: Path, tmp_path: Path) -> None:
    found = written(record, tmp_path, "gdelt1")
    assert (found.events, found.written, found.rows, found.status_left_out, found.without_code) == (5, 3, 5, 1, 1)
    assert found.losses is not None
    with found.losses.open(encoding="utf-8", newline="") as file:
        lost = {(row["what"], row["value"]): (row["becomes"], int(row["events"])) for row in csv.DictReader(file)}
    assert lost["event", "DREAM"] == ("", 1)
    assert lost["status", "future"] == ("not written", 1)
    assert lost["sector", "PTY"] == ("", 1)
    assert lost["period", "month"] == ("its first day", 1)
    assert lost["context", "diplomatic"] == ("", 1)
    everything = written(record, tmp_path, "gdelt1", *STATUSES)
    assert (everything.written, everything.status_left_out) == (4, 0)
    assert ("country", "XYZ", "", 1) in everything.lost
    assert ("speaker", "named", "", 1) in everything.lost


def test_filters_leave_out_and_say_so(record: Path, tmp_path: Path) -> None:
    found = export(record, "csv", tmp_path, Selection(frozenset({"happened"}), least_confidence=0.5))
    assert (found.written, found.filtered) == (3, 2)
    later = export(record, "csv", tmp_path, Selection(first_day=dt.date(2023, 3, 2)))
    assert (later.written, later.filtered) == (4, 1)


@pytest.mark.parametrize("name", FORMATS)
def test_the_package_describes_the_file(record: Path, tmp_path: Path, name: str) -> None:
    found = written(record, tmp_path, name)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    (resource,) = package["resources"]
    content = found.path.read_bytes()
    assert (resource["path"], resource["bytes"]) == (found.path.name, len(content))
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert package["sources"][0]["title"].split()[1].startswith("0.1.0") and package["licenses"]
    assert resource["turnstone"]["rows"] == found.rows
    fields = [field["name"] for field in resource["schema"]["fields"]]
    listed = {"gdelt1": GDELT1, "gdelt2": GDELT2, "icews": ICEWS, "polecat": POLECAT, "phoenix": PHOENIX}
    if name in listed:
        assert fields == listed[name]
        assert resource["dialect"]["delimiter"] == "\t"
        assert resource["dialect"]["header"] is (name in ("icews", "polecat"))
        assert resource["schema"]["missingValues"] == (["None"] if name == "polecat" else [""])


def test_a_folder_has_one_package_for_all_its_files(record: Path, tmp_path: Path) -> None:
    for name in ("icews", "csv", "icews"):
        written(record, tmp_path, name)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert sorted(one["path"] for one in package["resources"]) == ["csv.csv", "icews.tab"]


def test_the_documented_way_to_read_them_works(record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(import json\n.*?)```", page, re.DOTALL)
    for name in ("gdelt1", "icews", "polecat", "csv"):
        written(record, tmp_path, name)
    monkeypatch.chdir(tmp_path)
    found: dict[str, Any] = {}
    exec(code, found)
    assert found["gdelt1"]["EventCode"].tolist()[0] == "042" and found["icews"]["CAMEO Code"].tolist()[0] == "042"
    assert found["gdelt1"]["ActionGeo_Lat"].dtype.kind == "f" and found["gdelt1"]["AvgTone"].isna().all()
    assert found["polecat"]["Actor Title"].isna().all() and found["events"]["first_day"].dtype.kind == "M"
