"""turnstone diff, bundle and verify, with entities of one's own."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.samples import RUN, article, record
from tests.test_cli import Result, reports
from turnstone import api
from turnstone.knowledge import digests, entities
from turnstone.knowledge.entities import load_entities
from turnstone.knowledge.entity_files import EntityFile
from turnstone.records import Article, Record

OFFICE = """
- {id: RUR, code: RUR, name: Ruritania, capital: Strelsau}
- office: rur-chancellor
  title: Chancellor
  country: RUR
  sectors: [GOV]
  holders:
  - {name: Rudolf Sapt, from: 2010-05-01}
"""
SUCCESSOR = OFFICE.rstrip() + "\n  - {name: Flavia Tarlen, from: 2023-02-01}\n"
SUCCESSOR = SUCCESSOR.replace("from: 2010-05-01}", "from: 2010-05-01, to: 2023-02-01}")


class Stub:
    """A pipeline to which whoever heads Ruritania invites to talks."""

    def __init__(self, *files: EntityFile) -> None:
        self.entities = load_entities(*files)
        self.run = replace(RUN, entities=self.entities.digest)

    def code(self, given: Article) -> Record:
        found = record(given)
        head = self.entities.holder("rur-chancellor", given.published)
        if head is None or not found.coded.events:
            return found
        (event,) = found.coded.events
        actor = replace(event.actors[0], name=head.name, entity_id=head.id)
        return replace(found, coded=replace(found.coded, events=(replace(event, actors=(actor,)),)))


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "pipeline", Stub)


@pytest.fixture(autouse=True)
def few_entities(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """One state in the place of the packaged entities: those of both records are read anew by every diff."""
    folder = tmp_path_factory.mktemp("packaged")
    (folder / "states.yaml").write_text("- {id: GRA, code: GRA, name: Graustark, capital: Edelweiss}\n")
    for module in (digests, entities):
        monkeypatch.setattr(module, "ENTITIES", folder)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """An article coded before and after its head of government was written down anew."""
    given = reports(tmp_path / "reports.jsonl", article("1"), article("2", "Nothing."))
    for name, text in (("before", OFFICE), ("after", SUCCESSOR)):
        own = tmp_path / f"{name}.yaml"
        own.write_text(text, encoding="utf-8")
        found = Result("code", given, "-o", tmp_path / name, "--workers", 0, "--entities", own)
        assert found.status == 0, found.err
    return tmp_path / "before", tmp_path / "after"


def test_a_new_term_of_an_office_is_the_reason_of_the_events_it_changed(two: tuple[Path, Path]) -> None:
    found = Result("diff", *two)
    assert found.status == 1
    assert "1 events changed" in found.out and "1 in actors" in found.out and "Flavia Tarlen" in found.out
    ended = "Rudolf Sapt: no longer Chancellor (RUR) 2010-05-01 to today; now Chancellor (RUR) 2010-05-01 to 2023-02-01"
    assert f"why: {ended}" in found.out and "why: Flavia Tarlen is new among the entities" in found.out
    (one,) = json.loads(Result("diff", *two, "--json").out)["differences"]
    assert one["kind"] == "changed" and [field["field"] for field in one["fields"]] == ["actors"]
    assert one["reasons"] == ["other entities", ended, "Flavia Tarlen is new among the entities"]


def test_where_a_file_of_entities_is_gone_the_reason_is_other_entities_and_no_more(two: tuple[Path, Path]) -> None:
    before = two[0].with_name("before.yaml")
    moved = before.rename(before.with_name("moved.yaml"))
    (one,) = json.loads(Result("diff", *two, "--json").out)["differences"]
    assert one["reasons"] == ["other entities"]
    assert "--entities-a" in Result("diff", *two).out
    told = json.loads(Result("diff", *two, "--json", "--entities-a", moved).out)
    (one,) = told["differences"]
    assert len(one["reasons"]) == 3 and told["unknown"] == []


def test_a_log_that_does_not_say_which_files_of_entities_were_taken_is_no_failure(two: tuple[Path, Path]) -> None:
    for asked in ({}, {"input": {"inputs": ["a"], "set_aside": False}}):
        log = two[0] / "runs.jsonl"
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        log.write_text("".join(json.dumps(one | ({"asked": asked} if "asked" in one else {})) + "\n" for one in lines))
        told = json.loads(Result("diff", *two, "--json").out)
        assert [one["reasons"] for one in told["differences"]] == [["other entities"]]
        assert len(told["unknown"]) == 1 and str(two[0]) in told["unknown"][0]


def test_a_manifest_that_lacks_the_entities_of_its_run_is_refused_in_words(two: tuple[Path, Path]) -> None:
    path = two[1] / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    del manifest["runs"][0]["entities"]
    path.write_text(json.dumps(manifest))
    found = Result("diff", *two, "--json")
    assert (found.status, found.out) == (2, "")
    assert "manifest.json: it lacks entities of run 1" in found.err and "put back" in found.err


def test_a_record_coded_with_other_files_of_entities_is_the_same_where_they_say_the_same(
    two: tuple[Path, Path], tmp_path: Path
) -> None:
    own = tmp_path / "again.yaml"
    own.write_text(OFFICE, encoding="utf-8")
    assert (
        Result("code", tmp_path / "reports.jsonl", "-o", tmp_path / "c", "--workers", 0, "--entities", own).status == 0
    )
    found = Result("diff", two[0], tmp_path / "c")
    assert (found.status, "why" in found.out) == (0, False)


def test_a_bundle_has_the_files_of_entities_and_says_where_they_are_missing(
    two: tuple[Path, Path], tmp_path: Path
) -> None:
    found = Result("bundle", two[1], "-o", tmp_path / "b.zip")
    assert found.status == 0 and "2 articles" in found.out
    assert Result("unbundle", tmp_path / "b.zip", "-o", tmp_path / "out").status == 0
    assert (tmp_path / "out/entities/01-after.yaml").read_text(encoding="utf-8") == SUCCESSOR
    two[1].with_name("after.yaml").unlink()
    found = Result("bundle", two[1], "-o", tmp_path / "b.zip")
    assert found.status == 1 and "give the files with --entities" in found.err
