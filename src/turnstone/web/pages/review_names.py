"""Names that the entities have, to complete what a reviewer types."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel

from turnstone.knowledge.entities import Entities, Organisation, Person, State, load_entities

MOST = 12


class Suggestion(BaseModel):
    """Somebody or something that the data knows, as it is on a day. `known_as` is the name that was met."""

    name: str
    known_as: str
    entity_id: str
    kind: str
    country: str
    sectors: list[str]
    what: str


@dataclass(frozen=True, slots=True)
class _Names:
    entities: Entities
    folded: tuple[tuple[str, str], ...]


@cache
def _names() -> _Names:
    entities = load_entities()
    return _Names(entities, tuple(sorted((name.casefold(), name) for name in entities.names)))


def suggestions(words: str, day: dt.date) -> list[Suggestion]:
    """Who or what has a name that begins with the words, or one of whose words does; the shortest names first, and
    last who is somebody only later."""
    wanted = " ".join(words.casefold().split())
    if len(wanted) < 2:
        return []
    known = _names()
    begins = [name for folded, name in known.folded if folded.startswith(wanted)]
    within = [name for folded, name in known.folded if f" {wanted}" in folded]
    found: dict[str, tuple[str, State | Organisation | Person]] = {}
    for name in (*sorted(begins, key=len), *sorted(within, key=len)):
        for sense in known.entities.senses(name):
            if sense.kind not in ("adjective", "people", "surname"):
                found.setdefault(sense.target.id, (name, sense.target))
        if len(found) >= 10 * MOST:
            break
    listed = sorted(found.values(), key=lambda one: isinstance(one[1], Person) and not one[1].is_known_by(day))
    return [_suggestion(name, target, day) for name, target in listed[:MOST]]


def _suggestion(name: str, target: State | Organisation | Person, day: dt.date) -> Suggestion:
    if isinstance(target, State):
        kind, country, sectors, what = "state", target.code, target.sectors, "state"
    elif isinstance(target, Organisation):
        kind, country, sectors, what = "organisation", target.country, target.sectors, target.kind
    else:
        standing = target.on(day)
        kind, country, sectors, what = "person", standing.country, standing.sectors, standing.basis
    return Suggestion(
        name=target.name, known_as=name, entity_id=target.id, kind=kind, country=country, sectors=list(sectors),
        what=what,
    )  # fmt: skip
