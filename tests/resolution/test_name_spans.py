"""The model's names cut to what they name."""

from __future__ import annotations

import pytest

from turnstone.knowledge.entities import Entities
from turnstone.records import Name
from turnstone.resolution.name_spans import cut_names, whole_names


@pytest.mark.parametrize(
    ("text", "kind", "name", "expected"),
    [
        ("The Kenya's port", "LOC", "The Kenya's", [("LOC", "Kenya")]),
        # a state that a title names, and who bears the title
        ("President of Kenya Ada II spoke", "PER", "Kenya Ada II", [("LOC", "Kenya"), ("PER", "Ada II")]),
        ("The president of the United States Ada Obi", "LOC", "United States Ada Obi",
         [("LOC", "United States"), ("PER", "Ada Obi")]),
        ("He saw Kenya Moore", "PER", "Kenya Moore", [("PER", "Kenya Moore")]),
        # a name ends where small letters begin
        ("The United States states its case", "LOC", "United States states", [("LOC", "United States")]),
        # two bodies, one of which is known
        ("The United Nations and Harbour Relief Fund met", "ORG", "United Nations and Harbour Relief Fund",
         [("ORG", "United Nations"), ("ORG", "Harbour Relief Fund")]),
        ("Stone and Sons closed", "ORG", "Stone and Sons", [("ORG", "Stone and Sons")]),
        # a title is not part of a name
        ("He met President Obi", "PER", "President Obi", [("PER", "Obi")]),
        ("He met President", "PER", "President", [("PER", "President")]),
        ("He met Gov. Obi", "PER", "Gov. Obi", [("PER", "Obi")]),
        ("He met Lt. Col. Obi", "PER", "Lt. Col. Obi", [("PER", "Obi")]),
        # nor is what describes somebody
        ("Harbour Fund Attorney General Ada Obi spoke", "ORG", "Harbour Fund Attorney General Ada Obi",
         [("PER", "Ada Obi")]),
        ("Zyx Rival Ada Obi Wins. Ada Obi won", "PER", "Zyx Rival Ada Obi", [("PER", "Ada Obi")]),
        ("Zyx Qyx Ada Obi won", "PER", "Zyx Qyx Ada Obi", [("PER", "Zyx Qyx Ada Obi")]),
        ("The Zyx and Ada Obi Fund met", "ORG", "Zyx and Ada Obi Fund", [("ORG", "Zyx and Ada Obi Fund")]),
    ],
)  # fmt: skip
def test_cut(entities: Entities, text: str, kind: str, name: str, expected: list[tuple[str, str]]) -> None:
    start = text.index(name)
    given = [Name(start, start + len(name), kind)]  # type: ignore[arg-type]
    found = cut_names(text, given, entities.find(text), entities)
    assert [(one.kind, text[one.start : one.end]) for one in found] == expected


def test_names_outside_the_text_are_dropped(entities: Entities) -> None:
    assert cut_names("Kenya", [Name(0, 9, "LOC"), Name(3, 3, "PER")], (), entities) == []


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Ada Obi came. Obi left", "PER", ["Ada Obi", "Obi"]),
        ("Ada Obi came. Obi left", "ORG", ["Obi"]),
        ("Zyx Obi came. Obi left", "PER", ["Obi"]),  # no given name that is known
        ("Ada Obiora came. Obi left", "PER", ["Obi"]),
    ],
)
def test_a_full_name_that_was_passed_over(text: str, kind: str, expected: list[str]) -> None:
    start = text.rindex("Obi")
    found = whole_names(text, [Name(start, start + 3, kind)])  # type: ignore[arg-type]
    assert [text[one.start : one.end] for one in found] == expected
