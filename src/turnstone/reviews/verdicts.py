"""What a person says of an event: one line of the file of reviews, checked at the door.

`start` and `end` are half-open offsets into the article's text; days are inclusive.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from turnstone.errors import StoreError
from turnstone.knowledge.codebook import Codebook
from turnstone.knowledge.entity_files import slug
from turnstone.knowledge.entity_schema import SECTORS
from turnstone.records import Resolution, Status

SCHEMA: Final = "turnstone-reviews/1"
"""Names the form of a line. The number rises when a key goes or changes its meaning."""

ABOUT_AN_EVENT: Final = ("accept", "reject", "correct", "missing", "skip")
FIELDS: Final = ("event_type", "modes", "status", "actors", "recipients", "days", "place", "speaker")
"""What reviewers can agree or differ on, beside whether there is an event at all."""

Verdict = Literal["accept", "reject", "correct", "missing", "skip", "complete", "undo"]
QueueName = Literal["random", "uncertain", "disagreement", "none"]


def _sector(value: str) -> str:
    if value not in SECTORS:
        raise ValueError(f"{value!r} is no sector; use {' '.join(sorted(SECTORS))}")
    return value


Short = Annotated[str, StringConstraints(max_length=300)]
Country = Annotated[str, StringConstraints(pattern="^([A-Z]{3})?$")]
Sector = Annotated[str, AfterValidator(_sector)]
Offset = Annotated[int, Field(ge=0)]
Reviewer = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class _Worded(_Part):
    """Something with words of the text, or with none (`start` and `end` null)."""

    start: Offset | None = None
    end: Offset | None = None
    text: Short = ""

    @model_validator(mode="after")
    def _placed(self) -> Self:
        if (self.start is None) != (self.end is None):
            raise ValueError("start and end go together; give both or neither")
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ValueError(f"the words end at {self.end}, not after {self.start}")
        return self


class Trigger(_Part):
    """The word that tells of the event."""

    start: Offset
    end: Offset
    text: Short = ""

    @model_validator(mode="after")
    def _placed(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"the words end at {self.end}, not after {self.start}")
        return self


class Who(_Worded):
    """An actor, a recipient or a speaker. `remember`: what these words stand for holds for other reports too; `kind`
    says then what a name that the data lacks is."""

    name: Short
    entity_id: Short = ""
    country: Country = ""
    sectors: Annotated[tuple[Sector, ...], Field(max_length=10)] = ()
    remember: bool = False
    kind: Literal["person", "organisation", ""] = ""


class Where(_Worded):
    """A place, as the record has it."""

    name: Short
    country: Country = ""
    geonames_id: int | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    resolution: Resolution = ""


Parties = Annotated[tuple[Who, ...], Field(max_length=50)]
Modes = Annotated[tuple[Short, ...], Field(max_length=10)]


class Values(_Part):
    """An event as the reviewer saw it, or as it is after the review."""

    event_type: Short
    modes: Modes = ()
    status: Status
    actors: Parties = ()
    recipients: Parties = ()
    first_day: dt.date
    last_day: dt.date
    place: Where | None = None
    speaker: Who | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last_day < self.first_day:
            raise ValueError(f"last_day {self.last_day} is before first_day {self.first_day}")
        return self

    def label(self, field: str) -> str:
        """The value of one of FIELDS as a label: equal where two reviewers mean the same."""
        if field == "modes":
            return " ".join(sorted(self.modes))
        if field in ("actors", "recipients"):
            return "; ".join(sorted(_meant(one) for one in getattr(self, field)))
        if field == "days":
            return f"{self.first_day} {self.last_day}"
        if field == "place":
            return "" if self.place is None else str(self.place.geonames_id or self.place.name)
        if field == "speaker":
            return "" if self.speaker is None else _plain(self.speaker.name)
        return str(getattr(self, field))


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return slug(name)


def _meant(who: Who) -> str:
    return " ".join((_plain(who.name), who.country, *who.sectors))


class Changes(_Part):
    """What a reviewer says in the place of what was coded; fields that are not given stay. `place` and `speaker` may
    be given as null: there is none."""

    event_type: Short | None = None
    modes: Modes | None = None
    status: Status | None = None
    actors: Parties | None = None
    recipients: Parties | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    place: Where | None = None
    speaker: Who | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("nothing is changed; accept the event, or give a field")
        for name in self.model_fields_set - {"place", "speaker"}:
            if getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null; leave it out where it stays")
        return self

    def over(self, saw: Values | None) -> Values:
        """The event with these changes. Modes belong to a type, so those of another type go with it. Raises ValueError
        where something is missing or days are out of order."""
        known = {} if saw is None else {name: getattr(saw, name) for name in Values.model_fields}
        given = {name: getattr(self, name) for name in self.model_fields_set}
        if saw is not None and given.get("event_type", saw.event_type) != saw.event_type:
            known["modes"] = ()
        return Values.model_validate(known | given)


class Queue(_Part):
    """Where a reviewer met the event; the seed is that of the random draw."""

    name: QueueName
    seed: int = 0


def _utc(value: dt.datetime) -> dt.datetime:
    if value.tzinfo is None:
        raise ValueError("a time without a zone; end it with Z for UTC")
    return value.astimezone(dt.UTC)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


class Review(_Part):
    """One line. `event` is the id that the event had then; `sha256` (of the article's text), `trigger` and `saw` find
    it again after a new coding. `adjudicates`: this settles what reviewers differ on. `undoes` is the id of an earlier
    line of the same reviewer, which no longer holds; an undo can be undone."""

    schema_: Annotated[Literal["turnstone-reviews/1"], Field(alias="schema")] = SCHEMA
    id: Annotated[str, StringConstraints(pattern="^[0-9a-f]{16}$")] = Field(
        default_factory=lambda: secrets.token_hex(8)
    )
    at: Annotated[dt.datetime, AfterValidator(_utc)] = Field(default_factory=_now)
    reviewer: Reviewer
    verdict: Verdict
    article: Annotated[str, StringConstraints(max_length=1000)] = ""
    event: Short = ""
    sha256: Annotated[str, StringConstraints(pattern="^([0-9a-f]{64})?$")] = ""
    trigger: Trigger | None = None
    saw: Values | None = None
    changes: Changes | None = None
    queue: Queue = Queue(name="none")
    adjudicates: bool = False
    undoes: Annotated[str, StringConstraints(pattern="^([0-9a-f]{16})?$")] = ""
    note: Annotated[str, StringConstraints(max_length=4000)] = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        wanted = {
            "article": self.verdict != "undo",
            "sha256": self.verdict != "undo",
            "undoes": self.verdict == "undo",
            "trigger": self.verdict in ABOUT_AN_EVENT,
            "saw": self.verdict in ("accept", "reject", "correct", "skip"),
            "changes": self.verdict in ("correct", "missing"),
        }
        for name, needed in wanted.items():
            if needed and not getattr(self, name):
                raise ValueError(f"{self.verdict} needs {name}")
            if not needed and getattr(self, name):
                raise ValueError(f"{self.verdict} takes no {name}")
        if self.adjudicates and self.verdict not in ("accept", "reject", "correct"):
            raise ValueError(f"{self.verdict} settles nothing; adjudicate with accept, reject or correct")
        if self.changes is not None:
            self.changes.over(self.saw)
        return self

    @cached_property
    def final(self) -> Values | None:
        """The event as the reviewer would have it; None where there is no event, or nothing was said."""
        if self.changes is not None:
            return self.changes.over(self.saw)
        return self.saw if self.verdict == "accept" else None


def check_codes(review: Review, codebook: Codebook) -> None:
    """Raises StoreError where a type, status or mode that the reviewer gives is not in the codebook."""
    final, changes = review.final, review.changes
    if final is None or changes is None:
        return
    if changes.event_type is not None:
        _known(changes.event_type, codebook.types, "type")
    if changes.status is not None:
        _known(changes.status, codebook.statuses, "status")
    known = codebook.types.get(final.event_type)
    for mode in changes.modes or ():
        _known(mode, known.modes if known else (), f"mode of {final.event_type}")


def _known(name: str, known: Iterable[str], what: str) -> None:
    names = tuple(known)
    if name not in names:
        raise StoreError(f"review: {name[:40]!r} is no {what}; give one of {', '.join(names) or '(none)'}")
