"""What the entities hold of heads of state and of government, and how far that agrees with public lists.

    python evals/entity_coverage.py [--data DIR] [--day 2026-01-17]

Without --data: for every member of the United Nations its offices of both kinds, and the days since 2000 on which
nobody holds them (true vacancies, or gaps of ours); and what the first days of terms were checked against. With it,
`DIR/countries` has factbook.jsonl (who holds office when it was last published) and world-leaders-2021 (who held office
in 2021 and 2022, with years): names and years compared, and every handover that they tell asked for on the day before,
on and after.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal

from turnstone.knowledge.entities import Entities, Office, Person, State, Term, load_entities
from turnstone.knowledge.entity_files import PACKAGED, Faults
from turnstone.knowledge.entity_rows import read_rows

START = date(2000, 1, 1)
Kind = Literal["state", "government"]
_MONTH = "January February March April May June July August September October November December".split()


@dataclass(frozen=True)
class Listed:
    """One line of a public list: `first` and `last` are years, None where it has none."""

    country: str
    title: str
    name: str
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Handover:
    """Ids of an office, of who left and of who came, the first day without the one and the first of the other; nobody
    left where the office is new."""

    office: str
    before: str | None
    until: date | None
    after: str
    first: date


def members(entities: Entities) -> tuple[State, ...]:
    """The members of the United Nations."""
    rows, _ = read_rows([PACKAGED], (), Faults())
    listed = {placed.row.id for placed in rows.states.values() if placed.row.source == "UN member list"}
    return tuple(state for state in entities.states if state.id in listed)


def offices(entities: Entities, code: str, kind: Kind) -> tuple[Office, ...]:
    """The offices of one kind, by role or title; where none is a head of government, the head of state is one."""
    own = [office for office in entities.offices_of(code) if "PRE" not in office.sectors]
    found = [office for office in own if office.role == kind or f"head of {kind}" in office.titles]
    return tuple(found) if found or kind == "state" else offices(entities, code, "state")


def held(entities: Entities, wanted: Iterable[Office]) -> list[tuple[Term, Person]]:
    """Every term in one of the offices, by its first day."""
    ids = {office.id for office in wanted}
    terms = [(term, person) for person in entities.people for term in person.terms if term.office.id in ids]
    return sorted(terms, key=lambda pair: pair[0].first)


def holders(entities: Entities, code: str, kind: Kind, day: date) -> list[tuple[Term, Person]]:
    """Who holds an office of one kind on a day; with no head of government, the head of state is one."""
    terms = held(entities, offices(entities, code, kind))
    now = [pair for pair in terms if pair[0].first <= day and (pair[0].until is None or day < pair[0].until)]
    return now if now or kind == "state" else holders(entities, code, "state", day)


def gaps(terms: Iterable[tuple[Term, Person]], first: date, day: date) -> list[tuple[date, date]]:
    """The times from `first` to `day` in no term, half-open."""
    found, reached = [], first
    for term, _ in terms:
        if term.first > reached:
            found.append((reached, min(term.first, day)))
        reached = max(reached, term.until or day)
    if reached < day:
        found.append((reached, day))
    return [(one, other) for one, other in found if one < other]


def tokens(name: str) -> set[str]:
    """The parts of a name that tell it from others, in small letters without accents."""
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ø", "o")).encode("ascii", "ignore").decode()
    return {word for word in re.findall(r"[a-z]{3,}", re.sub(r"['`]", "", plain.lower()))}


def alike(name: str, person: Person) -> bool:
    """Whether a listed name can be the person's: a part in common, spelt alike."""
    ours = set().union(*(tokens(one) for one in (person.name, *person.also)))
    return any(
        one == other or (min(len(one), len(other)) > 3 and SequenceMatcher(None, one, other).ratio() >= 0.75)
        for one in tokens(name)
        for other in ours
    )


