from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.exports.made import reported, write_record
from tests.test_cli import Result
from turnstone.errors import ExportError, StoreError
from turnstone.exports import FORMATS, Selection, export
from turnstone.exports.cameo import Crosswalk, actor_code
from turnstone.exports.codes import cameo_codes, countries, fips, sectors
from turnstone.exports.events import Reported
from turnstone.exports.format import Means
from turnstone.exports.loss import Loss
from turnstone.knowledge.codebook import load_codebook
from turnstone.reviews import Changes, Review, Who, append
from turnstone.reviews.coded import events_of
from turnstone.store import connect, file_digest

BOOK = load_codebook()


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return write_record(tmp_path / "record")


# --- what is asked for and cannot be


def test_an_unknown_format_is_refused_with_those_there_are(record: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="'stata' is no format; give one of gdelt1, gdelt2, icews"):
        export(record, "stata", tmp_path)


def test_a_folder_without_a_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no record"):
        export(tmp_path, "csv", tmp_path)


def test_a_missing_folder_is_refused(record: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no such folder"):
        export(record, "csv", tmp_path / "none" / "x.csv")


def test_parquet_is_not_compressed_twice_and_no_spreadsheet_reads_json(record: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"without \.gz"):
        export(record, "parquet", tmp_path / "x.parquet.gz")
    with pytest.raises(ExportError, match="no spreadsheet"):
        export(record, "geojson", tmp_path, spreadsheet_safe=True)


def test_a_package_of_another_is_kept(record: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "datapackage.json"
    theirs.write_text('{"name": "theirs"}')
    with pytest.raises(ExportError, match="is kept"):
        export(record, "csv", tmp_path)
    assert theirs.read_text() == '{"name": "theirs"}' and not (tmp_path / "csv.csv").exists()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"statuses": frozenset({"maybe"})}, "no status"),
        ({"first_day": dt.date(2023, 2, 1), "last_day": dt.date(2023, 1, 1)}, "earlier day first"),
        ({"least_confidence": 50.0}, "between 0 and 1"),
    ],
)
def test_a_selection_that_cannot_be_is_refused(values: dict[str, object], said: str) -> None:
    with pytest.raises(ExportError, match=said):
        Selection(**values)  # type: ignore[arg-type]


def test_a_table_that_lacks_a_column_is_refused_by_name(record: Path, tmp_path: Path) -> None:
    path = record / "events.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["quad"]), path)
    with pytest.raises(StoreError, match="no column quad"):
        export(record, "csv", tmp_path)
    assert not list(tmp_path.glob("csv*"))


def test_tables_that_were_sorted_anew_or_cut_are_refused(record: Path, tmp_path: Path) -> None:
    path = record / "participants.parquet"
    rows = pq.read_table(path)
    pq.write_table(pa.concat_tables([rows.slice(1), rows.slice(0, 1)]), path)
    with pytest.raises(StoreError, match="do not fit together"):
        export(record, "csv", tmp_path)
    pq.write_table(rows, path)
    export(record, "csv", tmp_path)
    articles = pq.read_table(record / "articles.parquet")
    pq.write_table(articles.slice(1), record / "articles.parquet")
    with pytest.raises(StoreError, match="do not fit together"):
        export(record, "csv", tmp_path)


# --- the crosswalk


def test_every_code_of_the_codebook_has_a_name_and_a_value() -> None:
    codes = {one.cameo for one in BOOK.types.values()}
    codes |= {mode.cameo for one in BOOK.types.values() for mode in one.modes.values()}
    assert codes <= set(cameo_codes())
    assert all(-10 <= one.goldstein <= 10 for one in cameo_codes().values())


@pytest.mark.parametrize(
    ("event_type", "modes", "code", "quad", "goldstein", "lost"),
    [
        ("AGREE", (), "030", 1, 4.0, ()),
        ("ASSAULT", ("drone",), "1952", 4, -10.0, ()),
        ("RETREAT", ("resign",), "0831", 2, 5.0, (("type", "RETREAT resign"),)),
        ("THREATEN", ("arrest",), "130", 3, -4.4, (("mode", "THREATEN arrest"),)),
        ("PROTEST", ("boycott",), "143", 4, -6.5, (("mode", "PROTEST boycott"),)),
        ("ASSAULT", ("beat", "firearms"), "193", 4, -10.0, (("mode", "ASSAULT beat"),)),
        ("SANCTION", ("convict",), "116", 3, -2.0, ()),
    ],
)  # fmt: skip
def test_type_and_modes_become_a_code_and_what_is_lost_is_named(
    event_type: str, modes: tuple[str, ...], code: str, quad: int, goldstein: float, lost: tuple[tuple[str, str], ...]
) -> None:
    loss = Loss()
    found = Crosswalk(BOOK).code({"event_type": event_type, "modes": list(modes)}, loss)
    assert found is not None
    assert (found.code, found.quad, found.goldstein, found.lost) == (code, quad, goldstein, lost)
    assert [row[:2] for row in loss.rows()] == list(lost)


