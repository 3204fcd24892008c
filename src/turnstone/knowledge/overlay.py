"""Rows of entities from several sources, laid over each other: the packaged data, then files that people bring."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from turnstone.knowledge.entity_files import (
    EntityFile,
    Faults,
    Placed,
    check_codes,
    check_terms,
    checked,
    identity_of,
    named,
    parse_yaml,
    slug,
)
from turnstone.knowledge.entity_schema import (
    AgentRow,
    HolderRow,
    OfficeAddition,
    OfficeRow,
    OrganisationAddition,
    OrganisationRow,
    PersonAddition,
    PersonRow,
    StateAddition,
    StateRow,
)
from turnstone.knowledge.yaml_lines import Place


@dataclass
class Rows:
    """All rows by what identifies them, later sources in the place of earlier ones."""

    states: dict[str, Placed[StateRow]] = field(default_factory=dict)
    organisations: dict[str, Placed[OrganisationRow]] = field(default_factory=dict)
    agents: dict[str, Placed[AgentRow]] = field(default_factory=dict)
    offices: dict[str, Placed[OfficeRow]] = field(default_factory=dict)
    people: dict[str, Placed[PersonRow]] = field(default_factory=dict)

    def check(self, faults: Faults) -> None:
        """Everything that one row alone cannot show: country codes, and terms of one office."""
        codes = frozenset(placed.row.code for placed in self.states.values())
        for placed in self.organisations.values():
            check_codes(placed, codes, faults)
        for person in self.people.values():
            check_codes(person, codes, faults)
        for office in self.offices.values():
            check_codes(office, codes, faults)
            check_terms(office, faults)


def lay_over(rows: Rows, file: EntityFile, faults: Faults) -> None:
    """Add a file with rows of any kind. A row takes the place of the one with the same id, office, noun or person;
    with `add: true` its names, titles, holders and terms are added to that one."""
    seen: set[tuple[str, str]] = set()
    for number, value in enumerate(parse_yaml(file, faults)):
        key = next((key for key in ("id", "office", "noun", "person") if isinstance(value, dict) and key in value), "")
        if not key:
            remedy = "begin it with id (state or organisation), office, person or noun"
            faults.tell(file, (number,), f"a row that does not say what it is; {remedy}")
            continue
        identity = identity_of(key, value[key])
        if (key, identity) in seen:
            faults.tell(file, (number,), f"{named(value)} stands twice; keep one of the two")
            continue
        seen.add((key, identity))
        if "add" in value:
            _add(rows, file, number, key, value, faults)
        elif key == "office":
            _put(rows.offices, "office", checked(OfficeRow, file, number, value, faults))
        elif key == "noun":
            _put(rows.agents, "noun", checked(AgentRow, file, number, value, faults))
        elif key == "person":
            _put(rows.people, "person", checked(PersonRow, file, number, value, faults))
        else:
            _put_by_id(rows, file, number, value, faults)


def _put(known: dict[str, Any], key: str, placed: Placed[Any] | None) -> None:
    if placed is not None:
        known[identity_of(key, getattr(placed.row, key))] = placed


def _put_by_id(rows: Rows, file: EntityFile, number: int, value: dict[str, Any], faults: Faults) -> None:
    """A state has a code, an organisation none; neither may take the other's id."""
    identity = str(value["id"])
    if "code" in value:
        if identity in rows.organisations:
            faults.tell(file, (number, "id"), f"{identity!r} is an organisation's id; give the state another")
        else:
            _put(rows.states, "id", checked(StateRow, file, number, value, faults))
    elif identity in rows.states:
        message = f"{identity!r} is a state's id; add `code` to replace the state, or give the organisation another id"
        faults.tell(file, (number, "id"), message)
    else:
        _put(rows.organisations, "id", checked(OrganisationRow, file, number, value, faults))


def _add(rows: Rows, file: EntityFile, number: int, key: str, value: dict[str, Any], faults: Faults) -> None:
    identity = identity_of(key, value[key])
    if key == "id" and identity in rows.states:
        states = checked(StateAddition, file, number, value, faults)
        if states is not None:
            lists = ("names", "adjectives", "people", "capital", "seats")
            rows.states[identity] = _longer(rows.states[identity], states.row, lists)
    elif key == "id" and identity in rows.organisations:
        more = checked(OrganisationAddition, file, number, value, faults)
        if more is not None:
            rows.organisations[identity] = _longer(rows.organisations[identity], more.row, ("names",))
    elif key == "office" and identity in rows.offices:
        office = checked(OfficeAddition, file, number, value, faults)
        if office is not None:
            rows.offices[identity] = _with_holders(_longer(rows.offices[identity], office.row, ("titles",)), office)
    elif key == "person" and (identity in rows.people or _holds(rows, identity)):
        person = checked(PersonAddition, file, number, value, faults)
        if person is not None:
            rows.people[identity] = _more_of(rows.people.get(identity), person)
    elif key in ("id", "office", "person"):
        message = (
            f"nothing has the {key} {str(value[key])!r} to add to; mend it, or leave `add` out and give the whole row"
        )
        faults.tell(file, (number, key), message)
    else:
        message = f"{named(value)}: `add` is for states, organisations, offices and people; leave it out"
        faults.tell(file, (number, "add"), message)


def _holds(rows: Rows, identity: str) -> bool:
    """Whether somebody has held an office."""
    return any(slug(holder.name) == identity for placed in rows.offices.values() for holder in placed.row.holders)


def _more_of(known: Placed[PersonRow] | None, more: Placed[PersonAddition]) -> Placed[PersonRow]:
    """Somebody with more names and terms; the added terms go before those known."""
    row, before = more.row, known.row if known is not None else PersonRow(person=more.row.person)
    update = {
        "also": tuple(dict.fromkeys((*before.also, *row.also))),
        "terms": (*row.terms, *before.terms),
        "otherwise": row.otherwise or before.otherwise,
    }
    return Placed(before.model_copy(update=update), more.file, more.number)


def _longer(known: Placed[Any], more: Any, lists: tuple[str, ...]) -> Placed[Any]:
    update = {name: tuple(dict.fromkeys((*getattr(known.row, name), *getattr(more, name)))) for name in lists}
    return Placed(known.row.model_copy(update=update), known.file, known.number, known.holders)


def _with_holders(known: Placed[OfficeRow], more: Placed[OfficeAddition]) -> Placed[OfficeRow]:
    """The office with more holders. Who was in office without an end leaves when the first of them begins."""
    holders: list[HolderRow] = []
    places: list[tuple[EntityFile, Place]] = []
    for index, holder in enumerate(known.row.holders):
        if holder.to is None:
            later = [one.from_ for one in more.row.holders if one.from_ > holder.from_]
            holder = holder.model_copy(update={"to": min(later)}) if later else holder
        holders.append(holder)
        places.append(known.holder(index))
    for index, holder in enumerate(more.row.holders):
        holders.append(holder)
        places.append((more.file, (more.number, "holders", index)))
    row = known.row.model_copy(update={"holders": tuple(holders)})
    return Placed(row, known.file, known.number, tuple(places))
