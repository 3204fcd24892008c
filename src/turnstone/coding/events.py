"""From proposals to coded events: the codebook's rules, participants, status, dates, places, attribution."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from turnstone.coding.attributions import attribution_at, code_attributions
from turnstone.coding.participants import Cast, identity
from turnstone.coding.status import status_of
from turnstone.knowledge.codebook import Codebook
from turnstone.records import (
    Analysis,
    Article,
    Coded,
    DateMention,
    Event,
    Granularity,
    Participant,
    Place,
    Proposal,
    Resolved,
    Span,
    Status,
)
from turnstone.settings import Settings

# (dates, clause, published, status, trigger offset) -> first day, last day, granularity, basis
EventDay = Callable[[Sequence[DateMention], tuple[int, int], date, Status, int], tuple[date, date, Granularity, str]]

_PLACE_CASES = frozenset(
    {"in", "at", "near", "outside", "around", "across", "inside", "throughout", "from", "into", "on", "off"}
)


def code_events(
    article: Article,
    analysis: Analysis,
    resolved: Resolved,
    codebook: Codebook,
    settings: Settings,
    event_day: EventDay,
) -> Coded:
    """The attributions and events of an article, events in the order of their triggers.

    Proposals of one type, with the same participants on the same day and of the same status, are one event: the
    surest stays.
    """
    attributions = code_attributions(article.text, analysis, resolved.mentions)
    cast = Cast(article.text, analysis, resolved.mentions)
    children: list[list[int]] = [[] for _ in analysis.tokens]
    for i, token in enumerate(analysis.tokens):
        if token.head >= 0:
            children[token.head].append(i)
    firsts = [first for first, _ in analysis.sentences]
    events: list[Event] = []
    for proposal in analysis.proposals:
        if proposal.types[0][1] < settings.least_confidence:
            continue
        trigger = Span(analysis.tokens[proposal.trigger].start, analysis.tokens[proposal.trigger].end)
        sentence = analysis.sentences[max(0, bisect_left(firsts, proposal.trigger + 1) - 1)]
        evidence = Span(analysis.tokens[sentence[0]].start, analysis.tokens[sentence[1] - 1].end)
        status = status_of(article.text, proposal, analysis.tokens, children)
        actors, recipients = _participants(proposal, cast)
        clause = _clause(analysis, proposal.trigger, children, sentence)
        day = event_day(resolved.dates, clause, article.published, status, trigger.start)
        if day[3].startswith(("the article's day", "announced", "before the article")):
            day = event_day(resolved.dates, (evidence.start, evidence.end), article.published, status, trigger.start)
        if status == "happened" and (article.published - day[1]).days > settings.background_days:
            status = "historical"
        event_type, modes = _type_of(proposal, status, codebook, settings)
        known = codebook.types[event_type]
        if codebook.reciprocal(event_type, modes) and len(actors) + len(recipients) > 1:
            actors, recipients = _unique((*actors, *recipients)), ()
        if (not actors and not recipients) or (known.needs_recipient and not recipients and len(actors) < 2):
            continue
        if known.quad in (1, 3) and not actors:
            continue
        events.append(
            Event(
                id=f"{article.id}:{trigger.start}",
                event_type=event_type,
                modes=modes,
                contexts=tuple(name for name, p in proposal.contexts if p >= settings.least_context),
                quad=known.quad,
                score=codebook.score(event_type, modes),
                actors=actors,
                recipients=recipients,
                status=status,
                first_day=day[0],
                last_day=day[1],
                granularity=day[2],
                date_basis=day[3],
                place=_place(analysis, resolved.places, evidence, clause, trigger, (*actors, *recipients)),
                attribution=attribution_at(trigger, attributions),
                trigger=trigger,
                evidence=evidence,
                confidence=proposal.types[0][1],
            )
        )
    return Coded(attributions, tuple(_merged(events)))


def _type_of(proposal: Proposal, status: Status, codebook: Codebook, settings: Settings) -> tuple[str, tuple[str, ...]]:
    event_type = proposal.types[0][0]
    modes = tuple(name for name, p in proposal.modes[:1] if name and p >= settings.least_mode)
    if status == "future":
        return codebook.becomes(event_type, modes, "future")
    return event_type, modes


def _participants(proposal: Proposal, cast: Cast) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    actors = _unique([p for span in proposal.actors for p in cast.of(span)])
    taken = {identity(p) for p in actors}
    recipients = _unique([p for span in proposal.recipients for p in cast.of(span)])
    return actors, tuple(p for p in recipients if identity(p) not in taken)


def _unique(participants: Sequence[Participant]) -> tuple[Participant, ...]:
    return tuple({identity(p): p for p in reversed(participants)}.values())[::-1]


def _clause(
    analysis: Analysis, trigger: int, children: Sequence[Sequence[int]], sentence: tuple[int, int]
) -> tuple[int, int]:
    """Offsets of the trigger's own clause: what hangs on it, without the clauses that hang on it in turn."""
    own = {trigger}
    pending = [trigger]
    while pending:
        for child in children[pending.pop()]:
            relation = analysis.tokens[child].relation.split(":")[0]
            if relation in ("ccomp", "advcl", "acl", "parataxis", "csubj", "conj", "xcomp") or child in own:
                continue
            own.add(child)
            pending.append(child)
    inside = [i for i in own if sentence[0] <= i < sentence[1]]
    return analysis.tokens[min(inside)].start, analysis.tokens[max(inside)].end


def _place(
    analysis: Analysis, places: Sequence[Place], evidence: Span, clause: tuple[int, int], trigger: Span,
    participants: Sequence[Participant],
) -> Place | None:  # fmt: skip
    """The place after "in", "at", "near" ... nearest to the trigger, in its clause before the rest of the sentence."""
    starts = [token.start for token in analysis.tokens]

    def located(place: Place) -> bool:
        i = bisect_left(starts, place.start)
        if i >= len(starts):
            return False
        while analysis.tokens[i].relation in ("compound", "flat", "amod", "det") and analysis.tokens[i].head >= 0:
            above = analysis.tokens[i].head
            if analysis.tokens[above].start >= place.end:
                break
            i = above
        cases = [
            t.lemma.lower() for t in analysis.tokens[max(0, i - 8) : i + 1] if t.relation == "case" and t.head == i
        ]
        return bool(set(cases) & _PLACE_CASES)

    def distance(place: Place) -> tuple[bool, int]:
        return not clause[0] <= place.start < clause[1], abs(place.start - trigger.start)

    inside = [p for p in places if evidence.start <= p.start and p.end <= evidence.end and located(p)]
    return min(inside, key=distance) if inside else None


def _merged(events: Sequence[Event]) -> list[Event]:
    """Without the repetitions of one happening inside the article."""
    kept: list[Event] = []
    for event in events:
        for i, other in enumerate(kept):
            if _repeats(event, other):
                better, worse = (event, other) if event.confidence > other.confidence else (other, event)
                kept[i] = replace(
                    better,
                    place=better.place or worse.place,
                    modes=better.modes or worse.modes,
                )
                break
        else:
            kept.append(event)
    return sorted(kept, key=lambda e: (e.trigger.start, e.trigger.end))


def _repeats(one: Event, other: Event) -> bool:
    return (
        one.event_type == other.event_type
        and one.status == other.status
        and one.first_day == other.first_day
        and one.last_day == other.last_day
        and {identity(p) for p in one.actors} == {identity(p) for p in other.actors}
        and {identity(p) for p in one.recipients} == {identity(p) for p in other.recipients}
        and (not one.modes or not other.modes or one.modes == other.modes)
    )
