"""How coded items are counted against annotated ones; no model is loaded."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import real_items
from corpus import GoldEvent, GoldReport
from tests.store.samples import article, record


class Recorded:
    """A pipeline that has one record, whatever it is given."""

    def code(self, _: object) -> Any:
        return record(article("x"))


def report(*events: GoldEvent) -> GoldReport:
    text = record(article("x")).article.text
    return GoldReport("item-000007", "2023-03-21", "sport", text, events)


def told(status: str = "", event_type: str = "") -> GoldEvent:
    (event,) = record(article("x")).coded.events
    trigger = (event.trigger.start, event.trigger.end)
    return GoldEvent(trigger, event_type or event.event_type, (), status or event.status, (), (), None, None, None, ())


def count(one: GoldReport, countries: real_items.Countries | None = None) -> tuple[Counter[str], list[str]]:
    c: Counter[str] = Counter()
    pipeline: Any = Recorded()
    return c, real_items.tally(pipeline, one, countries, c)


def test_an_event_of_the_right_type_and_status_counts() -> None:
    c, wrong = count(report(told()))
    assert (c["type hit"], c["type gold"], c["type guess"], c["matched"], c["status"]) == (1, 1, 1, 1, 1)
    assert wrong == [] and "both gold" not in c and c["empty"] == c["silent"] == 0


def test_modes_and_contexts_count_where_the_type_is_right() -> None:
    (event,) = record(article("x")).coded.events
    assert event.modes and event.contexts
    same = replace(told(), modes=event.modes, contexts=(*event.contexts, "lgbt"))
    c, _ = count(report(same))
    assert (c["modes hit"], c["modes gold"], c["modes guess"]) == (len(event.modes),) * 3
    assert c["contexts hit"] == c["contexts guess"] == len(event.contexts) == c["contexts gold"] - 1
    c, _ = count(report(replace(same, event_type="THREATEN")))
    assert c["contexts gold"] == c["modes guess"] == 0


def test_countries_count_where_they_are_annotated() -> None:
    (event,) = record(article("x")).coded.events
    codes = tuple(sorted({a.country for a in event.actors if a.country}))
    assert codes
    c, _ = count(report(told()), real_items.Countries({(7, told().trigger[0]): codes}, states_alone=False))
    assert c["both hit"] == c["both gold"] == len(codes)
    c, _ = count(report(told()), real_items.Countries({(7, told().trigger[0]): ("ATA",)}, states_alone=False))
    assert c["both hit"] == 0 and c["both gold"] == 1


def test_a_file_says_whether_bodies_have_codes(tmp_path: Path) -> None:
    head = "# item\tstart of the trigger\tcountries of the actors\tcountries of the recipients"
    path = tmp_path / "some_countries.tsv"
    path.write_text(f"{head}\n7\t10\tUSA;-;GBR+UNO\t\n8\t0\t\tUSA\n")
    found = real_items.gold_countries(path)
    assert found.of == {(7, 10): ("GBR", "UNO", "USA"), (8, 0): ()} and not found.states_alone
    path.write_text(f"{head}, states alone\n")
    assert real_items.gold_countries(path) == real_items.Countries({}, states_alone=True)


def test_codes_of_bodies_do_not_count_where_states_alone_are_annotated(monkeypatch: pytest.MonkeyPatch) -> None:
    (event,) = record(article("x")).coded.events
    codes = {a.country for a in event.actors if a.country}
    monkeypatch.setattr(real_items, "SPECIAL_CODES", frozenset(codes))
    for states_alone, guessed in ((True, ("",)), (False, tuple(sorted(codes)))):
        c, _ = count(report(told()), real_items.Countries({}, states_alone))
        assert c["both guess"] == len(guessed) and c["both hit"] == states_alone


def test_what_is_wrong_is_told() -> None:
    c, wrong = count(report(told(event_type="AID", status="negated")))
    assert c["type hit"] == c["status"] == 0 and c["matched"] == 1
    assert "made up" in wrong[0] and "item-000007" in wrong[0]


def test_an_empty_item_that_yields_an_event_is_not_quiet() -> None:
    c, wrong = count(report())
    assert (c["empty"], c["quiet"], c["silent"], c["items"]) == (1, 0, 0, 1) and len(wrong) == 1


def test_a_share_of_nothing_is_none() -> None:
    assert real_items.share(1, 3) == 33.33
    assert real_items.share(0, 0) is None


@pytest.mark.parametrize(("words", "hit"), [("Strelsau", 1), ("in Strelsau", 1), ("Graustark", 0)])
def test_a_place_is_right_that_the_words_of_where_name(words: str, hit: int) -> None:
    at = record(article("x")).article.text.index(words)
    c, _ = count(report(replace(told(), where=(at, at + len(words)))))
    assert (c["place hit"], c["place guess"], c["place gold"]) == (hit, 1, 1)
    assert "place gold" not in count(report(told()))[0]
