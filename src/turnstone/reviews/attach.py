"""Which coded event a review is about, also after a new coding that names its events otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from turnstone.reviews.verdicts import FIELDS, Review, Trigger, Values

Key = tuple[str, str]
"""(article_id, event_id) of the coding that is there now."""


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """An event of the record as a review sees it."""

    article: str
    event: str
    sha256: str
    trigger: Trigger
    values: Values

    @property
    def key(self) -> Key:
        return self.article, self.event


def attached(review: Review, coded: Sequence[CodedEvent]) -> CodedEvent | None:
    """The event of the same text that a review is about: triggers share a character, and the type is the one that the
    reviewer saw or gave, or the trigger is the very same. A rejection holds of the type that was rejected only.
    Of several the nearest: the same trigger, the type, the values, the id."""
    found = [one for one in coded if one.sha256 == review.sha256 and _about(review, one)]
    return max(found, key=lambda one: _nearness(review, one), default=None)


def _about(review: Review, coded: CodedEvent) -> bool:
    trigger, final = review.trigger, review.final
    if trigger is None or coded.trigger.end <= trigger.start or trigger.end <= coded.trigger.start:
        return False
    if final is None:
        return review.saw is not None and coded.values.event_type == review.saw.event_type
    seen = {final.event_type} | ({review.saw.event_type} if review.saw is not None else set())
    return coded.values.event_type in seen or _same_words(trigger, coded.trigger)


def _nearness(review: Review, coded: CodedEvent) -> tuple[int, ...]:
    trigger, saw, final = review.trigger, review.saw, review.final
    alike = sum(saw.label(name) == coded.values.label(name) for name in FIELDS) if saw is not None else 0
    return (
        int(coded.article == review.article),
        int(trigger is not None and _same_words(trigger, coded.trigger)),
        int(saw is not None and coded.values.event_type == saw.event_type),
        int(final is not None and coded.values.event_type == final.event_type),
        alike,
        int(coded.event == review.event),
    )


def _same_words(one: Trigger, other: Trigger) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def by_text(coded: Iterable[CodedEvent]) -> Mapping[str, list[CodedEvent]]:
    """Events by the digest of their article's text."""
    found: dict[str, list[CodedEvent]] = {}
    for one in coded:
        found.setdefault(one.sha256, []).append(one)
    return found
