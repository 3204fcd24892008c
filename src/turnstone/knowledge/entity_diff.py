"""In what two states of the entities differ, and whether an event can differ for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from turnstone.knowledge.entities import Entities
from turnstone.knowledge.entity_records import Organisation, Person, State
from turnstone.records import Event, Record


@dataclass(frozen=True)
class EntityDiff:
    """`changed` says of each entity that differs, by id, what does."""

    changed: Mapping[str, str]

    @classmethod
    def of(cls, a: Entities | None, b: Entities | None) -> EntityDiff | None:
        """What differs between two states of the entities; None where one is not known, or they are one."""
        if a is None or b is None or a.digest == b.digest:
            return None
        before, after = _by_id(a), _by_id(b)
        called = _names(a), _names(b)
        changed = {}
        for key in sorted({*before, *after}):
            if key not in after:
                changed[key] = f"{before[key].name} is no longer among the entities"
            elif key not in before:
                changed[key] = f"{after[key].name} is new among the entities"
            else:
                parts = _parts(before[key], after[key], *(names.get(key, set()) for names in called))
                if parts:
                    changed[key] = f"{after[key].name}: {'; '.join(parts)}"
        return cls(changed)

    def words(self) -> tuple[str, ...]:
        """Every difference in words."""
        return tuple(self.changed.values())

    def of_event(self, record: Record, event: Event) -> tuple[str, ...]:
        """Those that concern a participant or speaker of an event."""
        parties = [*event.actors, *event.recipients]
        if 0 <= event.attribution < len(record.coded.attributions):
            speaker = record.coded.attributions[event.attribution].speaker
            parties += [speaker] if speaker else []
        ids = dict.fromkeys(one.entity_id for one in parties)
        return tuple(self.changed[key] for key in ids if key in self.changed)


_Entity = State | Organisation | Person


def _by_id(entities: Entities) -> dict[str, _Entity]:
    everyone: list[_Entity] = [*entities.states, *entities.organisations, *entities.people]
    return {one.id: one for one in everyone}


def _names(entities: Entities) -> dict[str, set[str]]:
    """Everything that names an entity, by its id."""
    found: dict[str, set[str]] = {}
    for name in entities.names:
        for sense in entities.senses(name):
            found.setdefault(sense.target.id, set()).add(name)
    return found


def _parts(before: _Entity, after: _Entity, called: set[str], now_called: set[str]) -> list[str]:
    """In what two states of an entity differ, in words; nothing where they do not."""
    gone, new = called - now_called, now_called - called
    if isinstance(before, Person) and isinstance(after, Person):
        gone, new = gone | _terms(before) - _terms(after), new | _terms(after) - _terms(before)
    parts = [f"no longer {one}" for one in sorted(gone)] + [f"now {one}" for one in sorted(new)]
    return parts or (["is written otherwise"] if before != after else [])


def _terms(person: Person) -> set[str]:
    return {
        f"{term.office.title} ({term.office.country}) {term.first} to {term.until or 'today'}"
        for term in (*person.terms, *person.own)
    }
