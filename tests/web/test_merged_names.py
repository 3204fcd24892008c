from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from turnstone.errors import KnowledgeError
from turnstone.knowledge.entities import load_entities
from turnstone.web.merged_names import MergedNames, NewEntity

NAMES = st.text(st.characters(codec="utf-8", categories=["Lu", "Ll", "Nd", "Po", "Sc", "Sm"]), min_size=3, max_size=20)

GERMANY = next(one.id for one in load_entities().states if one.code == "DEU")


def test_the_file_is_one_that_coding_takes(tmp_path: Path) -> None:
    file = MergedNames(tmp_path)
    file.merge("Mutti of Berlin", "angela-merkel")
    file.merge("Federal Republic Quux", "Germany")
    file.found("Rassendyll", NewEntity("person", "Rudolf Rassendyll", "DEU", ("GOV",)))
    file.found("Blue Hats of Strelsau", NewEntity("organisation", "", "", ("REB",)))
    known = load_entities(file.path)
    for name, entity in (
        ("Mutti of Berlin", "angela-merkel"),
        ("Federal Republic Quux", GERMANY),
        ("Rassendyll", "rudolf-rassendyll"),
        ("Blue Hats of Strelsau", "blue-hats-of-strelsau"),
    ):
        assert entity in {sense.target.id for sense in known.senses(name)}, name


def test_two_names_of_one_entity_are_one_row_and_go_one_by_one(tmp_path: Path) -> None:
    file = MergedNames(tmp_path)
    file.merge("Mutti One", "angela-merkel")
    file.merge("Mutti Two", "angela-merkel")
    assert file.path.read_text().count("angela") + file.path.read_text().count("Angela") == 1
    assert file.take_back("Mutti One")
    assert [one.name for one in file.names()] == ["Mutti Two"]
    assert not file.take_back("Mutti One")
    assert file.take_back("Mutti Two")
    assert file.names() == []


def test_a_name_is_merged_once(tmp_path: Path) -> None:
    file = MergedNames(tmp_path)
    file.merge("Mutti One", "angela-merkel")
    with pytest.raises(KnowledgeError, match="merged already"):
        file.found("Mutti One", NewEntity("person", "", "", ()))


def test_somebody_known_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="has 'Angela Merkel' already"):
        MergedNames(tmp_path).found("Quux", NewEntity("person", "Angela Merkel", "", ()))
    assert not MergedNames(tmp_path).path.exists()


@settings(deadline=None, max_examples=30)
@given(names=st.lists(NAMES, min_size=1, max_size=4, unique=True))
def test_any_name_comes_back_as_it_was_given(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = MergedNames(Path(folder))
        kept = []
        for name in names:
            try:
                kept.append(file.merge(f"Quux {name}", "angela-merkel").name)
            except KnowledgeError as error:
                assert "empty" in str(error) or "already" in str(error)
        assert [one.name for one in MergedNames(Path(folder)).names()] == kept
