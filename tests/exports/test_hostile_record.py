"""A record full of hostile words, in every format, read by programs that know nothing of the exporter."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pandas
import polars
import pytest

from tests.exports.made import RUN, event
from tests.exports.test_read_back import GDELT1, GDELT2, ICEWS, PHOENIX, POLECAT
from turnstone.exports import FORMATS, export
from turnstone.records import Analysis, Article, Attribution, Coded, Participant, Place, Record, Resolved, Span
from turnstone.store import Store

WORDS = (
    *("a\tb", "a\nb", "a\r\nb", 'the "Duke"', "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1:A9)", "\t=1", "\n=1", "＝1"),
    *(
        "🕊 of peace",
        "👩🏽‍🚀",
        "שלום עולם",
        "\u202etxt.exe\u202c",
        "مرحبا; بالعالم",
        "NA",
        "None",
        "NULL",
        "nan",
        "TRUE",
        "007",
    ),
    *(
        "O'Neil; Sons, Ltd",
        "\\N",
        "\\t",
        "#1",
        "a\x00b",
        "a\x85b",
        "a\u2028b",
        "\ufeffBOM",
        " between blanks ",
        '""',
        "'",
    ),
)
NAMES = {"gdelt1": GDELT1, "gdelt2": GDELT2, "icews": ICEWS, "polecat": POLECAT, "phoenix": PHOENIX}
BARE = tuple(NAMES)
NUMBERS = {"score", "Intensity", "GoldsteinScale", "goldstein", "place_latitude", "place_longitude"} | {
    name for names in NAMES.values() for name in names if name.lower().endswith(("lat", "long", "lon", "itude"))
}


def day(number: int) -> dt.date:
    return dt.date(2023, 1, 1) + dt.timedelta(number)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An article a day with one event, whose every name is the word of that day."""
    folder = tmp_path_factory.mktemp("hostile")
    with Store(folder, RUN) as store:
        for number, word in enumerate(WORDS):
            store.add(hostile(number, word))
    return folder


def hostile(number: int, word: str) -> Record:
    text = f"{word} accused Graustark of lies near Paris, the envoy told the agency."
    article = Article(
        f"id-{number} {word}", day(number), text, word, word, word, f"https://example.org/?q={word}", f"made:{number}"
    )
    who = Participant(0, len(word), word, "", "ROU", ("GOV",))
    other = Participant(text.index("Graustark"), text.index("Graustark") + 9, f"x {word}", "", "FRA", ())
    paris = Place(text.index("Paris"), text.index("Paris") + 5, word, "FRA", 2988507, -48.85341, -2.3488, "city")
    told = replace(
        event("1", "ACCUSE", "visited"),
        quad=3, score=-2.5, contexts=("legal",), actors=(who,), recipients=(other,), place=paris, attribution=0,
        first_day=day(number), last_day=day(number),
        trigger=Span(text.index("accused"), text.index("accused") + 7), evidence=Span(0, len(text)),
    )  # fmt: skip
    speaker = Participant(text.index("the envoy"), text.index("the envoy") + 9, word)
    attribution = Attribution(
        (Span(speaker.start, speaker.end),), (), (Span(0, speaker.start),), speaker, word, kind="indirect"
    )
    return Record(article, Analysis((), (), (), (), ()), Resolved((), (), (paris,)), Coded((attribution,), (told,)))


def bare(word: str) -> str:
    """What the page says becomes of a word between tabs."""
    controls = {*map(chr, (*range(32), *range(127, 160))), "\u2028", "\u2029"}
    return "".join(" " if sign in controls else "'" if sign == '"' else sign for sign in word)


def quoted(word: str) -> str:
    """In CSV and TSV line feeds, tabs and quotation marks stay."""
    return "".join(sign if sign in '\t\n"' else bare(sign) for sign in word)