def factbook(path: Path) -> Iterator[tuple[str, Kind, str, date | None]]:
    """Country, kind, name and first day of each holder in the factbook."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        country = row["short_name"] if row["short_name"] not in ("none", "") else row["long_name"]
        kinds: tuple[tuple[str, Kind], ...] = (("chief of state", "state"), ("head of government", "government"))
        for field, kind in kinds:
            text = html.unescape(row["executive"].get(field, ""))
            name = re.split(r"\(since|;|, represented", text)[0].strip()
            since = re.search(r"\(since (\d{1,2}) (\w+) (\d{4})", text)
            known = since and since[2] in _MONTH
            day = date(int(since[3]), _MONTH.index(since[2]) + 1, int(since[1])) if since and known else None
            if name:
                yield html.unescape(country), kind, name, day


def world_leaders(folder: Path) -> list[Listed]:
    """The rows of both lists of 2021."""
    rows = []
    for name, title, holder in (
        ("wikidata.csv", "positionLabel", "officeholderLabel"),
        ("wikipedia.csv", "positionlabel", "officeholderlabel"),
    ):
        with (folder / name).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                years = [int(row[field]) if row[field].isdigit() else None for field in ("start_year", "end_year")]
                rows.append(Listed(row["country"], row[title], re.sub(r" \(.*\)", "", row[holder]), *years))
    return list(dict.fromkeys(rows))


def handovers(entities: Entities, identity: str, row: Listed, since: int) -> set[Handover]:
    """Our handovers to whom a row lists in its first year, and from them in its last, of years from `since` on. What
    they held beside, as a minister of others, is left out."""
    found = set()
    for term, person in terms_of(entities, identity, row.name):
        if term.office.role in ("foreign", "defence"):
            continue
        every = held(entities, (term.office,))
        at = every.index((term, person))
        if row.first == term.first.year >= since:
            before = every[at - 1] if at else None
            found.add(
                Handover(term.office.id, before and before[1].id, before and before[0].until, person.id, term.first)
            )
        if term.until is not None and row.last == term.until.year >= since and at + 1 < len(every):
            after, follower = every[at + 1]
            found.add(Handover(term.office.id, person.id, term.until, follower.id, after.first))
    return found


def code_of(entities: Entities, country: str, day: date) -> str:
    """The id of the state of that name, empty where there is none."""
    plain = re.sub(r"^The |^State of | \(.*\)", "", country)
    within = re.search(r"\((?:the )?(.*)\)", country)
    for name in (country, plain, *(within.groups() if within else ())):
        if pair := entities.state(name, day, "state"):
            return pair[0].id
    return ""


def terms_of(entities: Entities, identity: str, name: str) -> list[tuple[Term, Person]]:
    """The terms of people of that name in the offices of a state or of a breakaway part of one."""
    state = next((one for one in entities.states if one.id == identity), None)
    if state is None:
        return []
    own = [(term, person) for person in entities.people for term in person.terms if term.office.country == state.code]
    found = [(shared(name, person), term, person) for term, person in own if alike(name, person)]
    most = max((number for number, _, _ in found), default=0)
    return [(term, person) for number, term, person in found if number == most]


def shared(name: str, person: Person) -> int:
    """How many parts of a listed name are the person's."""
    return len(tokens(name) & set().union(*(tokens(one) for one in (person.name, *person.also))))


def report_gaps(entities: Entities, day: date) -> None:
    """Print states by offices, holders and gaps."""
    missing = open_days = 0
    for state in members(entities):
        kinds: tuple[Kind, ...] = ("state", "government")
        for kind in kinds:
            own = offices(entities, state.code, kind)
            if not own:
                missing += 1
                print(f"{state.id} {kind:10} NO OFFICE")
                continue
            terms = held(entities, own)
            empty = gaps(terms, max(START, state.since or START), day)
            open_days += sum((other - one).days for one, other in empty)
            shown = ", ".join(f"{one}..{other}" for one, other in empty)
            print(
                f"{state.id} {kind:10} {' '.join(office.id for office in own)}: {len(terms)} terms; {shown or 'no gap'}"
            )
    print(f"{missing} of {2 * len(members(entities))} offices missing; {open_days} days without a holder since 2000")


def report_sources() -> None:
    """Print what the first days of the terms in offices were checked against."""
    rows, _ = read_rows([PACKAGED], (), Faults())
    holders = [holder for placed in rows.offices.values() for holder in placed.row.holders]
    for source, number in Counter(holder.source or "no source" for holder in holders).most_common(8):
        print(f"sources: {number:5} of {len(holders)} terms: {source}")


