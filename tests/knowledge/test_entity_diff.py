from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.query.records import event, party, told
from turnstone.knowledge.entities import Entities, read_entities
from turnstone.knowledge.entity_diff import EntityDiff
from turnstone.knowledge.entity_files import EntityFile
from turnstone.records import Event, Record

BEFORE = """
- {id: RUR, code: RUR, name: Ruritania, adjectives: [Ruritanian], people: [Ruritanian, Ruritanians]}
- {id: zenda-guards, name: Zenda Guards, kind: armed-group, country: RUR, sectors: [REB]}
- {id: zenda-post, name: Zenda Post, kind: media, country: RUR, sectors: [JRN]}
- office: rur-prime-minister
  title: Prime Minister
  country: RUR
  sectors: [GOV]
  holders:
  - {name: Rudolf Sapt, from: 2010-05-01, to: 2014-09-12}
  - {name: Flavia Tarlen, from: 2014-09-12}
- person: Rupert Hentzau
  terms: [{country: RUR, sectors: [REB], from: 1994-03-01, title: rebel leader}]
"""


def entities(text: str) -> Entities:
    return read_entities(files=[EntityFile("ours.yaml", text.encode())])


def changed(*pairs: tuple[str, str]) -> tuple[str, ...]:
    after = BEFORE
    for old, new in pairs:
        assert old in after
        after = after.replace(old, new)
    found = EntityDiff.of(entities(BEFORE), entities(after))
    assert found is not None
    return found.words()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "from: 2014-09-12}", "from: 2014-09-12, to: 2020-01-01}",
            "Flavia Tarlen: no longer Prime Minister (RUR) 2014-09-12 to today; "
            "now Prime Minister (RUR) 2014-09-12 to 2020-01-01",
        ),
        ("title: rebel leader", "title: duke", "Rupert Hentzau: no longer rebel leader (RUR) 1994-03-01 to today; now"),
        ("name: Zenda Guards,", "name: Zenda Guards, names: [Guards of Zenda],", "Zenda Guards: now Guards of Zenda"),
        ("sectors: [REB]}\n", "sectors: [MIL]}\n", "Zenda Guards: is written otherwise"),
        ("- {id: zenda-post, name: Zenda Post, kind: media, country: RUR, sectors: [JRN]}\n", "",
         "Zenda Post is no longer among the entities"),
        ("- person: Rupert", "- {id: black-band, name: Black Band, country: RUR}\n- person: Rupert",
         "Black Band is new among the entities"),
    ],
)  # fmt: skip
def test_each_difference_is_said_in_words(old: str, new: str, said: str) -> None:
    (words,) = changed((old, new))
    assert words.startswith(said)


def test_states_of_the_entities_that_are_one_or_unknown_have_no_differences() -> None:
    one, same = entities(BEFORE), entities(BEFORE)
    assert EntityDiff.of(one, same) is None
    assert EntityDiff.of(one, None) is None and EntityDiff.of(None, one) is None


def test_rows_in_another_order_are_no_difference() -> None:
    lines = BEFORE.strip().split("\n")
    found = EntityDiff.of(entities(BEFORE), entities("\n".join(lines[1:] + lines[:1])))
    assert found is not None and found.words() == ()


def test_an_event_has_the_reasons_of_those_who_take_part_or_speak() -> None:
    known = EntityDiff({"rus": "Russia differs", "ukr": "Ukraine differs", "pol": "Poland differs"})

    def of(one: Event) -> tuple[str, ...]:
        record: Record = told("a", 1, one)
        return known.of_event(record, one)

    assert of(event("1", date(2023, 3, 1), "RUS UKR RUS", "")) == ("Russia differs", "Ukraine differs")
    assert of(event("1", 1, "BLR", "POL")) == ("Poland differs",)
    sample = told("a", 1, event("1", 1, "BLR", ""))
    speaker = party(sample.coded.events[0], "UKR")
    attributions = tuple(replace(one, speaker=speaker) for one in sample.coded.attributions)
    record = replace(sample, coded=replace(sample.coded, attributions=attributions))
    assert known.of_event(record, sample.coded.events[0]) == ("Ukraine differs",)
