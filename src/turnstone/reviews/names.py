"""Corrected names as a file of entities, so that they hold in later codings: `turnstone code --entities FILE`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from turnstone.knowledge.entities import Entities
from turnstone.knowledge.entity_files import PACKAGED, EntityFile, Faults, read_files, slug
from turnstone.knowledge.entity_records import SPECIAL_CODES, Organisation, Person, State
from turnstone.knowledge.entity_rows import read_rows
from turnstone.reviews.standing import Standing
from turnstone.reviews.verdicts import Review, Who

_PRONOUNS: Final = frozenset("i we you he she it they who nobody anyone everybody everyone others".split())
_FLOW: Final[dict[str, Any]] = {"allow_unicode": True, "default_flow_style": True, "sort_keys": False, "width": 1_000}


@dataclass(frozen=True, slots=True)
class Names:
    """Rows of entities made from corrections; `remarks` say which corrections no row can carry, and why."""

    rows: tuple[dict[str, Any], ...]
    remarks: tuple[str, ...]

    @property
    def yaml(self) -> str:
        """The rows as a file of entities."""
        head = "# Names that reviewers corrected, made by `turnstone reviews entities`. `source` says who and when.\n"
        return head + ("".join("- " + yaml.dump(row, **_FLOW) for row in self.rows) or "[]\n")

    def check(self, *files: str | Path | EntityFile) -> None:
        """Raises KnowledgeError where the file would be refused, laid over the packaged data and other files: a fault
        of turnstone."""
        read_rows([PACKAGED], [*read_files(files), EntityFile("the corrected names", self.yaml.encode())], Faults())


@dataclass(frozen=True, slots=True)
class _Correction:
    words: str
    who: Who
    review: Review

    @property
    def target(self) -> str:
        return self.who.entity_id or slug(self.who.name)

    @property
    def source(self) -> str:
        return f"reviewed by {self.review.reviewer}, {self.review.at.date()}"


def corrected_names(standing: Standing, entities: Entities) -> Names:
    """The names that reviewers said to remember and that hold now. `entities` are those that coding takes beside this
    file. What the words mean already is left out; where they mean something else in the data, a row cannot change it,
    and a remark says so: a name that means two things is resolved to neither."""
    remarks: list[str] = []
    latest: dict[str, _Correction] = {}
    for one in sorted(_corrections(standing, entities), key=lambda one: (one.review.at, one.review.id)):
        before = latest.get(one.words)
        if one.words and before is not None and before.target != one.target:
            remarks.append(
                f"{one.words!r} is {before.who.name!r} by {before.review.reviewer} and {one.who.name!r} by "
                f"{one.review.reviewer}; the later holds"
            )
        latest[one.words or one.review.id + one.who.text] = one
    rows: dict[str, dict[str, Any]] = {}
    for one in latest.values():
        if remark := _take(one, entities, rows):
            remarks.append(f"{one.words or one.who.text!r} as {one.who.name!r}: {remark}")
    return Names(tuple(rows.values()), tuple(dict.fromkeys(remarks)))


def _corrections(standing: Standing, entities: Entities) -> Iterator[_Correction]:
    for judged in standing.judged:
        if judged.final is None:
            continue
        final = judged.final
        for who in (*final.actors, *final.recipients, *((final.speaker,) if final.speaker else ())):
            if who.remember and who.name.strip():
                before = [one.name for one in _coded_at(judged.by, who)]
                named = (plain for plain in map(_plain, (who.text, *before)) if _is_name(plain, entities))
                yield _Correction(next(named, ""), who, judged.by)


def _coded_at(review: Review, who: Who) -> list[Who]:
    """Whom the same words were taken for: "he" for somebody who has a name."""
    seen = review.saw
    if seen is None or who.start is None:
        return []
    return [one for one in (*seen.actors, *seen.recipients) if (one.start, one.end) == (who.start, who.end)]


def _plain(words: str) -> str:
    return " ".join(words.split()).removeprefix("the ").removeprefix("The ")


def _is_name(words: str, entities: Entities) -> bool:
    """Whether words name somebody ("Guards of Zenda") rather than describe ("The rebels", "they")."""
    if not words or words.lower() in entities.nouns or words.lower() in _PRONOUNS:
        return False
    return words[0].isupper() and all(len(word) <= 3 or not word[0].islower() for word in words.split())


def _take(one: _Correction, entities: Entities, rows: dict[str, dict[str, Any]]) -> str:
    """Adds to the rows; gives why it cannot."""
    who = one.who
    if not one.words:
        return f"{who.text or who.name!r} describes and does not name; what it stands for depends on the report"
    known = _known(who, entities)
    others = {sense.target.id for sense in entities.senses(one.words)} - ({known.id} if known else set())
    if others:
        return f"the data has these words for {', '.join(sorted(others))}; mend that row in a file of entities"
    if known is not None:
        if any(sense.target.id == known.id for sense in entities.senses(one.words)):
            return _unlike(known, who)
        identity = {"person": known.name} if isinstance(known, Person) else {"id": known.id}
        key = "also" if isinstance(known, Person) else "names"
        row = rows.setdefault(f"{key} {known.id}", {**identity, "add": True, key: [], "source": one.source})
        _add(row, key, one.words)
        return _unlike(known, who)
    if who.country and who.country not in {state.code for state in entities.states} | SPECIAL_CODES:
        return f"no state has the code {who.country!r}"
    if who.kind == "person":
        standing = {name: value for name, value in (("country", who.country), ("sectors", list(who.sectors))) if value}
        row = rows.setdefault(f"person {slug(who.name)}", {"person": who.name, "also": []})
        row |= ({"otherwise": standing} if standing else {}) | {"source": one.source}
        _add(row, "also", one.words)
        return ""
    if who.kind == "organisation":
        identity_ = _free(slug(who.name), entities)
        row = rows.setdefault(f"id {identity_}", {"id": identity_, "name": who.name, "names": []})
        row |= {"country": who.country} if who.country else {}
        row |= {"sectors": list(who.sectors)} if who.sectors else {}
        row["source"] = one.source
        _add(row, "names", one.words)
        return ""
    return "the data has no such name; say whether it is a person or an organisation"


def _known(who: Who, entities: Entities) -> State | Organisation | Person | None:
    """The entity that is meant: by its id, else by its full name where that means one thing only."""
    if who.entity_id:
        return _by_id(entities).get(who.entity_id)
    targets = {sense.target.id: sense.target for sense in entities.senses(who.name) if sense.kind != "surname"}
    return next(iter(targets.values())) if len(targets) == 1 else None


def _unlike(known: State | Organisation | Person, who: Who) -> str:
    country = known.code if isinstance(known, State) else known.country if isinstance(known, Organisation) else ""
    if country and who.country and country != who.country:
        return f"the data has {known.name!r} in {country}, not {who.country}; mend that row in a file of entities"
    return ""


def _by_id(entities: Entities) -> dict[str, State | Organisation | Person]:
    found: dict[str, State | Organisation | Person] = {one.id: one for one in entities.people}
    return found | {one.id: one for one in entities.organisations} | {one.id: one for one in entities.states}


def _free(identity: str, entities: Entities) -> str:
    return f"{identity}-reviewed" if identity in _by_id(entities) else identity


def _add(row: dict[str, Any], key: str, words: str) -> None:
    if words not in (row.get("name"), row.get("person"), *row[key]):
        row[key].append(words)
