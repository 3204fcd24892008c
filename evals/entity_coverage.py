"""What the entities hold of heads of state and of government, and how far that agrees with public lists.

    python evals/entity_coverage.py [--data DIR] [--day 2026-01-17]

Without --data: for every member of the United Nations its offices of both kinds, and the days since 2000 on which
nobody holds them (true vacancies, or gaps of ours). With it, `DIR/countries` has factbook.jsonl (who holds office when
it was last published) and world-leaders-2021 (who held office in 2021 and 2022, with years): names and years compared,
and every handover asked for on the day before, on and after.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from itertools import permutations
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


def handovers(rows: list[Listed]) -> list[tuple[Listed, Listed]]:
    """Pairs of those who left and followed in the same post and year, with nobody else who came and left between."""
    posts: dict[tuple[str, str], list[Listed]] = {}
    for row in rows:
        posts.setdefault((row.country, row.title), []).append(row)
    found = []
    for post in posts.values():
        for before, after in permutations(post, 2):
            between = [row for row in post if row.last == before.last and row.first in (None, row.last)]
            near = after in between or before in between or not between
            if before.last is not None and before.last == after.first and not same(before.name, after.name) and near:
                found.append((before, after))
    return found


def same(one: str, other: str) -> bool:
    """Whether two names are spellings of one."""
    return SequenceMatcher(None, one, other).ratio() > 0.7


def code_of(entities: Entities, country: str, day: date) -> str:
    """The id of the state of that name, empty where there is none."""
    plain = re.sub(r"^The |^State of | \(.*\)", "", country)
    pair = entities.state(country, day, "state") or entities.state(plain, day, "state")
    return pair[0].id if pair else ""


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


def report_handovers(entities: Entities, folder: Path) -> None:
    """Print which handovers resolve to the right holder: on the last day of who left, on the first day of who came
    and on the day after it; an office that stood empty between has nobody on the days between."""
    covered = right = 0
    pairs = handovers(world_leaders(folder))
    for before, after in pairs:
        identity = code_of(entities, before.country, date(2021, 6, 1))
        shown = f"handover: {before.country}, {before.title}: {before.name} to {after.name} {after.first}"
        left = {t.office.id: t for t, _ in terms_of(entities, identity, before.name) if year(t.until) == before.last}
        came = {t.office.id: t for t, _ in terms_of(entities, identity, after.name) if t.first.year == after.first}
        offices_of_both = [
            office for office in left.keys() & came.keys() if (left[office].until or date.max) <= came[office].first
        ]
        if not offices_of_both:
            print(f"{shown}: not in ours")
            continue
        covered += 1
        wrong = [
            str(day) for office in offices_of_both for day, name in (
                ((left[office].until or date.max) - timedelta(1), before.name),
                (came[office].first, after.name),
                (came[office].first + timedelta(1), after.name),
            )
            if (person := entities.holder(office, day)) is None or not alike(name, person)
        ]  # fmt: skip
        right += not wrong
        if wrong:
            print(f"{shown}: wrong holder on {', '.join(wrong)}")
    print(f"handovers: {covered} of {len(pairs)} covered; {right} of them right on the day before, on and after")


def year(day: date | None) -> int | None:
    """The year of a day, if there is one."""
    return day.year if day is not None else None


def main() -> None:
    """Print the reports."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder that has countries/")
    parser.add_argument("--day", type=date.fromisoformat, default=date(2026, 1, 17), help="up to which day")
    options = parser.parse_args()
    entities = load_entities()
    report_gaps(entities, options.day)
    if options.data is not None:
        countries = options.data / "countries"
        report_factbook(entities, countries / "factbook.jsonl", options.day)
        report_leaders(entities, countries / "world-leaders-2021")
        report_handovers(entities, countries / "world-leaders-2021")


if __name__ == "__main__":
    main()
