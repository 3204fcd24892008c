from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.stories.samples import BOMB, ELSEWHERE, STRELSAU, TOLL, ZENDA, News, stored
from turnstone.errors import StoreError
from turnstone.knowledge.codebook import load_codebook
from turnstone.reviews import Changes, Review, append
from turnstone.reviews.coded import events_of
from turnstone.store import connect
from turnstone.stories import directory, tables
from turnstone.stories.directory import Before, find, write

TARGETS = ("dockers", "miners", "pilgrims")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_reports_and_happenings_are_tables_beside_the_record(tmp_path: Path) -> None:
    record = stored(tmp_path / "record", [BOMB, TOLL, ELSEWHERE, replace(BOMB, id="d", publisher="Echo")])
    found = write(record)
    assert (len(found.copies), len(found.links), len(found.happenings)) == (4, 4, 2)
    happening = max(found.happenings, key=lambda row: row["reports"])
    assert (happening["articles"], happening["texts"], happening["sources"]) == (3, 2, 2)
    assert happening["outlets"] == ["Courier", "Echo", "Herald"]
    for name in tables.TABLES:
        assert tables.read(record / "stories", name) == list(getattr(found, "links_rows" if name == "links" else name))
    manifest = json.loads((record / "stories" / "manifest.json").read_text())
    assert manifest["counts"] == {"copies": 4, "links": 4, "happenings": 2}
    assert set(manifest["record"]) == {"articles", "events", "participants", "places"}


def test_every_report_is_in_one_happening_and_none_is_removed(tmp_path: Path) -> None:
    found = find(stored(tmp_path / "record", [BOMB, TOLL, ELSEWHERE]))
    assert sorted((link.article_id, link.event_id) for link in found.links) == [("a", "1"), ("b", "1"), ("c", "1")]
    assert {link.happening_id for link in found.links} == {row["happening_id"] for row in found.happenings}
    assert sum(row["reports"] for row in found.happenings) == 3


def test_the_order_of_coding_leaves_no_trace(tmp_path: Path) -> None:
    news = [BOMB, TOLL, ELSEWHERE, replace(TOLL, id="d", day=2)]
    one, other = stored(tmp_path / "one", news), stored(tmp_path / "other", reversed(news))
    write(one)
    write(other)
    assert contents(one / "stories") == contents(other / "stories")


def test_todays_articles_join_yesterdays_happenings(tmp_path: Path) -> None:
    record = stored(tmp_path / "record", [BOMB])
    (before,) = write(record).happenings
    stored(record, [TOLL])
    found = write(record)
    (after,) = found.happenings
    assert after["happening_id"] == before["happening_id"]
    assert (before["reports"], after["reports"]) == (1, 2)
    assert (found.looked_at, found.kept) == (1, 1)


def test_where_nothing_is_new_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = stored(tmp_path / "record", [BOMB, TOLL])
    write(record)
    monkeypatch.setattr(tables, "write", None)
    assert write(record).looked_at == 0


def a_news(number: int, day: int, target: str, place: tuple[str, float, float], publisher: str) -> News:
    text = f"A bomb killed {target} in the harbour of {place[0]}, and police of the city blamed the Black League."
    return News(
        f"n{number}", day, text, "killed", "police", "RUR", target, "RUR", place=place, publisher=publisher
    )  # fmt: skip


@st.composite
def many_news(draw: st.DrawFn) -> list[News]:
    drawn = draw(
        st.lists(
            st.tuples(
                st.integers(0, 45), st.sampled_from(TARGETS), st.sampled_from((STRELSAU, ZENDA)), st.sampled_from("XY")
            ),
            min_size=1,
            max_size=10,
        )
    )
    return [a_news(number, *one) for number, one in enumerate(drawn)]


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(many_news(), st.data())
def test_what_grew_is_as_if_it_had_always_been_whole(tmp_path: Path, news: list[News], data: st.DataObject) -> None:
    first = data.draw(st.lists(st.sampled_from(news), unique=True, max_size=len(news)))
    for folder in ("grown", "whole"):
        shutil.rmtree(tmp_path / folder, ignore_errors=True)
    grown = stored(tmp_path / "grown", first)
    write(grown)
    stored(grown, news)
    write(grown)
    whole = stored(tmp_path / "whole", news)
    write(whole)
    assert contents(grown / "stories") == contents(whole / "stories")


