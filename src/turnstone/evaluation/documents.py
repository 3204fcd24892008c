"""Articles (or sentences) with one layer of annotation, from a gold file or a prediction.

Spans here count the characters that are no white space, so that texts whose breaks and blanks differ can be compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import Generic, Protocol, TypeVar

from turnstone.records import Span

Spans = tuple[Span, ...]

_WORD = re.compile(r"\w+|[^\w\s]")


class Text:
    """A text with its offsets without white space."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.ink = "".join(text.split())
        self._before = (0, *accumulate(not sign.isspace() for sign in text))

    def span(self, start: int, end: int) -> Span:
        """The span of `text[start:end]` without white space. Raises ValueError where that is no place in the text."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"{start} to {end} is no place in a text of {len(self.text)} characters")
        found = Span(self._before[start], self._before[end])
        if found.start == found.end:
            raise ValueError(f"{start} to {end} has no words")
        return found

    def words(self) -> Spans:
        """Runs of letters and digits, and every other sign by itself."""
        return tuple(Span(self._before[m.start()], self._before[m.end()]) for m in _WORD.finditer(self.text))


class Value(Protocol):
    """What a layer is made of. `moved` is None for what stands before the beginning once moved."""

    def moved(self: V, by: int) -> V | None: ...


V = TypeVar("V", bound=Value)
V_co = TypeVar("V_co", bound=Value, covariant=True)


@dataclass(frozen=True, slots=True)
class Document(Generic[V_co]):
    """An article with the values of one layer. `where` is its file and line, `title` how many characters without
    white space a title takes at the beginning that the text proper may not have; `words` are its words where the layer
    is scored by them."""

    id: str
    ink: str
    values: tuple[V_co, ...]
    where: str
    title: int = 0
    words: Spans = ()


@dataclass(frozen=True, slots=True)
class Collection(Generic[V_co]):
    """What a file holds. `unit` says what its documents are; `notes` what a reader of the scores should know."""

    name: str
    unit: str
    documents: tuple[Document[V_co], ...]
    notes: tuple[str, ...] = ()


def _moved(spans: Spans, by: int) -> Spans:
    return tuple(Span(one.start + by, one.end + by) for one in spans)


# --- the values of each layer


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a parse; `head` counts from 1 in its sentence, 0 for a root."""

    upos: str
    head: int
    relation: str

    def moved(self, by: int) -> Word | None:
        return self


@dataclass(frozen=True, slots=True)
class Named:
    """A mention."""

    span: Span
    kind: str

    def moved(self, by: int) -> Named | None:
        (span,) = _moved((self.span,), by)
        return Named(span, self.kind) if span.start >= 0 else None


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution; each role may be in pieces, or empty."""

    source: Spans
    cue: Spans
    content: Spans

    def moved(self, by: int) -> Statement | None:
        kept = [
            tuple(one for one in _moved(role, by) if one.start >= 0) for role in (self.source, self.cue, self.content)
        ]
        return Statement(*kept) if any(kept) else None


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or recipient: the words, as far as they are known, and the country code, empty where none is given."""

    spans: Spans
    country: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A place or a speaker: the name, and the id in the gazetteer or the entities, empty where there is none."""

    name: str
    id: str = ""

    def same(self, other: Known) -> bool:
        """Whether both are one: by their ids where both have one, else by their names."""
        if self.id and other.id:
            return self.id == other.id
        return self.name.casefold().split() == other.name.casefold().split()


@dataclass(frozen=True, slots=True)
class Happening:
    """An event. `trigger` is empty where the gold does not say which words; `status`, `modes`, `days` (first and last),
    `place`, `speaker` and `contexts` are None where it does not say at all, `place` and `speaker` empty where there is
    none."""

    trigger: Spans
    event_type: str
    status: str | None
    modes: frozenset[str] | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    days: tuple[date, date] | None = None
    place: tuple[Known, ...] | None = None
    speaker: tuple[Known, ...] | None = None
    contexts: frozenset[str] | None = None

    def moved(self, by: int) -> Happening | None:
        trigger = _moved(self.trigger, by)
        if trigger and trigger[0].start < 0:
            return None
        actors, recipients = (
            tuple(Party(_moved(one.spans, by), one.country) for one in side) for side in (self.actors, self.recipients)
        )
        return replace(self, trigger=trigger, actors=actors, recipients=recipients)


@dataclass(frozen=True, slots=True)
class Answer:
    """The class of a marked pair, its quad class 1 to 4, and the sentence it stands in."""

    label: str
    quad: int
    sentence: str

    def moved(self, by: int) -> Answer | None:
        return self


@dataclass(frozen=True, slots=True)
class Dated:
    """A dated expression."""

    span: Span
    first_day: date
    last_day: date
    granularity: str

    def moved(self, by: int) -> Dated | None:
        (span,) = _moved((self.span,), by)
        return Dated(span, self.first_day, self.last_day, self.granularity) if span.start >= 0 else None


@dataclass(frozen=True, slots=True)
class Located:
    """A toponym; `point` is latitude and longitude in degrees."""

    span: Span
    geonames_id: int | None
    point: tuple[float, float] | None

    def moved(self, by: int) -> Located | None:
        (span,) = _moved((self.span,), by)
        return Located(span, self.geonames_id, self.point) if span.start >= 0 else None
