from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.knowledge.test_entities import write
from tests.reviews.samples import coded, say
from turnstone.knowledge.entities import Entities, read_entities
from turnstone.knowledge.entity_files import EntityFile
from turnstone.reviews import Changes, Journal, Review, Who, standing
from turnstone.reviews.names import Names, corrected_names

DAY = date(2024, 5, 1)


@pytest.fixture
def entities(tmp_path: Path) -> Entities:
    return read_entities(write(tmp_path))


def names(entities: Entities, *reviews: Review) -> Names:
    return corrected_names(standing(Journal(reviews), [coded()]), entities)


def named(text: str, name: str, **more: object) -> Review:
    who = Who.model_validate({"start": 0, "end": 5, "text": text, "name": name, "remember": True} | more)
    return say("correct", changes=Changes(actors=(who,)))


def over(tmp_path: Path, found: Names) -> Entities:
    return read_entities(write(tmp_path), files=[EntityFile("ours.yaml", found.yaml.encode())])


def test_a_known_organisation_gets_a_further_name(tmp_path: Path, entities: Entities) -> None:
    found = names(entities, named("the Pact of Zenda", "NATO", entity_id="nato"))
    assert not found.remarks
    later = over(tmp_path, found).organisation("Pact of Zenda", DAY)
    assert later is not None and later.id == "nato"
    assert entities.organisation("Pact of Zenda", DAY) is None


def test_a_known_state_gets_a_further_name(tmp_path: Path, entities: Entities) -> None:
    later = over(tmp_path, names(entities, named("the Hexagon", "Russia", entity_id="RUS"))).state("Hexagon", DAY)
    assert later is not None and later[0].code == "RUS"


def test_a_known_person_gets_a_further_name(tmp_path: Path, entities: Entities) -> None:
    found = names(entities, named("Volodya Putin", "Vladimir Putin"))
    later = over(tmp_path, found).person("Volodya Putin", DAY)
    known = entities.person("Vladimir Putin", DAY)
    assert known is not None and later is not None and later.id == known.id


def test_a_new_person_and_a_new_organisation_are_rows(tmp_path: Path, entities: Entities) -> None:
    found = names(entities, named("Sapt of Zenda", "Rudolf Sapt", kind="person", country="RUS", sectors=("REB",)))
    later = over(tmp_path, found).person("Sapt of Zenda", DAY)
    assert later is not None and (later.name, later.on(DAY).country, later.on(DAY).sectors) == (
        "Rudolf Sapt", "RUS", ("REB",),
    )  # fmt: skip
    found = names(entities, named("the Zenda Guards", "Guards of Zenda", kind="organisation", sectors=("MIL",)))
    body = over(tmp_path, found).organisation("Zenda Guards", DAY)
    assert body is not None and (body.name, body.sectors) == ("Guards of Zenda", ("MIL",))


def test_who_was_meant_by_a_pronoun_or_title_keeps_the_name_that_was_corrected(entities: Entities) -> None:
    was = Who(start=0, end=2, text="He", name="Rudolf Elphberg")
    event = coded(actors=(was,))
    right = was.model_copy(update={"name": "Rudolf Rassendyll", "remember": True, "kind": "person"})
    found = corrected_names(
        standing(Journal((say("correct", event, changes=Changes(actors=(right,))),)), [event]), entities
    )
    assert not found.remarks
    assert [(row["person"], row["also"]) for row in found.rows] == [("Rudolf Rassendyll", ["Rudolf Elphberg"])]


@pytest.mark.parametrize(
    ("review", "remark"),
    [
        (named("Russia", "Guards of Zenda", kind="organisation"), "the data has these words for"),
        (named("The rebels", "Guards of Zenda", kind="organisation"), "'The rebels' describes and does not name"),
        (named("They", "Guards of Zenda", kind="organisation"), "'They' describes and does not name"),
        (named("Zenda Guards", "Guards of Zenda"), "say whether it is a person or an organisation"),
        (named("Zenda Guards", "Guards of Zenda", kind="organisation", country="RUR"), "no state has the code 'RUR'"),
        (named("Pact", "Russia", entity_id="RUS", country="UKR"), "the data has 'Russia' in RUS, not UKR"),
    ],
)
def test_what_no_row_can_carry_is_told(tmp_path: Path, entities: Entities, review: Review, remark: str) -> None:
    found = names(entities, review)
    assert len(found.remarks) == 1 and remark in found.remarks[0]
    over(tmp_path, found)


def test_of_two_corrections_of_one_name_the_later_holds(entities: Entities) -> None:
    one = named("Zenda Guards", "Guards of Zenda", kind="organisation")
    event = coded("2", start=50)
    other = say("correct", event, by="ben", changes=Changes(actors=(Who(text="Zenda Guards", start=0, end=5,
                name="NATO", entity_id="nato", remember=True),)))  # fmt: skip
    later = other.model_copy(update={"at": one.at.replace(year=2027)})
    found = corrected_names(standing(Journal((later, one)), [coded(), event]), entities)
    assert [row.get("id") for row in found.rows] == ["nato"]
    assert "the later holds" in found.remarks[0]


def test_only_what_is_to_be_remembered_and_holds_is_carried(entities: Entities) -> None:
    forgotten = named("Zenda Guards", "Guards of Zenda", kind="organisation", remember=False)
    assert names(entities, forgotten).rows == ()
    kept = named("Zenda Guards", "Guards of Zenda", kind="organisation")
    assert names(entities, kept, say("reject")).rows == ()


def test_strange_names_make_a_file_that_can_be_read(tmp_path: Path, entities: Entities) -> None:
    for name in ("'\"]: {", "- id: x", "null", "Ω", "2024-01-01", "yes", "#", "&a *b"):
        found = names(entities, named(f"Guards {name}", name, kind="organisation"))
        row = yaml.safe_load(found.yaml)[0] if found.rows else {"name": name, "names": [f"Guards {name}"]}
        assert (row["name"], row["names"]) == (name, [f"Guards {name}"])
        over(tmp_path, found)