def report_factbook(entities: Entities, path: Path, day: date) -> None:
    """Print where the factbook's holders are not ours, and the agreement."""
    listed = names = days = dated = 0
    states = {state.id for state in members(entities)}
    for country, kind, name, since in factbook(path):
        code = code_of(entities, country, day)
        if code not in states:
            continue
        listed += 1
        now = holders(entities, code, kind, day)
        same = [(term, person) for term, person in now if alike(name, person)]
        names += bool(same)
        if not same:
            print(f"factbook: {code} {kind} {name} ({since}): ours {', '.join(p.name for _, p in now) or 'nobody'}")
        elif since is not None:
            dated += 1
            exact = any(abs((term.first - since).days) <= 1 for term, _ in same)
            days += exact
            if not exact:
                print(f"factbook: {code} {kind} {name} since {since}: ours {', '.join(str(t.first) for t, _ in same)}")
    print(
        f"factbook: {names} of {listed} holders are ours; {days} of {dated} dated ones began within a day of its date"
    )


def report_leaders(entities: Entities, folder: Path) -> None:
    """Print where the lists of 2021 differ from ours, and the agreement."""
    names = starts = dated = 0
    rows = world_leaders(folder)
    for row in rows:
        terms = terms_of(entities, code_of(entities, row.country, date(2021, 6, 1)), row.name)
        terms = [(t, p) for t, p in terms if t.first.year <= 2022 and (t.until is None or t.until.year >= 2020)]
        names += bool(terms)
        if not terms:
            print(f"leaders: {row.country}, {row.title}: no {row.name} ({row.first}-{row.last or ''})")
        elif row.first is not None:
            dated += 1
            same = any(term.first.year == row.first for term, _ in terms)
            starts += same
            if not same:
                ours = ", ".join(str(term.first) for term, _ in terms)
                print(f"leaders: {row.country}, {row.title}: {row.name} {row.first}, ours {ours}")
    print(f"leaders: {names} of {len(rows)} holders are ours; {starts} of {dated} dated ones began in that year")


def report_handovers(entities: Entities, folder: Path, since: int = 2000) -> None:
    """Print how many of the listed first and last years are handovers of ours, and which of these resolve to the right
    holder: on the last day of who left, on the first day of who came and on the day after it."""
    sides = covered = 0
    found: set[Handover] = set()
    for row in world_leaders(folder):
        identity = code_of(entities, row.country, date(2021, 6, 1))
        for side in (Listed(row.country, row.title, row.name, row.first, None),
                     Listed(row.country, row.title, row.name, None, row.last)):  # fmt: skip
            if max(side.first or 0, side.last or 0) < since:
                continue
            sides += 1
            ours = handovers(entities, identity, side, since)
            covered += bool(ours)
            found |= ours
            if not ours:
                years = f"{side.first or ''}-{side.last or ''}"
                print(f"handovers: {side.country}, {side.title}: {side.name} {years} not ours")
    wrong = [one for one in found if not resolves(entities, one)]
    for one in sorted(wrong, key=str):
        print(f"handovers: {one} resolves to others")
    print(
        f"handovers: {covered} of {sides} listed beginnings and ends since {since} are ours, {len(found)} handovers; "
        f"{len(found) - len(wrong)} of them right on the day before, on and after"
    )


def resolves(entities: Entities, one: Handover) -> bool:
    """Whether the office is held by who left until they leave, and by who came from their first day on."""

    def holder(day: date) -> str | None:
        person = entities.holder(one.office, day)
        return None if person is None else person.id

    eve = one.first - timedelta(1)
    gap = one.until is None or one.until < one.first  # nobody held it on the eve
    last = one.until is None or holder(one.until - timedelta(1)) == one.before
    came = {holder(one.first), holder(one.first + timedelta(1))}
    single = any(  # who came for one day is not asked for on the next
        term.first == one.first and term.until == one.first + timedelta(1) and person.id == one.after
        for person in entities.people
        for term in person.terms
        if term.office.id == one.office
    )
    return (
        last
        and (holder(eve) == (None if gap else one.before))
        and (one.after in came if single else came == {one.after})
    )


def main() -> None:
    """Print the reports."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder that has countries/")
    parser.add_argument("--day", type=date.fromisoformat, default=date(2026, 1, 17), help="up to which day")
    options = parser.parse_args()
    entities = load_entities()
    report_gaps(entities, options.day)
    report_sources()
    if options.data is not None:
        countries = options.data / "countries"
        report_factbook(entities, countries / "factbook.jsonl", options.day)
        report_leaders(entities, countries / "world-leaders-2021")
        report_handovers(entities, countries / "world-leaders-2021")


if __name__ == "__main__":
    main()
