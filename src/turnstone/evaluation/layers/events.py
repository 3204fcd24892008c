"""Events: found by their trigger, then type, status, modes, contexts, participants, days, place and speaker of those
found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from turnstone.evaluation.comparison import Comparison, each_label
from turnstone.evaluation.documents import Happening, Party
from turnstone.evaluation.matching import Matched, one_to_one, overlap
from turnstone.evaluation.report import NOTHING
from turnstone.evaluation.scores import Counts, Found, Macro, Right, Wanted, count_found, count_right
from turnstone.knowledge.codebook import YIELD, YIELDING

TRIGGER: Final = "trigger"
TYPE: Final = "trigger and type"
WHOLE: Final = "whole event"
KNOWN: Final = ("place", "speaker")
OF_TYPE: Final = ("modes", "contexts")


def compare(matched: Matched[Happening]) -> Comparison:
    """Events belong together where their triggers share a character, of several those of one type first; a gold event
    without a trigger belongs to one of its type. What the gold does not say is not scored."""
    found = Comparison()
    pairs = [(pair.gold, pair.predicted) for pair in matched.pairs]
    gold = [event for events, _ in pairs for event in events]
    if any(event.event_type == YIELD for event in gold):
        found.notes.append("the gold has YIELD, so that CONCEDE and RETREAT are taken for it")
        pairs = [(_yielding(one), _yielding(other)) for one, other in pairs]
    if untold := sum(not event.trigger for event in gold):
        found.notes.append(f"{untold} gold events have no trigger in the text; each was matched by its type alone")
    countries = any(party.country for event in gold for party in (*event.actors, *event.recipients))
    for want, got in pairs:
        found.units.append(_article(found, want, got, countries))
    found.wanted = _wanted(gold, countries, found)
    return found


def _wanted(gold: Sequence[Happening], countries: bool, found: Comparison) -> list[Wanted]:
    wanted: list[Wanted] = [Found(TRIGGER), Found(TYPE), Macro(TYPE), Right("type")]
    if any(event.status is not None for event in gold):
        wanted.append(Right("status"))
    wanted += [Found(name) for name in OF_TYPE if any(getattr(event, name) is not None for event in gold)]
    for role in ("actors", "recipients"):
        wanted.append(Found(role))
        if countries:
            wanted.append(Found(f"{role}' countries"))
    if any(event.days is not None for event in gold):
        wanted += [Right("first day"), Right("days")]
    wanted += [Found(name) for name in KNOWN if any(getattr(event, name) is not None for event in gold)]
    wanted.append(Found(WHOLE))
    return [*wanted, *each_label(found.units, TYPE)]


def _article(found: Comparison, gold: Sequence[Happening], predicted: Sequence[Happening], countries: bool) -> Counts:
    counts: Counts = Counter()
    partners = one_to_one(gold, predicted, _exact, _same, _together)
    for name in (TRIGGER, TYPE, WHOLE):
        count_found(counts, name, gold=len(gold), predicted=len(predicted))
    count_found(counts, TRIGGER, found=len(partners))
    for event in gold:
        count_found(counts, TYPE, event.event_type, gold=1)
    for event in predicted:
        count_found(counts, TYPE, event.event_type, predicted=1)
    for i, j in partners:
        _couple(found, counts, gold[i], predicted[j], countries)
    for i in set(range(len(gold))) - {i for i, _ in partners}:
        found.confuse("type", gold[i].event_type, NOTHING)
    for j in set(range(len(predicted))) - {j for _, j in partners}:
        found.confuse("type", NOTHING, predicted[j].event_type)
    return counts


def _couple(found: Comparison, counts: Counts, want: Happening, got: Happening, countries: bool) -> None:
    whole = same = want.event_type == got.event_type
    count_right(counts, "type", same)
    found.confuse("type", want.event_type, got.event_type)
    if same:
        count_found(counts, TYPE, found=1)
        count_found(counts, TYPE, want.event_type, found=1)
    if want.status is not None:
        count_right(counts, "status", want.status == got.status)
        found.confuse("status", want.status, got.status or NOTHING)
        whole &= want.status == got.status
    for name in OF_TYPE:
        names: frozenset[str] | None = getattr(want, name)
        if names is not None and same:
            ours: frozenset[str] = getattr(got, name) or frozenset()
            count_found(counts, name, found=len(names & ours), gold=len(names), predicted=len(ours))
    for role, wanted, given in (("actors", want.actors, got.actors), ("recipients", want.recipients, got.recipients)):
        hits = len(one_to_one(wanted, given, _exact_party, _same_party))
        count_found(counts, role, found=hits, gold=len(wanted), predicted=len(given))
        whole &= hits == len(wanted) == len(given)
        if countries:
            one, other = (Counter(party.country for party in side if party.country) for side in (wanted, given))
            count_found(
                counts, f"{role}' countries",
                found=(one & other).total(), gold=one.total(), predicted=other.total(),
            )  # fmt: skip
    count_found(counts, WHOLE, found=int(whole))
    if want.days is not None:
        count_right(counts, "first day", got.days is not None and want.days[0] == got.days[0])
        count_right(counts, "days", want.days == got.days)
    for name in KNOWN:
        wanted_, given_ = getattr(want, name), getattr(got, name) or ()
        if wanted_ is not None:
            hits = sum(one.same(other) for one in wanted_ for other in given_)
            count_found(counts, name, found=hits, gold=len(wanted_), predicted=len(given_))


def _together(gold: Happening, predicted: Happening) -> bool:
    if not gold.trigger:
        return gold.event_type == predicted.event_type
    return overlap(gold.trigger, predicted.trigger)


def _exact(gold: Happening, predicted: Happening) -> bool:
    return (gold.event_type, gold.trigger) == (predicted.event_type, predicted.trigger)


def _same(gold: Happening, predicted: Happening) -> bool:
    return gold.event_type == predicted.event_type and bool(gold.trigger) and _together(gold, predicted)


def _exact_party(gold: Party, predicted: Party) -> bool:
    return bool(gold.spans) and gold.spans == predicted.spans


def _same_party(gold: Party, predicted: Party) -> bool:
    if gold.spans and predicted.spans:
        return overlap(gold.spans, predicted.spans)
    return bool(gold.country) and gold.country == predicted.country


def _yielding(events: Sequence[Happening]) -> tuple[Happening, ...]:
    return tuple(replace(one, event_type=YIELD) if one.event_type in YIELDING else one for one in events)
