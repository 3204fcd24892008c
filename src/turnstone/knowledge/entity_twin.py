"""The twin of the packaged YAML files: the entities made from them, in one JSON file that is read ten times faster.

`python -m turnstone.knowledge.entity_twin` writes it anew after the YAML files have changed, or the way in which
entities are made from them. It carries the digest of the files; a twin of other files is passed over. Where files of
entities are laid over, what is made is another, and the parsed rows that are written beside it are read instead.
What reads YAML is loaded for writing only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from turnstone.knowledge.digests import ENTITIES, digest_of, files_of
from turnstone.knowledge.entity_records import (
    OTHERWISE,
    Agent,
    Office,
    Organisation,
    Person,
    Sense,
    Standing,
    State,
    Tables,
    Term,
)

TWIN = "twin.json"


def read_twin(folder: Path, digest: str) -> Tables | None:
    """The entities of `folder`; None where it has no twin of exactly the files with this digest."""
    try:
        twin = json.loads((folder / TWIN).read_bytes())
    except (OSError, ValueError):
        return None
    return _made(twin) if isinstance(twin, dict) and twin.get("digest") == digest else None


def write_twin(folder: Path) -> Path:
    """Check the YAML files of `folder` and write their twin, and their rows beside it; KnowledgeError where they are at
    fault."""
    from turnstone.knowledge.parsed_rows import PARSED, parsed_of

    path = folder / TWIN
    path.write_text(twin_of(folder), encoding="utf-8")
    (folder / PARSED).write_text(parsed_of(folder), encoding="utf-8")
    return path


def twin_of(folder: Path) -> str:
    """What the twin of a folder's YAML files holds. Raises KnowledgeError where they are at fault."""
    from turnstone.knowledge.entity_files import Faults
    from turnstone.knowledge.entity_rows import read_rows
    from turnstone.knowledge.entity_tables import tables_of

    rows, _ = read_rows([folder], (), Faults(), parsed=False)
    tables = tables_of(rows)
    listed: dict[str, list[list[Any]]] = {
        "states": [[one.id, one.code, one.name, one.sectors, one.since, one.until] for one in tables.states],
        "organisations": [
            [one.id, one.name, one.kind, one.country, one.outlet, one.sectors, one.since, one.until]
            for one in tables.organisations
        ],
        "offices": [[one.id, one.title, one.country, one.role, one.titles, one.sectors] for one in tables.offices],
        "people": _people(tables),
        "agents": [[one.noun, one.plural, one.human, one.sectors] for one in tables.agents],
    }
    places = {id(one): n for kind in (tables.states, tables.organisations, tables.people) for n, one in enumerate(kind)}
    senses = (
        (name, [[one.kind, places[id(one.target)], *([one.sectors] if one.sectors else [])] for one in found])
        for name, found in tables.senses.items()
    )
    # one entity or name a line, so that a small change stays one
    parts = [f'"digest": {_line(digest_of(files_of(folder)))}']
    parts += [f'"{kind}": [\n' + ",\n".join(map(_line, things)) + "\n]" for kind, things in listed.items()]
    parts += ['"senses": {\n' + ",\n".join(f"{_line(name)}: {_line(found)}" for name, found in senses) + "\n}"]
    return "{" + ",\n".join(parts) + "}\n"


def _people(tables: Tables) -> list[list[Any]]:
    offices = {office.id: number for number, office in enumerate(tables.offices)}
    return [
        [
            one.id,
            one.name,
            one.also,
            [[offices[term.office.id], term.first, term.until, term.approximate] for term in one.terms],
            [
                [own.office.title, own.office.country, own.office.sectors, own.first, own.until, own.approximate]
                for own in one.own
            ],
            [one.otherwise.country, one.otherwise.sectors] if one.otherwise else None,
        ]
        for one in tables.people
    ]


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=date.isoformat, separators=(",", ":"))


def _made(twin: dict[str, Any]) -> Tables:
    day = date.fromisoformat
    states = [
        State(identity, code, name, tuple(sectors), since and day(since), until and day(until))
        for identity, code, name, sectors, since, until in twin["states"]
    ]
    organisations = [
        Organisation(identity, name, kind, country, tuple(sectors), outlet, since and day(since), until and day(until))
        for identity, name, kind, country, outlet, sectors, since, until in twin["organisations"]
    ]
    offices = [
        Office(identity, title, tuple(titles), country, tuple(sectors), role)
        for identity, title, country, role, titles, sectors in twin["offices"]
    ]
    people = [
        Person(
            identity,
            name,
            tuple(also),
            tuple(
                [
                    Term(offices[office], day(first), until and day(until), about)
                    for office, first, until, about in terms
                ]
            ),
            tuple([_own(*one) for one in own]),
            otherwise and Standing(otherwise[0], tuple(otherwise[1]), "", OTHERWISE),
        )
        for identity, name, also, terms, own, otherwise in twin["people"]
    ]
    return Tables(
        tuple(states),
        tuple(organisations),
        tuple(offices),
        tuple(people),
        tuple(Agent(noun, plural, tuple(sectors), human) for noun, plural, human, sectors in twin["agents"]),
        _Senses(twin["senses"], states, {"organisation": organisations, "person": people, "surname": people}),
    )


class _Senses(Mapping[str, tuple[Sense, ...]]):
    """What names stand for; made of the rows of a name when it is looked up, since an article has few of them."""

    def __init__(self, rows: dict[str, list[Any]], states: list[State], others: dict[str, list[Any]]) -> None:
        self._rows, self._states, self._others = rows, states, others
        self._made: dict[str, tuple[Sense, ...]] = {}

    def __getitem__(self, name: str) -> tuple[Sense, ...]:
        if name not in self._made:
            self._made[name] = tuple(
                [
                    Sense(kind, self._others.get(kind, self._states)[place], tuple(*sectors))
                    for kind, place, *sectors in self._rows[name]
                ]
            )
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _own(title: str, country: str, sectors: list[str], first: str, until: str | None, approximate: bool) -> Term:
    office = Office("", title, (), country, tuple(sectors), "other")
    return Term(office, date.fromisoformat(first), date.fromisoformat(until) if until else None, approximate)


if __name__ == "__main__":
    print(write_twin(ENTITIES))