def test_a_changed_article_is_looked_at_again(tmp_path: Path) -> None:
    before = find(stored(tmp_path / "one", [BOMB, TOLL]))
    changed = find(stored(tmp_path / "two", [BOMB, replace(TOLL, text=TOLL.text + " It was calm.")]), as_before(before))
    assert (changed.kept, changed.looked_at) == (1, 1)


def as_before(found: directory.Stories) -> Before:
    return Before(found.copies, found.links_rows, found.happenings)


def test_stories_of_other_rules_are_found_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = stored(tmp_path / "record", [BOMB, TOLL])
    write(record)
    monkeypatch.setattr(directory, "code_digest", lambda _: "other")
    assert write(record).looked_at == 2


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_process_killed_while_it_writes_leaves_the_old_or_the_new(
    tmp_path: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = stored(tmp_path / "record", [BOMB])
    write(record)
    old = contents(record / "stories")
    stored(record, [TOLL])

    class Killed(BaseException):
        pass

    publish = tables.durable.publish

    def dying(draft: Path, final: Path) -> None:
        if moment == "after":
            publish(draft, final)
        raise Killed

    monkeypatch.setattr(tables.durable, "publish", dying)
    with pytest.raises(Killed):
        write(record)
    monkeypatch.undo()
    manifest = tables.read_manifest(record / "stories")
    assert manifest is not None
    if moment == "before":
        assert contents(record / "stories") == old
    write(record)
    whole = stored(tmp_path / "whole", [BOMB, TOLL])
    write(whole)
    assert contents(record / "stories") == contents(whole / "stories")
    assert [path.name for path in record.iterdir() if "stories-" in path.name] == []


def test_a_folder_without_a_record_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no record"):
        write(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_a_table_that_cannot_be_read_says_what_to_do(tmp_path: Path) -> None:
    record = stored(tmp_path / "record", [BOMB])
    write(record)
    (record / "stories" / "links.parquet").write_bytes(b"no table")
    with pytest.raises(StoreError, match="remove the folder"):
        write(record)


def test_sequences_of_articles_without_events_are_grouped_too(tmp_path: Path) -> None:
    quiet: Sequence[News] = [BOMB]
    found = find(stored(tmp_path / "record", quiet))
    assert [row["original_id"] for row in found.copies] == ["a"]


def test_happenings_are_those_of_the_events_as_reviewers_have_them(tmp_path: Path) -> None:
    record = stored(tmp_path / "record", [BOMB, TOLL, ELSEWHERE])
    write(record)
    review(record, "a", "reject")
    review(record, "b", "correct", Changes(event_type="PROTEST"))
    found = write(record)
    assert found.looked_at == 3
    assert [(link.article_id, link.event_id) for link in found.links] == [("b", "1"), ("c", "1")]
    assert {row["event_type"] for row in found.happenings if row["article_id"] == "b"} == {"PROTEST"}
    shutil.copytree(record, tmp_path / "anew", ignore=shutil.ignore_patterns("stories"))
    write(tmp_path / "anew")
    assert contents(tmp_path / "anew" / "stories") == contents(record / "stories")
    assert write(record).looked_at == 0


def review(record: Path, article: str, verdict: str, changes: Changes | None = None) -> None:
    with connect(record) as open_record:
        (of,) = events_of(open_record, [article])
    append(
        record,
        Review(reviewer="ana", verdict=verdict, article=article, event=of.event, sha256=of.sha256, trigger=of.trigger,
               saw=of.values, changes=changes),
        load_codebook(),
    )  # fmt: skip
