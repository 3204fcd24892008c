"""What is known of an event and of the days that its article tells, before it is asked on which of them it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from turnstone.records import DateMention, Span, Status

Days = tuple[date, date]
"""First and last."""


@dataclass(frozen=True, slots=True)
class Timed:
    """An event by the word that tells it, and the days that its sentence tells of it; None where it tells none."""

    trigger: int
    event_type: str
    status: Status
    evidence: Span
    days: Days | None


@dataclass(frozen=True, slots=True)
class Told:
    """A dated expression of the article: its days, head word, sentence, paragraph, and the words before and in it."""

    mention: DateMention
    days: Days
    word: int | None
    sentence: int
    paragraph: int
    words: str


@dataclass(frozen=True, slots=True)
class Beside:
    """The nearest event before or after whose sentence tells its day: its days, status and tense, in words where it
    stands, and the relations from it to the event where they are in one sentence."""

    side: str
    days: Days | None
    status: str = ""
    tense: str = ""
    where: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of an event before its days are asked for."""

    event: Timed
    start: int
    sentence: int
    paragraph: int
    tense: str
    inside: Sequence[Told]
    """The dated expressions of its sentence that it may have been on."""
    before: Sequence[Told]
    """Those of the sentences before."""
    beside: Sequence[Beside]
