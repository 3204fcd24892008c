"""What holds of each event after all that was said of it: accepted, corrected, rejected, disputed or added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from turnstone.reviews.attach import CodedEvent, Key, attached, by_text
from turnstone.reviews.journal import Journal
from turnstone.reviews.verdicts import FIELDS, Review, Values

State = Literal["accepted", "corrected", "rejected", "disputed", "skipped", "added"]


@dataclass(frozen=True, slots=True)
class Judged:
    """An event that somebody has reviewed. `coded` is None where this coding has no such event: one that a person
    added, or one that an earlier coding had. `reviews` are the last of each reviewer, and an adjudication. `final` is
    the event after review, None where it is rejected, disputed or only skipped. `sampled`: somebody met it in the
    random queue."""

    coded: CodedEvent | None
    reviews: tuple[Review, ...]
    state: State
    final: Values | None
    sampled: bool = False

    @property
    def reviewers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.reviewer for one in self.reviews))

    @property
    def by(self) -> Review:
        """The review that its values come from."""
        settled = [one for one in self.reviews if one.adjudicates]
        return settled[-1] if settled else self.reviews[-1]


@dataclass(frozen=True, slots=True)
class Standing:
    """All that was reviewed, against one coding. `complete` are the digests of texts of which a person said that every
    event in them is reviewed. `lost` are those judged whose text is not in the record, or whose event this coding does
    not have any more."""

    judged: tuple[Judged, ...]
    complete: frozenset[str]
    texts: frozenset[str]

    @property
    def of(self) -> dict[Key, Judged]:
        """By the event of this coding."""
        return {one.coded.key: one for one in self.judged if one.coded is not None}

    def reviewed_by(self, reviewer: str) -> set[Key]:
        """The events of this coding that somebody has reviewed or skipped; adjudications aside."""
        return {
            one.coded.key
            for one in self.judged
            if one.coded is not None and any(r.reviewer == reviewer and not r.adjudicates for r in one.reviews)
        }

    @property
    def lost(self) -> tuple[Judged, ...]:
        return tuple(one for one in self.judged if one.coded is None and not _added_here(one, self.texts))


def _added_here(one: Judged, texts: frozenset[str]) -> bool:
    return one.by.sha256 in texts and one.by.verdict == "missing"


def standing(journal: Journal, coded: Iterable[CodedEvent], texts: Iterable[str] = ()) -> Standing:
    """What holds now. `texts` are the digests of the articles that the record has."""
    events = by_text(coded)
    groups: dict[object, tuple[CodedEvent | None, list[Review]]] = {}
    loose: list[Review] = []
    complete: dict[str, bool] = {}
    for review in journal.holding():
        if review.verdict == "complete":
            complete[review.sha256] = True
            continue
        event = attached(review, events.get(review.sha256, ()))
        if event is None:
            loose.append(review)
        else:
            groups.setdefault(event.key, (event, []))[1].append(review)
    for some in _together(loose):
        groups[some[0].id] = (None, some)
    judged = tuple(_judged(event, some) for event, some in groups.values())
    return Standing(judged, frozenset(complete), frozenset(texts))


def _together(loose: Sequence[Review]) -> list[list[Review]]:
    """Reviews of one event that the coding does not have: one text, triggers that overlap, one type seen or given."""
    found: list[list[Review]] = []
    for review in loose:
        group = next((some for some in found if any(_one_event(one, review) for one in some)), None)
        if group is None:
            found.append([review])
        else:
            group.append(review)
    return found


def _one_event(one: Review, other: Review) -> bool:
    if one.sha256 != other.sha256 or one.trigger is None or other.trigger is None:
        return False
    if one.trigger.end <= other.trigger.start or other.trigger.end <= one.trigger.start:
        return False
    return bool(_types(one) & _types(other))


def _types(review: Review) -> set[str]:
    return {one.event_type for one in (review.saw, review.final) if one is not None}


def _judged(coded: CodedEvent | None, reviews: Sequence[Review]) -> Judged:
    sampled = any(one.queue.name == "random" for one in reviews)
    last: dict[str, Review] = {}
    settling: Review | None = None
    for one in reviews:
        if one.adjudicates:
            settling = one
        else:
            last.pop(one.reviewer, None)
            last[one.reviewer] = one
    kept = (*last.values(), *((settling,) if settling else ()))
    said = [settling] if settling else [one for one in last.values() if one.verdict != "skip"]
    if not said:
        return Judged(coded, kept, "skipped", None, sampled)
    if len({outcome(one) for one in said}) > 1:
        return Judged(coded, kept, "disputed", None, sampled)
    final = said[-1].final
    if final is None:
        return Judged(coded, kept, "rejected", None, sampled)
    if coded is None:
        return Judged(coded, kept, "added", final, sampled)
    same = outcome_of(final) == outcome_of(coded.values)
    return Judged(coded, kept, "accepted" if same else "corrected", final, sampled)


def outcome(review: Review) -> tuple[str, ...]:
    """What a review comes to; equal where two mean the same."""
    return outcome_of(review.final)


def outcome_of(values: Values | None) -> tuple[str, ...]:
    """The labels of every field; empty where there is no event."""
    return () if values is None else tuple(values.label(name) for name in FIELDS)
