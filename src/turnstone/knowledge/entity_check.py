"""What the data holds, how far it reaches, and what is doubtful in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from turnstone.errors import KnowledgeError
from turnstone.knowledge.entities import Entities, Organisation, Person, Role, Sense, State, load_entities
from turnstone.knowledge.entity_files import PACKAGED, EntityFile, Faults, Placed
from turnstone.knowledge.entity_rows import read_rows
from turnstone.knowledge.entity_schema import OfficeRow
from turnstone.knowledge.overlay import Rows
from turnstone.knowledge.yaml_lines import line_of

ROLES: tuple[Role, ...] = ("state", "government", "foreign", "defence")
_FIRST_YEAR, _STEP = 2000, 5


@dataclass(frozen=True, slots=True)
class Checked:
    """`faults` are why a file is refused; `gaps` days on which an office has no holder between two; `ambiguous` names
    that mean several things on one day. `counts` say how much there is; `coverage` how many states have a holder of an
    office in the middle of a year, by role."""

    faults: tuple[str, ...]
    gaps: tuple[str, ...]
    ambiguous: tuple[str, ...]
    counts: dict[str, int]
    organisations: dict[str, int]
    coverage: dict[int, dict[Role, int]]


def check(files: Sequence[EntityFile], today: date) -> Checked:
    """The packaged data, or files laid over it: then gaps and ambiguous names are those that the files bring."""
    faults = Faults(collected=True)
    rows, _ = read_rows([PACKAGED], files, faults)
    if faults.found:
        return Checked(tuple(faults.found), (), (), {}, {}, {})
    try:
        entities = load_entities(*files)
    except KnowledgeError as error:
        return Checked((str(error),), (), (), {}, {}, {})
    gaps, ambiguous = _gaps(rows), _ambiguous(entities)
    if files:
        before, _ = read_rows([PACKAGED], (), Faults())
        known = set(_gaps(before)) | set(_ambiguous(load_entities()))
        gaps, ambiguous = ([one for one in found if one not in known] for found in (gaps, ambiguous))
    return Checked(
        (), tuple(gaps), tuple(ambiguous), _counts(entities), _kinds(entities), _coverage(entities, today)
    )  # fmt: skip


def _gaps(rows: Rows) -> list[str]:
    found = []
    for office in rows.offices.values():
        terms = sorted(enumerate(office.row.holders), key=lambda pair: pair[1].from_)
        for (_, before), (index, after) in pairwise(terms):
            if before.to is not None and before.to < after.from_:
                days = (after.from_ - before.to).days
                where = _where(office, index)
                found.append(
                    f"{where}: {office.row.office}: nobody for {days} day{'' if days == 1 else 's'} from {before.to}, "
                    f"between {before.name} and {after.name}"
                )
    return found


def _where(placed: Placed[OfficeRow], holder: int) -> str:
    file, place = placed.holder(holder)
    return f"{file.path}:{line_of(file.content, place)}"


def _ambiguous(entities: Entities) -> list[str]:
    found = []
    for name in entities.names:
        meant: dict[str, Sense] = {}
        for sense in entities.senses(name):
            if sense.kind != "surname":
                meant.setdefault(sense.target.id, sense)
        clashing = [
            one for one in meant.values() if any(one is not other and _clash(one, other) for other in meant.values())
        ]
        if clashing:
            things = ", ".join(f"{one.kind} {one.target.name} ({one.target.id})" for one in clashing)
            found.append(f"{name}: {things}")
    return found


def _clash(one: Sense, other: Sense) -> bool:
    """Whether a name means both on some day. A state's own name goes before a capital of that name, and of people of
    different countries the text and the day tell who is meant."""
    if {one.kind, other.kind} == {"state", "capital"}:
        return False
    if isinstance(one.target, Person) and isinstance(other.target, Person):
        return not _countries(one.target).isdisjoint(_countries(other.target))
    first, second = _span(one), _span(other)
    return first[0] < second[1] and second[0] < first[1]


def _countries(person: Person) -> set[str]:
    countries = {term.office.country for term in (*person.terms, *person.own)}
    return countries | ({person.otherwise.country} if person.otherwise is not None else set())


def _span(sense: Sense) -> tuple[date, date]:
    target = sense.target
    if isinstance(target, State | Organisation):
        return target.since or date.min, target.until or date.max
    return date.min, date.max


def _counts(entities: Entities) -> dict[str, int]:
    surnames = Counter(name for name in entities.names if len(entities.named(name, "surname")) > 1)
    return {
        "states": len(entities.states),
        "organisations": len(entities.organisations),
        "offices": len(entities.offices),
        "terms": sum(len(person.terms) for person in entities.people),
        "people": len(entities.people),
        "agents": len(entities.agents),
        "names": len(entities.names),
        "surnames of several people": len(surnames),
    }


def _kinds(entities: Entities) -> dict[str, int]:
    return dict(sorted(Counter(one.kind or "other" for one in entities.organisations).items()))


def _coverage(entities: Entities, today: date) -> dict[int, dict[Role, int]]:
    years: Iterable[int] = sorted({*range(_FIRST_YEAR, today.year + 1, _STEP), today.year})
    return {year: _held(entities, min(date(year, 7, 1), today)) for year in years}


def _held(entities: Entities, day: date) -> dict[Role, int]:
    """How many states have somebody in an office of a role on a day."""
    codes = {state.code for state in entities.states}
    held: dict[Role, set[str]] = {role: set() for role in ROLES}
    for office in entities.offices:
        if office.role in held and office.country in codes and entities.holder(office.id, day) is not None:
            held[office.role].add(office.country)
    return {role: len(found) for role, found in held.items()}
