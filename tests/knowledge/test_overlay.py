"""Files of entities laid over the packaged ones, and what is refused of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.knowledge.test_entities import write
from turnstone.errors import KnowledgeError
from turnstone.knowledge.codebook import load_codebook
from turnstone.knowledge.entities import Entities, load_entities, read_entities
from turnstone.knowledge.entity_files import EntityFile
from turnstone.knowledge.entity_schema import SECTORS

NOW = date(2023, 3, 21)

OWN = """
- {id: RUR, code: RUR, name: Ruritania, adjectives: [Ruritanian], capital: Strelsau}
- {id: nato, add: true, names: [North Atlantic Alliance]}
- {id: RUS, add: true, names: [Muscovy]}
- {id: afp, name: Agence Une, country: RUR}
- office: rus-president
  add: true
  titles: [First Citizen]
  holders:
  - {name: Ivan Sledov, from: 2023-01-01}
- person: Rupert Hentzau
  also: [Hentzau]
  terms:
  - {country: RUR, sectors: [REB], from: 1994, to: 1996, title: rebel leader}
  - {country: RUR, sectors: [GOV], from: 1996-01-01}
  otherwise: {country: RUR, sectors: [CVL]}
- {person: Flavia Elphberg, otherwise: {country: RUR, sectors: [ELI]}}
- {noun: dragoon, sectors: [MIL]}
"""


def laid(folder: Path, *contents: str) -> Entities:
    files = [EntityFile(f"own{number}.yaml", content.encode()) for number, content in enumerate(contents)]
    return read_entities(write(folder), files=files)


def test_rows_are_added_and_replaced(tmp_path: Path) -> None:
    entities = laid(tmp_path, OWN)
    strelsau = entities.state("Strelsau", NOW)
    assert strelsau is not None and strelsau[0].code == "RUR"
    alliance = entities.organisation("North Atlantic Alliance", NOW)
    assert alliance is not None and alliance.id == "nato" and entities.organisation("NATO", NOW) == alliance
    assert entities.state("Muscovy", NOW) is not None and entities.state("Russian Federation", NOW) is not None
    assert entities.organisation("Agence Une", NOW) is not None and entities.organisation("AFP", NOW) is None
    assert entities.nouns["dragoons"].sectors == ("MIL",)


def test_who_was_in_office_leaves_when_the_added_holder_begins(tmp_path: Path) -> None:
    entities = laid(tmp_path, OWN)
    before, after = (entities.holder("rus-president", day) for day in (date(2022, 12, 31), date(2023, 1, 1)))
    assert before is not None and after is not None
    assert (before.name, after.name) == ("Vladimir Putin", "Ivan Sledov")
    assert before.on(NOW).sectors == ("ELI",)
    office = entities.office("RUS", "First Citizen")
    assert office is not None and office.id == "rus-president"


@pytest.mark.parametrize(
    ("name", "day", "country", "sectors"),
    [
        ("Rupert Hentzau", date(1993, 12, 31), "RUR", ("CVL",)),
        ("Rupert Hentzau", date(1994, 1, 1), "RUR", ("REB",)),
        ("Hentzau", date(1996, 12, 31), "RUR", ("REB",)),  # the first listed of two
        ("Hentzau", date(1997, 1, 1), "RUR", ("GOV",)),
        ("Flavia Elphberg", NOW, "RUR", ("ELI",)),
    ],
)
def test_somebody_known_without_an_office(
    tmp_path: Path, name: str, day: date, country: str, sectors: tuple[str, ...]
) -> None:
    person = laid(tmp_path, OWN).person(name, day)
    assert person is not None
    assert (person.on(day).country, person.on(day).sectors, person.on(day).office) == (country, sectors, "")


def test_an_office_goes_before_the_own_terms_of_a_person(tmp_path: Path) -> None:
    row = "- {person: Xi Jinping, also: [Chairman Xi], terms: [{country: CHN, sectors: [PTY], from: 2007}]}"
    xi = laid(tmp_path, row).person("Chairman Xi", NOW)
    assert xi is not None and (xi.on(date(2010, 1, 1)).sectors, xi.on(NOW).sectors) == (("PTY",), ("GOV",))


def test_names_are_added_to_people_with_and_without_an_office(tmp_path: Path) -> None:
    more = (
        "- {person: Rupert Hentzau, add: true, also: [Black Rupert]}\n- {person: Xi Jinping, add: true, also: [Big Xi]}"
    )
    entities = laid(tmp_path, OWN, more)
    rupert, xi = entities.person("Black Rupert", NOW), entities.person("Big Xi", NOW)
    assert rupert is not None and xi is not None and entities.named("Hentzau") == (rupert,)
    assert rupert.on(date(1995, 1, 1)).sectors == ("REB",) and xi.on(NOW).sectors == ("GOV",)


def test_terms_are_added_before_those_known(tmp_path: Path) -> None:
    more = "- {person: Rupert Hentzau, add: true, terms: [{country: RUR, sectors: [LEG], from: 2010, to: 2015}]}"
    rupert = laid(tmp_path, OWN, more).person("Rupert Hentzau", NOW)
    assert rupert is not None
    assert [rupert.on(date(year, 6, 1)).sectors for year in (1995, 2012, 2020)] == [("REB",), ("LEG",), ("GOV",)]


def test_accents_make_nobody_else(tmp_path: Path) -> None:
    entities = laid(tmp_path, OWN, "- {person: Rúpert Hentzau, terms: [{sectors: [MIL], approximate: true}]}")
    (person,) = entities.named("Hentzau")
    assert (person.name, person.on(NOW).sectors, person.otherwise) == ("Rúpert Hentzau", ("MIL",), None)
    assert person.own[0].approximate


def test_a_later_file_wins_and_each_is_in_the_digest(tmp_path: Path) -> None:
    first, second = "- {id: blue, name: Blue Guard}", "- {id: blue, name: Azure Guard}"
    digests = {laid(tmp_path, *files).digest for files in ((), (first,), (second,), (first, second), (second, first))}
    assert len(digests) == 5
    assert laid(tmp_path, first, second).organisation("Azure Guard", NOW) is not None
    assert laid(tmp_path, first, second).organisation("Blue Guard", NOW) is None


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("- office: rus-president\n  add: true\n  holders: [{name: A B, from: 2010-01-01}]", 3, "overlap"),
        (
            "- office: x\n  title: X\n  country: RUS\n  holders:\n  - {name: A B, from: 2010-01-01}\n"
            "  - {name: C D, from: 2011-01-01}\n",
            6,
            "A B (to today) and C D (from 2011-01-01) overlap",
        ),
        ("# a\n- {id: a, name: A, country: XXX}", 2, "no state has the code 'XXX'"),
        ("- {id: a, name: A}\n- {id: b, name: B,\n   sectors: [GOV, ARMY]}", 3, "'ARMY' is no sector"),
        ("- {person: A, terms: [{country: XXX}]}", 1, "'XXX'"),
        ("- person: A\n  terms:\n  - {from: 2001-01-01,\n     to: 2000-01-01}", 4, "not after 2001-01-01"),
        ("- person: A\n  terms:\n  - {sectors: [GOV]}\n  - {sectors: [GVO]}", 4, "'GVO' is no sector"),
        ("- {id: a, name: A, since: 2001,\n   until: 2000}", 2, "it ends on 2001-01-01"),
        ("- office: x\n  title: X\n  country: RUS\n  holders:\n  - name: A\n    from: 2013-02-30", 6, "YAML"),
        ("- office: x\n  title: X\n  country: RUS\n  holders:\n  - name: A\n    from: March", 6, "from"),
        ("- {id: a, name: A}\n- {id: b, name: [B}", 2, "not valid YAML"),
        ("- {id: a, name: A}\n- {id: a, name: B}", 2, "twice"),
        ("- {id: a, name: A}\n- &b {id: b, name: B, names: [*b]}", 2, "a part of itself"),
        ("- &a [*a]", 1, "a part of itself"),
        ("- {name: A}", 1, "does not say what it is"),
        ("- word", 1, "does not say what it is"),
        ("word", 1, "a list of rows"),
        ("- {id: nowhere, add: true, names: [A]}", 1, "nothing has the id 'nowhere'"),
        ("- {person: Nobody Known, add: true, also: [N]}", 1, "nothing has the person 'Nobody Known'"),
        ("- {person: Xi Jinping, add: true, terms: [{country: XXX}]}", 1, "'XXX'"),
        ("- {person: Xi Jinping, add: true, terms: [{sectors: [ARMY]}]}", 1, "'ARMY' is no sector"),
        ("- {person: Ana Béll}\n- {person: Ana Bell}", 2, "twice"),
        ("- {noun: soldier, add: true}", 1, "`add` is for"),
        ("- {id: nato, add: true, sectors: [MIL]}", 1, "sectors"),
        ("- {id: RUS, name: Rus}", 1, "a state's id"),
        ("- {id: nato, code: NAT, name: Nato}", 1, "an organisation's id"),
        ("- {id: QQQ, code: qqq, name: Q}", 1, "code"),
    ],
)  # fmt: skip
def test_refused_with_file_and_line(tmp_path: Path, content: str, line: int, words: str) -> None:
    with pytest.raises(KnowledgeError) as refused:
        laid(tmp_path, content)
    assert str(refused.value).startswith(f"own0.yaml:{line}: ")
    assert words in str(refused.value)


def test_a_fault_in_the_second_file_names_it(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"^own1\.yaml:2: rus-president: .*overlap"):
        laid(
            tmp_path,
            "- {id: a, name: A}",
            "- {id: b, name: B}\n- {office: rus-president, add: true, holders: [{name: A B, from: 1995-01-01}]}",
        )


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"nowhere\.yaml: cannot be read"):
        load_entities(tmp_path / "nowhere.yaml")
    (tmp_path / "own.yaml").write_text("- {id: a, name: A}")
    with pytest.raises(KnowledgeError, match="given twice"):
        load_entities(tmp_path / "own.yaml", tmp_path / "own.yaml")


def test_an_empty_file_changes_nothing_but_the_digest(tmp_path: Path) -> None:
    plain, empty = laid(tmp_path), laid(tmp_path, "# nothing yet\n")
    assert plain.names == empty.names and plain.digest != empty.digest


def test_the_sectors_are_the_codebook_s() -> None:
    assert set(load_codebook().sectors) == SECTORS
