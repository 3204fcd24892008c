from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.query.records import event, party, told, write
from tests.store.samples import RUN, article, record
from turnstone.errors import StoreError
from turnstone.provenance import bundle, diff, read_bundle, unbundle, verify
from turnstone.provenance.matching import matched
from turnstone.provenance.runs import as_row, reasons
from turnstone.records import Article, Event, Record, Span
from turnstone.store import Run, Store

OTHER = replace(RUN, code="d", version="1", settings={"threshold": 0.6})


def store(path: Path, *values: Record, run: Run = RUN) -> Path:
    with Store(path, run) as opened:
        for value in values:
            opened.add(value)
    return path


# --- diff


def test_a_record_does_not_differ_from_itself_or_its_copy(tmp_path: Path) -> None:
    a, b = (store(tmp_path / name, record(article("1")), record(article("2", "Nothing."))) for name in "ab")
    found = diff(a, b)
    assert (found.found, found.articles, found.same, found.reasons) == ((), 2, 1, {})


def test_articles_and_events_that_differ_are_named_with_both_values_and_the_why(tmp_path: Path) -> None:
    one = event("1", 2, "RUS", "UKR")
    lost = replace(event("2", 2, "USA", "FRA"), trigger=Span(0, 4), evidence=Span(0, 4))
    a = store(tmp_path / "a", told("x", 1, one, lost), told("only a", 1))
    changed = replace(one, id="9", status="future", actors=(party(one, "BLR"),))
    added = replace(event("3", 2, "POL", "DEU", "AID"), trigger=Span(12, 15), evidence=Span(12, 15))
    b = store(tmp_path / "b", told("x", 1, changed, added), told("only b", 1), run=OTHER)
    found = diff(a, b)
    assert found.counts() == {
        "article only in a": 1, "article only in b": 1, "lost": 1, "added": 1, "changed": 1
    }  # fmt: skip
    by_kind = {item.kind: item for item in found.found}
    assert by_kind["article only in a"].article_id == "only a"
    assert by_kind["lost"].event_a == "2" and by_kind["added"].event_b == "3"
    fields = {name: (before, after) for name, before, after in by_kind["changed"].fields}
    assert fields["status"] == ("happened", "future")
    assert set(fields) == {"status", "actors"}
    assert (by_kind["changed"].event_a, by_kind["changed"].event_b) == ("1", "9")
    assert by_kind["changed"].reasons == ("other code (turnstone 0 and 1)", "setting threshold: 0.5 and 0.6")
    assert found.as_table().num_rows == 6
    assert found.fields() == {"actors": 1, "status": 1}


def test_another_text_or_day_under_one_id_is_the_reason(tmp_path: Path) -> None:
    a = store(tmp_path / "a", record(article("1")), record(article("2", day=1)))
    later = record(article("2", day=9))
    b = store(tmp_path / "b", record(article("1", article("1").text + " It rained.")), later)
    found = diff(a, b)
    assert found.reasons == {"another article: text": 1, "another article: published": 1}
    assert found.articles == 2 and found.same == 2


def test_what_two_runs_have_not_in_common_is_said() -> None:
    assert reasons(as_row(RUN), as_row(RUN)) == ()
    other = replace(RUN, model="n", entities="f")
    assert reasons(as_row(RUN), as_row(other)) == ("other model", "other entities")
    assert reasons(None, as_row(RUN)) == ("the run is not in the manifest",)


spans = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
events = st.lists(
    st.builds(
        lambda n, kind, trigger: replace(event(str(n), 1, "RUS", "UKR", kind), trigger=trigger, evidence=trigger),
        st.integers(0, 99), st.sampled_from(["AGREE", "ASSAULT"]), spans,
    ),
    max_size=5,
)  # fmt: skip


@given(events, events)
@settings(deadline=None)
def test_every_event_is_matched_once_or_stands_alone(a: list[Event], b: list[Event]) -> None:
    text = article("1")
    pairs = matched((text, a), (text, b))
    assert sorted(id(one) for one, _ in pairs if one) == sorted(map(id, a))
    assert sorted(id(other) for _, other in pairs if other) == sorted(map(id, b))


@given(events)
@settings(deadline=None)
def test_of_two_equal_codings_nothing_stands_alone(a: list[Event]) -> None:
    text = article("1")
    assert all(one is not None and other is not None for one, other in matched((text, a), (text, list(a))))


# --- bundle


def coder(directory: Path, run: Run, code: Callable[[Article], Record] = record) -> Callable[[Iterator[Article]], None]:
    def fill(articles: Iterator[Article]) -> None:
        store(directory, *map(code, articles), run=run)

    return fill


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    return store(tmp_path / "record", *(record(article(str(n), day=1 + n % 3, title="Talks")) for n in range(5)))