def expected(name: str, number: int, word: str) -> dict[str, str]:
    """Cells of one event as a script of the format's users would look for them."""
    date = day(number)
    key, url = f"id-{number} {word}", f"https://example.org/?q={word}"
    several = word.replace(";", ",")
    if name in ("gdelt1", "gdelt2"):
        cells = {
            "Actor1Name": word.upper(), "Actor2Name": f"x {word}".upper(), "SOURCEURL": url,
            "SQLDATE": f"{date:%Y%m%d}", "Actor1Code": "ROMGOV", "Actor2Code": "FRA", "EventCode": "110",
            "GoldsteinScale": "-2", "ActionGeo_Lat": "-48.85341", "ActionGeo_Long": "-2.3488", "NumMentions": "1",
            "ActionGeo_CountryCode": "FR",
        }  # fmt: skip
    elif name == "icews":
        cells = {
            "Source Name": word, "Target Name": f"x {word}", "Story ID": key, "Publisher": word,
            "Event Date": date.isoformat(), "CAMEO Code": "110", "Source Country": "Romania", "Latitude": "-48.85341",
        }  # fmt: skip
    elif name == "polecat":
        cells = {
            "Actor Name": several, "Actor Name Raw": several, "Recipient Name": f"x {several}", "Placename": word,
            "Raw Placename": "Paris", "Source": word, "Event Date": date.isoformat(), "Event Type": "ACCUSE",
            "Intensity": "-2.5", "Contexts": "legal", "Event ID": f"{key}/1",
        }  # fmt: skip
    else:
        cells = {
            "ids": key, "urls": url, "sources": word, "place": word, "date": f"{date:%Y%m%d}", "code": "110",
            "source": "ROMGOV", "lat": "-48.85341", "issues": "LEGAL,1", "id_version": f"{key}/1/1",
        }  # fmt: skip
    return {column: bare(value) for column, value in cells.items()}


def rows_between_tabs(path: Path, name: str) -> list[dict[str, str]]:
    """As split() reads them."""
    lines = path.read_bytes().decode("utf-8").split("\n")
    assert lines.pop() == ""
    cells = [line.split("\t") for line in lines]
    if name in ("icews", "polecat"):
        assert cells.pop(0) == NAMES[name]
    return [dict(zip(NAMES[name], row, strict=True)) for row in cells]


@pytest.mark.parametrize("name", BARE)
def test_formats_between_tabs_hold_every_word(record: Path, tmp_path: Path, name: str) -> None:
    path = export(record, name, tmp_path).path
    rows = rows_between_tabs(path, name)
    assert len(rows) == len(WORDS)
    for number, (word, row) in enumerate(zip(WORDS, rows, strict=True)):
        wanted = expected(name, number, word)
        assert {column: row[column] for column in wanted} == wanted
    header = 0 if name in ("icews", "polecat") else None
    missing = "None" if name == "polecat" else ""
    for engine in ("c", "python"):
        frame = pandas.read_csv(
            path, sep="\t", header=header, names=None if header == 0 else NAMES[name], dtype=str, engine=engine,
            keep_default_na=False,
        )  # fmt: skip
        assert frame.to_dict("records") == rows
    whole = polars.read_csv(path, separator="\t", has_header=header == 0, infer_schema=False, quote_char=None)
    assert [["" if cell is None else cell for cell in row] for row in whole.rows()] == [
        list(row.values()) for row in rows
    ]
    assert all(cell or not missing for row in rows for cell in row.values())


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_csv_and_tsv_hold_every_word(record: Path, tmp_path: Path, name: str) -> None:
    path, sep = export(record, name, tmp_path).path, "," if name == "csv" else "\t"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=sep))
    for number, (word, row) in enumerate(zip(WORDS, rows, strict=True)):
        for column in ("publisher", "title", "place_name", "speaker_name", "outlet"):
            assert row[column] == quoted(word), column
        assert row["actor_names"] == quoted(word.replace(";", ","))
        assert row["article_id"] == quoted(f"id-{number} {word}")
        assert row["evidence_text"].startswith(quoted(word)) and row["first_day"] == day(number).isoformat()
        assert (row["score"], row["place_latitude"]) == ("-2.5", "-48.85341")
    assert pandas.read_csv(path, sep=sep, dtype=str, keep_default_na=False).to_dict("records") == rows
    whole = polars.read_csv(path, separator=sep, infer_schema=False).fill_null("")
    assert whole.to_dicts() == rows


