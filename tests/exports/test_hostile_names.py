"""Whatever stands in names, the columns never shift."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path

import pandas
import polars
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.exports.made import reported
from turnstone.exports import FORMATS
from turnstone.exports.cameo import Crosswalk
from turnstone.exports.format import Means
from turnstone.exports.loss import Loss
from turnstone.exports.writing import write
from turnstone.knowledge.codebook import load_codebook

BOOK = load_codebook()
WALK = Crosswalk(BOOK)
BARE = ("gdelt1", "gdelt2", "icews", "polecat", "phoenix")
ODD = [
    *(
        "a\tb",
        "a\nb",
        "a\r\nb",
        '"',
        '""a',
        "'",
        "=1+1",
        "+1",
        "-1",
        "@a",
        "\t=",
        "\0",
        "a\0b",
        "😀",
        "a\u2028b",
        "#",
        "\\",
    ),
    *("None", "NA", "", " a ", "a;b", "\x1c", "\x85", '",x', "\ufeff"),
]
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30) | st.sampled_from(ODD)


def made(name: str, form: str, folder: Path, spreadsheet_safe: bool = False) -> Path:
    means = Means(BOOK, WALK, {}, {}, Loss())
    path = folder / f"x{FORMATS[form].suffix}"
    one = reported(name)
    write(path, FORMATS[form], FORMATS[form].rows(one, means), means.loss, spreadsheet_safe)
    return path


@pytest.mark.parametrize("form", BARE)
@settings(deadline=None, max_examples=60)
@given(name=NAMES)
@example(name='"a\tb\nc')
def test_formats_between_tabs_keep_their_columns_for_every_reader(form: str, name: str) -> None:
    known = FORMATS[form]
    with tempfile.TemporaryDirectory() as folder:
        path = made(name, form, Path(folder))
        content = path.read_text(encoding="utf-8")
        lines = content.split("\n")
        assert lines.pop() == "" and len(lines) == 1 + known.header
        assert all(line.count("\t") == len(known.columns) - 1 for line in lines)
        assert content.splitlines() == lines
        quoting = list(csv.reader(io.StringIO(content, newline=""), delimiter="\t"))
        assert [len(row) for row in quoting] == [len(known.columns)] * len(lines)
        frame = pandas.read_csv(path, sep="\t", header=None, dtype=str, keep_default_na=False)
        assert frame.shape == (len(lines), len(known.columns))
        cell = frame.iloc[-1][[column.name for column in known.columns].index(HOLDS[form])]
        expected = name.upper() if form.startswith("gdelt") else name.replace(";", ",") if form == "polecat" else name
        assert cell == cleaned(expected) or (form == "polecat" and not name)


HOLDS = {
    "gdelt1": "Actor1Name",
    "gdelt2": "Actor1Name",
    "icews": "Source Name",
    "polecat": "Actor Name",
    "phoenix": "sources",
}


def cleaned(name: str) -> str:
    """What the documentation says becomes of a name: controls are blanks, a quotation mark is an apostrophe."""
    controls = [chr(code) for code in (*range(32), *range(127, 160), 0x2028, 0x2029)]
    return "".join(" " if sign in controls else "'" if sign == '"' else sign for sign in name)


@settings(deadline=None, max_examples=100)
@given(name=NAMES)
def test_quoted_formats_give_names_back_as_they_are(name: str) -> None:
    for form, sep in (("csv", ","), ("tsv", "\t")):
        with tempfile.TemporaryDirectory() as folder:
            path = made(name, form, Path(folder))
            expected = "".join(sign if sign in "\n\t" or sign in cleaned(sign) or sign == '"' else " " for sign in name)
            with path.open(encoding="utf-8", newline="") as file:
                header, row = csv.reader(file, delimiter=sep)
            assert len(row) == len(header)
            assert dict(zip(header, row, strict=True))["publisher"] == expected
            frame = pandas.read_csv(path, sep=sep, dtype=str, keep_default_na=False)
            assert frame["publisher"][0] == expected
            again = polars.read_csv(path, separator=sep, infer_schema=False).fill_null("")
            assert again["publisher"][0] == expected


@settings(deadline=None, max_examples=60)
@given(name=NAMES)
def test_json_and_parquet_give_names_back_as_they_are(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        value = json.loads(made(name, "geojson", Path(folder)).read_text(encoding="utf-8"))
        assert value["features"][0]["properties"]["actor_names"] == [name]
        line = made(name, "plover", Path(folder)).read_text(encoding="utf-8")
        assert line.count("\n") == 1 and json.loads(line)["actor"][0].get("entity_name", "") == name
        assert polars.read_parquet(made(name, "parquet", Path(folder)))["actor_names"].to_list() == [[name]]


@settings(deadline=None, max_examples=60)
@given(name=NAMES)
def test_no_cell_of_a_safe_file_begins_a_formula(name: str) -> None:
    for form in ("csv", "tsv", "icews"):
        with tempfile.TemporaryDirectory() as folder:
            path = made(name, form, Path(folder), spreadsheet_safe=True)
            with path.open(encoding="utf-8", newline="") as file:
                header, row = csv.reader(file, delimiter="," if form == "csv" else "\t")
            for column, cell in zip(header, row, strict=True):
                if column not in ("score", "Intensity"):
                    assert not cell.startswith(("=", "+", "-", "@", "\t")), column


def test_numbers_of_a_safe_file_stay_numbers(tmp_path: Path) -> None:
    path = made("=1+1", "csv", tmp_path, spreadsheet_safe=True)
    frame = pandas.read_csv(path)
    assert (frame["score"][0], frame["publisher"][0]) == (-3.5, "'=1+1")
