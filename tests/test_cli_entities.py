"""turnstone entities, and --entities of the other commands."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.samples import RUN, article, record
from tests.test_cli import Result, reports
from turnstone import api
from turnstone.knowledge.entities import load_entities
from turnstone.knowledge.entity_files import EntityFile
from turnstone.records import Article, Record

OWN = "- {id: zenda-guards, name: Zenda Guards, country: GEO, sectors: [MIL]}\n"
FAULTY = "- {id: a, name: A}\n- {id: b, name: B, country: XXX}\n"


class Stub:
    """A pipeline whose run says with which entities it codes."""

    def __init__(self, *files: EntityFile) -> None:
        self.run = replace(RUN, entities=load_entities(*files).digest)

    @staticmethod
    def code(given: Article) -> Record:
        return record(given)


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "pipeline", Stub)


@pytest.fixture
def one(tmp_path: Path) -> Path:
    return reports(tmp_path / "reports.jsonl", article("1"))


def entities_of(folder: Path) -> list[str]:
    return [run["entities"] for run in json.loads((folder / "manifest.json").read_text())["runs"]]


def test_code_with_other_entities_is_another_run(one: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    out = tmp_path / "out"
    own.write_text(OWN)
    flags = "-o", out, "--workers", 0
    assert Result("code", one, *flags).status == 0
    (plain,) = entities_of(out)
    assert Result("code", one, *flags, "--entities", own).status == 0
    (with_own,) = entities_of(out)
    assert plain == load_entities().digest != with_own == load_entities(own).digest
    assert "known already" in Result("code", one, *flags, "--entities", own).out
    own.write_text(OWN + "# changed\n")
    assert "known already" not in Result("code", one, *flags, "--entities", own).out


@pytest.mark.parametrize("command", [("code",), ("analyse", "--workers", 0), ("show",), ("code", "-o", "OUT")])
def test_a_faulty_file_is_refused_with_its_line(one: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text(FAULTY)
    given = [tmp_path / "out" if part == "OUT" else part for part in command]
    found = Result(given[0], one, *given[1:], "--entities", faulty)
    assert found.status == 1 and f"{faulty}:2: 'b': no state has the code 'XXX'" in found.err


def test_analyse_and_show_take_entities(one: Path, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN)
    for command in (("analyse", "--workers", 0), ("show",)):
        found = Result(command[0], one, *command[1:], "--entities", tmp_path / "own.yaml")
        assert found.status == 0 and "Ruritania" in found.out


def test_show_refuses_entities_for_what_is_coded_already(one: Path, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN)
    Result("code", one, "-o", tmp_path / "out", "--workers", 0)
    found = Result("show", tmp_path / "out", "--entities", tmp_path / "own.yaml")
    assert found.status == 2 and "coded already" in found.err


def test_check(tmp_path: Path) -> None:
    own, faulty = tmp_path / "own.yaml", tmp_path / "faulty.yaml"
    own.write_text(OWN)
    faulty.write_text(FAULTY + "- {noun: x, sectors: [Y]}\n")
    found = Result("entities", "check", own)
    assert found.status == 0
    for line in ("no faults", "0 gaps between holders", "0 ambiguous names", " states", " terms", "  2020 "):
        assert line in found.out
    refused = Result("entities", "check", faulty)
    assert refused.status == 1 and "2 faults:" in refused.out
    assert f"{faulty}:2: " in refused.out and f"{faulty}:3: " in refused.out
    assert json.loads(Result("entities", "check", own, "--json").out)["faults"] == []


def test_import_tells_what_it_could_not_read(tmp_path: Path) -> None:
    dictionary, out, report = (tmp_path / name for name in ("actors.txt", "out.yaml", "report.tsv"))
    dictionary.write_bytes("ZENDA_GUARDS [GEOMIL]\nJOS\u00c9_SAPT\nNATO [IGOWSTNAT]\n".encode("latin-1"))
    found = Result("entities", "import", dictionary, "-o", out, "--report", report)
    assert found.status == 0
    assert "actors.txt: 3 lines in Latin-1" in found.out and "3 entries:" in found.out
    assert "actors.txt:2: no code" in found.err and "José" not in found.err and "JOSÉ_SAPT" in found.err
    rows = [line.split("\t") for line in report.read_text(encoding="utf-8").splitlines()]
    assert [row[:3] for row in rows[1:]] == [
        ["actors.txt", "2", "not read"],
        ["actors.txt", "3", "read with a remark"],
        ["actors.txt", "3", "known already"],
    ]
    assert load_entities(out).digest != load_entities().digest
    counts = json.loads(Result("entities", "import", dictionary, "-o", out, "--json").out)
    assert (counts["entries"], counts["written"], counts["known"], counts["refused"]) == (3, 1, 1, 1)
    (tmp_path / "verbs.txt").write_text("&MONEY\n")
    assert Result("entities", "import", tmp_path / "verbs.txt", "-o", out).status == 1


def test_unresolved_names_of_a_record(one: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    Result("code", one, "-o", out, "--workers", 0)
    (name,) = json.loads(Result("entities", "unresolved", out, "--json").out)["names"]
    assert (name["name"], name["mentions"], name["articles"], name["country"]) == ("Graustark", 1, 1, "GRA")
    assert name["examples"][0]["article"] == "1" and "Graustark" in name["examples"][0]["text"]
    found = Result("entities", "unresolved", out)
    assert found.out.splitlines()[1].startswith("1\t1\t?\tGraustark\tGRA\t1: ")
    own = tmp_path / "own.yaml"
    own.write_text("- {id: GRA, code: GRA, name: Graustark}\n")
    assert json.loads(Result("entities", "unresolved", out, "--entities", own, "--json").out)["total"] == 0
    lines = tmp_path / "all.jsonl"
    Result("analyse", one, "-o", lines, "--workers", 0)
    assert json.loads(Result("entities", "unresolved", lines, "--json").out)["total"] == 1


def test_unresolved_needs_a_record(tmp_path: Path) -> None:
    found = Result("entities", "unresolved", tmp_path)
    assert found.status == 1 and "neither a record nor" in found.err