def test_parquet_geojson_and_plover_hold_every_word_as_it_is(record: Path, tmp_path: Path) -> None:
    path = export(record, "parquet", tmp_path).path
    frame, table = pandas.read_parquet(path), polars.read_parquet(path)
    value = json.loads(export(record, "geojson", tmp_path).path.read_text(encoding="utf-8"))
    told = [one["properties"] for one in value["features"]]
    lines = export(record, "plover", tmp_path).path.read_bytes().decode("utf-8").rstrip("\n").split("\n")
    events = [json.loads(line) for line in lines]
    for column in ("publisher", "title", "place_name", "speaker_name", "outlet"):
        assert list(frame[column]) == table[column].to_list() == [one[column] for one in told] == list(WORDS)
    names = [[word] for word in WORDS]
    assert [list(one) for one in frame["actor_names"]] == table["actor_names"].to_list() == names
    assert [one["actor_names"] for one in told] == names
    assert list(frame["first_day"]) == table["first_day"].to_list() == [day(number) for number in range(len(WORDS))]
    assert [one["geometry"]["coordinates"] for one in value["features"]] == [[-2.3488, -48.85341]] * len(WORDS)
    for number, (word, one) in enumerate(zip(WORDS, events, strict=True)):
        assert one["actor"][0]["entity_name"] == one["actor"][0]["raw_text"] == one["event_loc"]["name"] == word
        assert one["cite_info"] == {"publisher": word, "author": word, "speaker": word, "outlet": word}
        assert one["text_info"]["article_id"] == f"id-{number} {word}" and one["text"].startswith(word)
        assert (one["date"], one["event"], one["event_scale"]) == (day(number).isoformat(), ["ACCUSE"], -2.5)


@pytest.mark.parametrize("name", [*BARE, "csv", "tsv"])
def test_a_safe_file_differs_by_apostrophes_before_what_a_spreadsheet_would_run(
    record: Path, tmp_path: Path, name: str
) -> None:
    read: list[list[list[str]]] = []
    for safe in (False, True):
        path = export(record, name, tmp_path / f"{safe}", spreadsheet_safe=safe).path
        sep = "," if name == "csv" else "\t"
        if name in ("csv", "tsv"):
            with path.open(encoding="utf-8", newline="") as file:
                read.append(list(csv.reader(file, delimiter=sep)))
        else:
            read.append([line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")])
    columns = NAMES.get(name) or read[0][0]
    run = 0
    for before, after in zip(*read, strict=True):
        for column, cell, safe_cell in zip(columns, before, after, strict=False):
            formula = (
                cell.startswith(("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")) and column not in NUMBERS
            )
            assert safe_cell == (f"'{cell}" if formula else cell)
            run += formula
    assert run >= 5


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="Rscript is not installed")
def test_r_reads_every_cell_as_others_do(record: Path, tmp_path: Path) -> None:
    """R writes the bytes of each cell, so that nothing of its own output is between."""
    for name in (*BARE, "csv", "tsv"):
        path = export(record, name, tmp_path).path
        read = "read.csv" if name == "csv" else "read.delim"
        header = "TRUE" if name in ("icews", "polecat", "csv", "tsv") else "FALSE"
        script = f"""
        options(warn = 2)
        d <- {read}("{path}", header = {header}, colClasses = "character", na.strings = character(0))
        bytes <- function(x) paste(as.character(charToRaw(x)), collapse = "")
        writeLines(apply(d, 1, function(row) paste(vapply(row, bytes, ""), collapse = " ")))
        """
        found = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, timeout=120)
        assert found.returncode == 0, (name, found.stderr)
        rows = [[bytes.fromhex(cell).decode("utf-8") for cell in line.split(" ")] for line in found.stdout.splitlines()]
        if name in NAMES:
            assert rows == [list(row.values()) for row in rows_between_tabs(path, name)], name
        else:
            with path.open(encoding="utf-8", newline="") as file:
                assert rows == list(csv.reader(file, delimiter="," if name == "csv" else "\t"))[1:], name


def test_every_format_is_read_back_here() -> None:
    assert {*BARE, "csv", "tsv", "parquet", "geojson", "plover"} == set(FORMATS)
