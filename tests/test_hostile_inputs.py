"""Every hostile input ends in the ledger, and every good article beside it is coded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile import CORPUS, Hostile
from tests.store.samples import RUN, record
from turnstone import api
from turnstone.batch import code_all
from turnstone.coding_process import Coder
from turnstone.limits import Limits
from turnstone.reading import read
from turnstone.reading.parsers import process
from turnstone.records import Article, Refusal
from turnstone.store import Store, read_table

pytestmark = pytest.mark.long
GOOD = "date 2023-03-21 The foreign minister of Norway met envoys of both sides in Bergen on Tuesday."
SECONDS = 10.0
"""For a parser; the good files take a small part of it."""

CPU_SECONDS = 3
"""For the coding of an article, in processor time; the good ones take a hundredth of it."""

Outcome = Article | Refusal


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of them in one folder, with a good article after each."""
    path = tmp_path_factory.mktemp("hostile")
    for number, hostile in enumerate(CORPUS):
        (path / f"{number:03}-{hostile.name}").write_bytes(hostile.make())
        (path / f"{number:03}-then.txt").write_text(f"{GOOD} That was report {number}.")
    return path


@pytest.fixture(scope="module")
def outcomes(folder: Path) -> list[Outcome]:
    """What one reading of the folder gives."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(process, "SECONDS", SECONDS)
        return list(read([folder]))


@pytest.fixture(scope="module")
def by_file(outcomes: list[Outcome]) -> dict[str, list[Outcome]]:
    """The outcomes under the name of the file they come from."""
    found: dict[str, list[Outcome]] = {}
    for one in outcomes:
        found.setdefault(file_of(one), []).append(one)
    return found


def file_of(outcome: Outcome) -> str:
    match = re.search(r"/(\d{3}-[^:\[]+)", outcome.origin)
    assert match
    return match[1]


@pytest.mark.parametrize(("number", "hostile"), list(enumerate(CORPUS)), ids=[one.name for one in CORPUS])
def test_a_hostile_file_is_refused_with_its_reason_or_read(
    number: int, hostile: Hostile, by_file: dict[str, list[Outcome]]
) -> None:
    found = by_file[f"{number:03}-{hostile.name}"]
    articles = [one for one in found if isinstance(one, Article)]
    refusals = [one for one in found if isinstance(one, Refusal)]
    reasons = {one.reason for one in refusals}
    assert len(articles) == (hostile.good if hostile.said or hostile.good else 1), reasons
    for reason in reasons:
        assert any(re.search(said, reason) for said in hostile.said), reason
    for said in hostile.said:
        assert any(re.search(said, reason) for reason in reasons), (said, reasons)
    assert all(one.remedy for one in refusals)
    assert not any("root:" in one.text for one in articles)
    (after,) = by_file[f"{number:03}-then.txt"]
    assert isinstance(after, Article) and after.text.endswith(f"report {number}.")


def make_coder() -> Coder:
    return record


def check_ledger(path: Path, outcomes: list[Outcome], good: str) -> None:
    """Each input is in the ledger once, what failed with reason and remedy; what became of the good articles."""
    rows = read_table(path, "ledger").to_pylist()
    assert sorted(row["origin"] for row in rows) == sorted(one.origin for one in outcomes)
    for row in rows:
        assert row["outcome"] in ("coded", "empty", "failed")
        assert row["outcome"] != "failed" or (row["reason"] and row["remedy"])
        assert not row["origin"].endswith("-then.txt") or row["outcome"] == good


def test_all_of_them_end_in_the_ledger(outcomes: list[Outcome], tmp_path: Path) -> None:
    with Store(tmp_path, RUN) as store:
        summary = code_all(iter(outcomes), make_coder, store, 0)
    assert summary.given == summary.coded + summary.empty + summary.failed == len(outcomes)
    check_ledger(tmp_path, outcomes, "empty")


def test_the_model_codes_what_can_be_coded(outcomes: list[Outcome], tmp_path: Path) -> None:
    seen: set[str] = set()

    def once() -> Iterator[Outcome]:
        """One refusal of each file is enough here."""
        for one in outcomes:
            if isinstance(one, Article) or file_of(one) not in seen:
                seen.add(file_of(one))
                yield one

    given = list(once())
    with Store(tmp_path, api.pipeline().run) as store:
        summary = code_all(iter(given), api.make_coder, store, 1, limits=Limits(cpu_seconds=CPU_SECONDS))
    assert summary.given == summary.coded + summary.empty + summary.failed == len(given)
    check_ledger(tmp_path, given, "coded")
