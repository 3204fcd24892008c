"""Files of entities laid over rows as they were parsed before, which must make no difference."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.knowledge.test_entities import PEOPLE, write
from tests.knowledge.test_overlay import OWN
from turnstone.errors import KnowledgeError
from turnstone.knowledge.digests import digest_of, files_of
from turnstone.knowledge.entities import Entities, read_entities
from turnstone.knowledge.entity_files import PACKAGED, EntityFile
from turnstone.knowledge.entity_twin import TWIN, write_twin
from turnstone.knowledge.parsed_rows import PARSED, read_parsed

REPLACED = """
- {id: RUS, code: RUS, name: Rus, capital: Kyiv}
- office: rus-president
  title: Grand Prince
  country: RUS
  holders: [{name: Oleg Rurikson, from: 1999-12-31, approximate: true}]
- {noun: soldier, plural: soldiery, sectors: [REB]}
- {person: Nick Snow, terms: [{country: RUS, sectors: [MED], from: 2001, to: 2003}]}
"""
ADDED = """
- {id: GEO, add: true, adjectives: [Colchian], seats: [{name: the Old Parliament, sectors: [LEG]}]}
- {person: Vladimir Putin, add: true, also: [Vova], otherwise: {country: RUS}}
- {office: chn-president, add: true, holders: [{name: Li Wen, also: [Old Li], from: 2023-03-10}]}
"""


def laid(folder: Path, contents: tuple[str, ...]) -> Entities:
    return read_entities(folder, files=[EntityFile(f"{n}.yaml", one.encode()) for n, one in enumerate(contents)])


def everything(entities: Entities) -> tuple[object, ...]:
    senses = [(name, entities.senses(name)) for name in entities.names]
    listed = (entities.states, entities.organisations, entities.offices, entities.people, entities.agents)
    return entities.digest, *listed, senses, list(entities.nouns.items())


@pytest.mark.parametrize(
    "contents", [(OWN,), (REPLACED,), (ADDED,), (OWN, REPLACED, ADDED), (ADDED, OWN), ("# nothing\n",)]
)
def test_the_same_is_laid_over_parsed_rows_as_over_yaml(tmp_path: Path, contents: tuple[str, ...]) -> None:
    (write(tmp_path) / "people.yaml").write_text(PEOPLE)
    plain = laid(tmp_path, contents)
    write_twin(tmp_path)
    assert read_parsed(tmp_path, digest_of(files_of(tmp_path))) is not None
    assert everything(laid(tmp_path, contents)) == everything(plain)


def test_the_same_is_laid_over_the_packaged_data(tmp_path: Path) -> None:
    for name, content in files_of(PACKAGED).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    own = "- {id: nato, add: true, names: [North Atlantic Alliance]}\n- {id: RUR, code: RUR, name: Ruritania}\n"
    assert read_parsed(PACKAGED, digest_of(files_of(PACKAGED))) is not None
    assert everything(laid(PACKAGED, (own,))) == everything(laid(tmp_path, (own,)))


def test_parsed_rows_of_other_files_are_passed_over(tmp_path: Path) -> None:
    write_twin(write(tmp_path))
    write(tmp_path, organisations="- {id: other, name: Other Body}")
    assert "Other Body" in laid(tmp_path, (ADDED,)).names
    write_twin(tmp_path)
    (tmp_path / PARSED).write_text("{broken")
    assert "Other Body" in laid(tmp_path, (ADDED,)).names


def test_parsed_rows_are_what_is_read_and_a_fault_still_names_its_line(tmp_path: Path) -> None:
    write_twin(write(tmp_path))
    parsed = (tmp_path / PARSED).read_text(encoding="utf-8")
    (tmp_path / PARSED).write_text(parsed.replace("Niger", "Nigeria"), encoding="utf-8")
    (tmp_path / TWIN).unlink()
    assert "Nigeria" in laid(tmp_path, ()).names
    with pytest.raises(KnowledgeError, match=r"^0\.yaml:2: .*overlap"):
        laid(tmp_path, ("# first\n- {office: rus-president, add: true, holders: [{name: A B, from: 1995-01-01}]}",))
