from __future__ import annotations

import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

import turnstone
from tests.store.samples import article, record
from turnstone import api
from turnstone.errors import ReadingError

TEXT = article("7").text


class StubPipeline:
    code = staticmethod(record)


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "pipeline", StubPipeline)


def test_code_gives_a_record_with_short_ways() -> None:
    found = turnstone.code(f"  {TEXT}\n", "2023-03-01", id="x")
    assert found == turnstone.code(TEXT, date(2023, 3, 1), id="x")
    assert (found.article.id, found.article.text, found.article.published) == ("x", TEXT, date(2023, 3, 1))
    assert found.events == found.coded.events and len(found.events) == 1
    assert found.attributions == found.coded.attributions != ()
    assert (found.mentions, found.dates, found.places) == ((), found.resolved.dates, found.resolved.places)


def test_a_record_prints_as_a_table() -> None:
    found = turnstone.code(TEXT, "2023-03-01")
    assert "AGREE meet" in repr(found) and "Ruritania (RUR GOV)" in repr(found)
    file = io.StringIO()
    Console(file=file, width=200).print(found)
    assert "Graustark (GRA)" in file.getvalue() and "Record(" not in file.getvalue()


def test_a_title_goes_before_the_text_and_the_id_is_a_digest() -> None:
    found = turnstone.code(TEXT, "2023-03-01", title="Talks")
    assert found.article.text.startswith("Talks\n\nRuritania")
    assert found.article.id and found.article.id == turnstone.code(TEXT, "2023-03-01", title="Talks").article.id


@pytest.mark.parametrize(
    ("text", "day", "reason"),
    [
        ("", "2023-03-01", "the text is empty"),
        (TEXT, "soon", "'soon'"),
        (TEXT, "", "no date"),
        ("a\0", "2023-03-01", "NUL"),
    ],
)
def test_what_cannot_be_coded_is_refused_with_the_reason(text: str, day: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        turnstone.code(text, day)


def test_public_names() -> None:
    assert set(turnstone.__all__) <= set(dir(turnstone))
    assert callable(turnstone.read) and turnstone.__version__
    with pytest.raises(AttributeError, match="nothing"):
        turnstone.nothing  # noqa: B018


def test_importing_turnstone_loads_nothing_else() -> None:
    heavy = ["numpy", "onnxruntime", "pyarrow", "rich", "trafilatura", "pydantic", "typer"]
    script = f"import sys, turnstone; print(*[m for m in sys.modules if m.split('.')[0] in {heavy}])"
    command = [sys.executable, "-c", script]
    package = str(Path(turnstone.__file__).parent.parent)
    found = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": package})
    assert found.stdout.strip() == ""