def test_a_bundle_codes_to_the_same_bytes(coded: Path, tmp_path: Path) -> None:
    assert bundle(coded, tmp_path / "b.zip", [("mine.yaml", b"[]\n")]) == 5
    found = read_bundle(tmp_path / "b.zip")
    assert all("text" in one for one in found.articles()) and found.entities == {"entities/01-mine.yaml": b"[]\n"}
    verdict = verify(found, tmp_path / "again", RUN, coder(tmp_path / "again", RUN))
    assert verdict.same and verdict.reasons == () and verdict.articles == 5
    assert set(verdict.tables) == {"articles", "events", "participants", "attributions", "places", "dates"}


def test_the_same_record_gives_the_same_bundle(coded: Path, tmp_path: Path) -> None:
    for name in "ab":
        bundle(coded, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_what_differs_is_named_with_the_why(coded: Path, tmp_path: Path) -> None:
    bundle(coded, tmp_path / "b.zip")

    def otherwise(given: Article) -> Record:
        one = record(given)
        return replace(one, coded=replace(one.coded, events=(replace(one.coded.events[0], status="happened"),)))

    fill = coder(tmp_path / "again", OTHER, otherwise)
    verdict = verify(read_bundle(tmp_path / "b.zip"), tmp_path / "again", OTHER, fill)
    assert not verdict.same
    assert [name for name, same in verdict.tables.items() if not same] == ["articles", "events"]
    (why,) = verdict.reasons
    assert why.startswith("5 articles were coded by another run: other code (turnstone 0 and 1), setting threshold")


def test_without_texts_they_are_given_by_those_who_have_them(coded: Path, tmp_path: Path) -> None:
    bundle(coded, tmp_path / "b.zip", texts=False)
    content = zipfile.ZipFile(tmp_path / "b.zip").read("articles.jsonl").decode()
    assert "Ruritania" not in content and "Talks" not in content
    found = read_bundle(tmp_path / "b.zip")
    assert not any("text" in one for one in found.articles())
    texts = [article(str(n), day=1 + n % 3, title="Talks", origin="elsewhere") for n in range(5)]
    some = verify(found, tmp_path / "some", RUN, coder(tmp_path / "some", RUN), texts[:3])
    assert (some.missing, some.same) == (2, False) and "2 articles are missing" in some.reasons[0]
    assert verify(found, tmp_path / "all", RUN, coder(tmp_path / "all", RUN), texts).same


def test_a_bundle_that_was_changed_is_refused(coded: Path, tmp_path: Path) -> None:
    bundle(coded, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as old, zipfile.ZipFile(tmp_path / "c.zip", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"Graustark", b"Syldavia!"))
    with pytest.raises(StoreError, match="was changed"):
        verify(read_bundle(tmp_path / "c.zip"), tmp_path / "again", RUN, coder(tmp_path / "again", RUN))


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "entities/../../evil", "entities/a/b", "entities/..", "more"])
def test_a_file_that_is_no_bundle_is_refused_and_nothing_unpacked(coded: Path, tmp_path: Path, name: str) -> None:
    bundle(coded, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip", "a") as archive:
        archive.writestr(name, "x")
    with pytest.raises(StoreError, match="is no bundle"):
        unbundle(tmp_path / "b.zip", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_is_no_zip_file_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("no zip")
    for name, said in (("b.zip", "is no bundle (File is not a zip file)"), ("none.zip", "there is no such file")):
        with pytest.raises(StoreError, match=rf"{name}: {re.escape(said)}; .*turnstone bundle DIR"):
            read_bundle(tmp_path / name)


def test_unpacked_files_are_those_of_the_bundle_and_nothing_is_written_over(coded: Path, tmp_path: Path) -> None:
    bundle(coded, tmp_path / "b.zip")
    names = [path.name for path in unbundle(tmp_path / "b.zip", tmp_path / "out")]
    assert names == ["README.md", "articles.jsonl", "manifest.json", "packages.json"]
    assert (tmp_path / "out/manifest.json").read_bytes() == (coded / "manifest.json").read_bytes()
    rows = [json.loads(line) for line in (tmp_path / "out/articles.jsonl").read_text().splitlines()]
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
    with pytest.raises(StoreError, match="there already"):
        unbundle(tmp_path / "b.zip", tmp_path / "out")


def test_a_coding_is_named_by_its_inputs_and_runs(tmp_path: Path) -> None:
    def named(path: Path) -> tuple[str, str]:
        manifest = json.loads((path / "manifest.json").read_text())
        return manifest["inputs"], manifest["coding"]

    a = named(store(tmp_path / "a", record(article("1")), record(article("2"))))
    assert named(store(tmp_path / "b", record(article("2")), record(article("1")))) == a
    other = named(store(tmp_path / "c", record(article("2")), record(article("1")), run=OTHER))
    assert other[0] == a[0] and other[1] != a[1]
    assert named(store(tmp_path / "d", record(article("1"))))[0] != a[0]


def test_the_days_of_articles_come_back(tmp_path: Path) -> None:
    bundle(write(tmp_path / "r", told("a", 3)), tmp_path / "b.zip")
    assert [date.fromisoformat(row["date"]).day for row in read_bundle(tmp_path / "b.zip").articles()] == [3, 9]
