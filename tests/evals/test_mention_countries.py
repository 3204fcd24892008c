"""How the countries of all mentions of real items are counted; no model is loaded."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import items as item_files
import mention_countries
from corpus import CorpusError
from mention_countries import GoldItem, GoldMention
from tests.store.samples import article, record
from turnstone.records import Mention, Place, Record, Token

TEXT = "Ruritanian rebel leader Ada Obi left Zenda."


def tokens() -> tuple[Token, ...]:
    """The words of TEXT: "leader" is what "Ada" and "Ruritanian" depend on."""
    heads = {"Ruritanian": 2, "rebel": 2, "leader": 5, "Ada": 2, "Obi": 3, "left": -1, "Zenda": 5, ".": 5}
    found = []
    for word, head in heads.items():
        start = TEXT.index(word)
        found.append(Token(start, start + len(word), "NOUN", word, head, "dep"))
    return tuple(found)


def gold(words: str, kind: str, form: str, *countries: str, unsaid: bool = False) -> GoldMention:
    start = TEXT.index(words)
    return GoldMention(start, start + len(words), kind, form, frozenset(countries), unsaid)


def mention(words: str, country: str) -> Mention:
    start = TEXT.index(words)
    return Mention(start, start + len(words), "OTHER", "", "x", country)


def place(words: str, country: str) -> Place:
    start = TEXT.index(words)
    return Place(start, start + len(words), words, country, None, 0.0, 0.0, "city")


def resolved(mentions: tuple[Mention, ...], places: tuple[Place, ...] = ()) -> Record:
    whole = record(article("x"))
    return replace(
        whole,
        analysis=replace(whole.analysis, tokens=tokens()),
        resolved=replace(whole.resolved, mentions=mentions, places=places),
    )


def test_a_name_is_found_in_words_that_begin_with_a_title() -> None:
    titled = mention("rebel leader Ada Obi", "KEN")
    assert mention_countries.same(gold("Ada Obi", "person", "name"), [titled], tokens()) == [titled]


def test_a_name_within_a_description_of_somebody_else_is_not_that_one() -> None:
    leader = mention("rebel leader", "KEN")
    assert mention_countries.same(gold("rebel", "organisation", "name"), [leader], tokens()) == []


def test_of_several_the_nearest_counts() -> None:
    near, far = mention("Ada Obi", "KEN"), mention("Ruritanian rebel leader Ada Obi", "GHA")
    assert mention_countries.same(gold("Ada Obi", "person", "name"), [far, near], tokens()) == [near]


def test_a_place_without_a_country_has_that_of_the_map_and_a_person_has_not() -> None:
    here = resolved((mention("Zenda", ""),), (place("Zenda", "GHA"),))
    assert mention_countries.told(gold("Zenda", "place", "name", "GHA"), here) == (True, {"GHA"})
    assert mention_countries.told(gold("Zenda", "person", "name", "GHA"), here) == (True, set())
    only_map = resolved((), (place("Zenda", "GHA"),))
    assert mention_countries.told(gold("Zenda", "place", "name", "GHA"), only_map) == (True, {"GHA"})


@pytest.mark.parametrize(
    ("unsaid", "countries", "told", "found", "expected"),
    [
        (False, ("KEN", "GHA"), {"GHA"}, True, "right"),
        (False, ("KEN",), {"GHA"}, True, "wrong"),
        (False, ("KEN",), set(), True, "no country"),
        (False, ("KEN",), set(), False, "not found"),
        (True, (), set(), True, "rightly none"),
        (True, ("KEN",), {"KEN"}, True, "supposed"),
        (True, ("KEN",), {"GHA"}, True, "made up"),
        (True, (), {"GHA"}, True, "made up"),
    ],
)
def test_what_became_of_a_mention(
    unsaid: bool, countries: tuple[str, ...], told: set[str], found: bool, expected: str
) -> None:
    one = GoldMention(0, 5, "person", "name", frozenset(countries), unsaid)
    assert mention_countries.outcome(one, found, told) == expected


def test_what_is_made_up_counts_against_precision_and_what_is_missed_against_recall() -> None:
    outcomes = {"right": 6, "wrong": 1, "made up": 1, "no country": 2, "not found": 1, "supposed": 9, "rightly none": 9}
    assert mention_countries.precision_recall(outcomes) == (75.0, 60.0)
    assert mention_countries.precision_recall({"rightly none": 1}) == (None, None)


def test_an_item_is_counted_and_faults_are_told() -> None:
    class Recorded:
        def code(self, _: object) -> Record:
            return resolved((mention("Ada Obi", "KEN"),), (place("Zenda", "GHA"),))

    mentions = (gold("Ada Obi", "person", "name", "KEN"), gold("Zenda", "place", "name", "TGO"))
    pipeline: Any = Recorded()
    counts, wrong = mention_countries.score(pipeline, GoldItem(7, date(2023, 3, 21), TEXT, mentions))
    assert counts == {("person", "name", "right"): 1, ("place", "name", "wrong"): 1}
    assert len(wrong) == 1 and "item 7" in wrong[0] and "'Zenda' is TGO, wrong" in wrong[0]


def test_a_line_a_kind_a_form_and_a_year() -> None:
    counted = {
        2004: [Counter({("person", "name", "right"): 3, ("place", "name", "wrong"): 1})],
        2005: [Counter(), Counter({("place", "description", "not found"): 4})],
    }
    lines = {line.split()[0]: line.split()[1:] for line in mention_countries.rows(counted)[1:]}
    assert lines["person"] == ["3", "3", "0", "0", "0", "0", "0", "0", "100.0", "100.0"]
    assert lines["names"][-2:] == ["75.0", "75.0"] and lines["descriptions"][-2:] == ["-", "0.0"]
    assert lines["2005"][-2:] == ["-", "0.0"] and lines["all"][-2:] == ["75.0", "37.5"]


def test_the_gold_is_read_with_what_may_be_supposed(tmp_path: Path) -> None:
    items = [{"date": "2020-01-02", "text": TEXT}, {"date": "2021-01-02", "text": "It rained."}]
    path = tmp_path / "gold.tsv"
    keys = [f"{number}\t{item_files.digest(item['text'])}" for number, item in enumerate(items)]
    lines = [f"{keys[0]}\t24-31\tperson\tname\tKEN/GHA", f"{keys[0]}\t37-42\tplace\tname\t-/TGO", keys[1]]
    path.write_text("# a comment\n" + "\n".join(lines) + "\n", encoding="utf-8")
    first, second = mention_countries.read_gold(path, items)
    assert second.mentions == () and second.published == date(2021, 1, 2)
    known, supposed = first.mentions
    assert (known.countries, known.unsaid) == ({"KEN", "GHA"}, False)
    assert (supposed.countries, supposed.unsaid) == ({"TGO"}, True)
    with pytest.raises(CorpusError, match="not the text"):
        mention_countries.read_gold(path, [items[1], items[0]])


def test_the_packaged_gold_names_kinds_and_forms_that_are_counted() -> None:
    for line in mention_countries.GOLD.read_text(encoding="utf-8").splitlines()[1:]:
        fields = line.split("\t")
        assert len(fields) in (2, 6)
        if len(fields) == 6:
            assert fields[3] in mention_countries.KINDS and fields[4] in mention_countries.FORMS