def pairs(
    actors: int, recipients: int, event_type: str = "ACCUSE", modes: tuple[str, ...] = ()
) -> list[tuple[str, str]]:
    one = reported(event_type=event_type, modes=list(modes))
    made = Reported(
        1,
        one.event,
        tuple({**one.actors[0], "name": f"a{n}", "entity_id": f"a{n}"} for n in range(actors)),
        tuple({**one.recipients[0], "name": f"r{n}", "entity_id": f"r{n}"} for n in range(recipients)),
        one.article,
    )
    found = Crosswalk(BOOK).pairs(made, Loss())
    return [(a["name"] if a else "", b["name"] if b else "") for a, b in found]


def test_each_actor_is_paired_with_each_recipient() -> None:
    assert pairs(2, 2) == [("a0", "r0"), ("a0", "r1"), ("a1", "r0"), ("a1", "r1")]
    assert pairs(2, 0) == [("a0", ""), ("a1", "")]
    assert pairs(0, 0) == [("", "")]


def test_people_whom_the_codes_do_not_tell_apart_are_one() -> None:
    one = reported(event_type="ASSAULT", modes=[])
    crowds = [{**one.recipients[0], "name": name, "entity_id": ""} for name in ("five", "nine others")]
    for country, names in (("NER", ["five"]), ("", ["five", "nine others"])):
        made = Reported(1, one.event, one.actors[:1], tuple({**r, "country": country} for r in crowds), one.article)
        assert [b["name"] for _, b in Crosswalk(BOOK).pairs(made, Loss()) if b] == names


def test_what_is_mutual_goes_both_ways() -> None:
    assert pairs(2, 0, "CONSULT") == [("a0", "a1"), ("a1", "a0")]
    assert len(pairs(3, 0, "ASSAULT")) == 6 and len(pairs(2, 0, "AGREE")) == 2
    assert pairs(2, 0, "SANCTION") == [("a0", ""), ("a1", "")]
    assert pairs(2, 0, "CONSULT", ("visit",)) == [("a0", ""), ("a1", "")]


def test_so_many_pairs_that_numbers_would_meet_are_cut() -> None:
    assert len(pairs(40, 40)) == 999


@pytest.mark.parametrize(
    ("country", "held", "code"),
    [
        ("USA", ("MIL",), "USAMIL"),
        ("ROU", ("GOV", "ELI"), "ROMGOVELI"),
        ("UNO", (), "IGOUNO"),
        ("NGO", ("MED",), "NGOHLH"),
        ("", ("REB",), "REB"),
        ("XYZ", (), ""),
        ("USA", ("JRN", "MED"), "USAMEDHLH"),
    ],
)
def test_participants_become_cameo_codes(country: str, held: tuple[str, ...], code: str) -> None:
    assert actor_code({"country": country, "sectors": list(held)}, Loss()).code == code


def test_every_sector_and_participant_of_the_codebook_has_a_row() -> None:
    states = {code for code in BOOK.participants if code in countries()}
    assert {*BOOK.sectors, *BOOK.participants} - states <= set(sectors())


def test_fips_is_not_iso() -> None:
    assert [fips(code, None) for code in ("DEU", "CHE", "CHN", "AUS", "AUT", "PSE", "ZZZ")] == [
        "GM",
        "SZ",
        "CH",
        "AS",
        "AU",
        "WE",
        "",
    ]
    assert (fips("PSE", 34.45), fips("PSE", 35.2)) == ("GZ", "WE")
    in_use = [one.fips for code, one in countries().items() if one.fips and code not in ("XKX", "YUG", "SCG")]
    assert len(set(in_use)) == len(in_use)


@pytest.mark.parametrize(
    ("resolution", "country", "longitude", "kind", "feature"),
    [
        ("region", "PSE", 34.4, 1, "GZ"),
        ("region", "PSE", 35.2, 1, "WE"),
        ("region", "UKR", 34.1, 5, ""),
        ("country", "UKR", 32.0, 1, "UP"),
        ("province", "UKR", 37.7, 5, ""),
        ("city", "UKR", 30.5, 4, ""),
        ("city", "USA", -77.0, 3, ""),
    ],
)
def test_a_place_has_the_kind_that_gdelt_gives_it(
    resolution: str, country: str, longitude: float, kind: int, feature: str
) -> None:
    one = reported(place_resolution=resolution, place_country=country, place_longitude=longitude)
    form = FORMATS["gdelt1"]
    (row,) = form.rows(one, Means(BOOK, Crosswalk(BOOK), {}, {}, Loss()))
    cells = dict(zip((column.name for column in form.columns), row, strict=True))
    assert (cells["ActionGeo_Type"], cells["ActionGeo_FeatureID"]) == (kind, feature)


