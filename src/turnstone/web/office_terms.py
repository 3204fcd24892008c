"""Offices with their holders in the order of days, the days between them of which nobody is known, and the sources."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from pydantic import BaseModel

from turnstone.knowledge.digests import files_of
from turnstone.knowledge.entity_files import PACKAGED, EntityFile, Faults, parse_yaml
from turnstone.web.merged_names import known

_DATED = dt.date(1900, 1, 1)


class HeldTerm(BaseModel):
    """Somebody's days in an office: `first` is the first, `until` the first day after, null while it lasts."""

    name: str
    person: str
    first: dt.date
    until: dt.date | None
    approximate: bool
    source: str


class Gap(BaseModel):
    """Days of which no holder is known: from `first` until before `until`."""

    first: dt.date
    until: dt.date


class OfficeLine(BaseModel):
    """An office and who held it, the first first."""

    id: str
    title: str
    role: str
    sectors: list[str]
    terms: list[HeldTerm]
    gaps: list[Gap]


def offices_of(country: str, today: dt.date) -> list[OfficeLine]:
    """The offices of a state or body by its code, heads of state and government first."""
    order = ("state", "government", "foreign", "defence", "other")
    held = _held()
    sources = _sources(country)
    found = []
    for office in sorted(known().offices_of(country), key=lambda one: (order.index(one.role), one.title)):
        terms = [
            HeldTerm(
                name=name, person=person, first=max(first, _DATED), until=until, approximate=approximate,
                source=sources.get((office.id, name, first), ""),
            )
            for name, person, first, until, approximate in held.get(office.id, ())
        ]  # fmt: skip
        found.append(
            OfficeLine(
                id=office.id, title=office.title, role=office.role, sectors=list(office.sectors), terms=terms,
                gaps=gaps(terms, today),
            )
        )  # fmt: skip
    return found


def gaps(terms: list[HeldTerm], today: dt.date) -> list[Gap]:
    """The days between terms, in the order of their first days, that nobody holds; also those after the last."""
    found: list[Gap] = []
    end: dt.date | None = None
    for term in terms:
        if end is not None and term.first > end:
            found.append(Gap(first=end, until=term.first))
        until = term.until or dt.date.max
        end = until if end is None else max(end, until)
    if end is not None and end <= today:
        found.append(Gap(first=end, until=today))
    return found


@cache
def _held() -> dict[str, list[tuple[str, str, dt.date, dt.date | None, bool]]]:
    found: dict[str, list[tuple[str, str, dt.date, dt.date | None, bool]]] = {}
    for person in known().people:
        for term in person.terms:
            row = (person.name, person.id, term.first, term.until, term.approximate)
            found.setdefault(term.office.id, []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (row[2], row[3] or dt.date.max, row[0]))
    return found


def _sources(country: str) -> dict[tuple[str, str, dt.date], str]:
    """What a term's first day was checked against, by office, holder and that day."""
    found = {}
    for name, content in files_of(PACKAGED).items():
        if name.startswith("offices/"):
            for office in _office_rows(name, content, country):
                for holder in office.get("holders") or ():
                    found[office["office"], holder["name"], holder["from"]] = str(holder.get("source") or "")
    return found


def _office_rows(name: str, content: bytes, country: str) -> list[dict[str, Any]]:
    """The offices of a country in a file, of which only their lines are parsed: a whole file takes a second."""
    line = f"\n  country: {country}\n".encode()
    parts = [part for part in content.split(b"\n- ") if line in part]
    rows = parse_yaml(EntityFile(name, b"".join(b"- " + part + b"\n" for part in parts)), Faults()) if parts else []
    return [row for row in rows if isinstance(row, dict) and row.get("country") == country]