# --- the command


def test_the_command_says_what_was_written_and_lost(record: Path, tmp_path: Path) -> None:
    found = Result("export", record, "--format", "gdelt1", "-o", tmp_path / "day.tsv")
    assert found.status == 0
    assert "3 events in 5 rows" in found.out and "1 not written: the codebook has no CAMEO code" in found.out
    assert "sector: PTY" in found.out and "day.datapackage.json" in found.err
    again = json.loads(Result("export", record, "--format", "csv", "-o", tmp_path, "--status", "future", "--json").out)
    assert (again["written"], again["filtered"], again["file"]) == (1, 4, str(tmp_path / "csv.csv"))


def test_the_command_tells_what_is_wrong(record: Path, tmp_path: Path) -> None:
    found = Result("export", record, "--format", "stata", "-o", tmp_path)
    assert found.status == 1 and "is no format" in found.err
    found = Result("export", record, "--format", "csv", "-o", tmp_path, "--status", "maybe")
    assert found.status == 1 and "is no status" in found.err
    assert list(FORMATS) == "gdelt1 gdelt2 icews polecat phoenix plover csv tsv parquet geojson".split()


# --- reviews


def review(directory: Path, verdict: str, number: int, **more: object) -> None:
    """What somebody says of an event of the record, by its place."""
    with connect(directory) as tables:
        (of,) = (one for one in events_of(tables, ["a"]) if one.event == f"a:{number}")
    append(
        directory,
        Review(reviewer="ana", verdict=verdict, article="a", event=of.event, sha256=of.sha256, trigger=of.trigger,
               saw=of.values, **more),
        BOOK,
    )  # fmt: skip


def add(directory: Path) -> None:
    with connect(directory) as tables:
        of = events_of(tables, ["a"])[0]
    day = dt.date(2023, 3, 10)
    changes = Changes(event_type="PROTEST", status="happened", first_day=day, last_day=day,
                      actors=(Who(name="Dockers", country="ROU", sectors=("LAB",)),))  # fmt: skip
    trigger = of.trigger.model_copy(update={"start": 0, "end": 9})
    said = Review(
        reviewer="ana", verdict="missing", article="a", sha256=of.sha256, trigger=trigger, changes=changes
    )  # fmt: skip
    append(directory, said, BOOK)


def test_events_go_out_as_reviewers_have_them(record: Path, tmp_path: Path) -> None:
    before = export(record, "parquet", tmp_path / "before.parquet")
    review(record, "reject", 1)
    review(record, "correct", 2, changes=Changes(event_type="COERCE", status="negated"))
    add(record)
    found = export(record, "parquet", tmp_path / "x.parquet")
    rows = {row["event_id"]: row for row in pq.read_table(tmp_path / "x.parquet").to_pylist()}
    assert "a:1" not in rows and (rows["a:2"]["event_type"], rows["a:2"]["status"]) == ("COERCE", "negated")
    (added,) = (row for key, row in rows.items() if key.startswith("r"))
    assert (added["event_type"], added["confidence"], added["actor_names"]) == ("PROTEST", None, ["Dockers"])
    assert found.reviews is not None and {name: found.reviews[name] for name in ("corrected", "rejected", "added")} == {
        "corrected": 1, "rejected": 1, "added": 1,
    }  # fmt: skip
    assert found.events == before.events and before.reviews is None
    package = json.loads(found.package.read_text())
    assert package["resources"][0]["turnstone"]["reviews"]["sha256"] == file_digest(record / "reviews.jsonl")
    coded = export(record, "parquet", tmp_path / "coded.parquet", as_coded=True)
    assert coded.reviews is None
    assert (tmp_path / "coded.parquet").read_bytes() == (tmp_path / "before.parquet").read_bytes()


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_every_format_takes_a_reviewed_record(record: Path, tmp_path: Path, format: str) -> None:
    review(record, "correct", 2, changes=Changes(actors=(Who(name="The Guards", country="ROU"),), place=None))
    add(record)
    found = export(record, format, tmp_path, Selection(least_confidence=0.1))
    assert found.written and found.reviews is not None and found.reviews["added"] == 1
