"""From proposals to coded events: the codebook's rules, participants, status, dates, places, attribution."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date

from turnstone.coding.attributions import Tellings, code_attributions
from turnstone.coding.casualties import Casualties
from turnstone.coding.claims import with_claimants
from turnstone.coding.clauses import Clauses
from turnstone.coding.headings import Headings
from turnstone.coding.noun_phrases import NounPhrases
from turnstone.coding.one_act import one_act
from turnstone.coding.participants import Cast, identity
from turnstone.coding.repetitions import NO_DAY_TOLD, without_repetitions
from turnstone.coding.role_phrases import Phrase, RolePhrases
from turnstone.coding.status import status_of, told_with
from turnstone.coding.unnamed_parts import UnnamedParts
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

_PRONOUNS = frozenset(
    "i we he she it they me us him her them you who which that this these those its their his my our your one".split()
)
_PERSONAL = frozenset("i we he she they".split())
# what is said to the one it is about: "X told Y that ..."
_SAID_TO_SOMEBODY = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "SUPPORT", "CONCEDE"})
# what is done to a place by going or bringing somebody from it happens there
_LEAVING = frozenset({"RETREAT", "CONCEDE", "AGREE", "AID", "COOPERATE"})
_LONG_AGO = 31  # days
_LEADING_BACK = frozenset({"for", "of", "over", "since", "after", "following"})
# with a mode for what is asked for or refused: "called for talks"
_OF_MEETINGS = frozenset({"REQUEST", "REJECT"})
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
    """The attributions, events and contexts of an article, events in the order of their triggers.

    Proposals of one type, with the same participants on the same day and of the same status, are one event: the
    surest stays.
    """
    attributions = code_attributions(article.text, analysis, resolved.mentions)
    tellings = Tellings(attributions)
    cast = Cast(article.text, analysis, resolved.mentions)
    nouns = NounPhrases(analysis.tokens)
    clauses = Clauses(analysis.tokens)
    phrases = RolePhrases(article.text, analysis, resolved.mentions, resolved.places, clauses)
    casualties = Casualties(analysis, nouns, clauses)
    unnamed = UnnamedParts(analysis, resolved.mentions, resolved.dates, nouns, clauses)
    headings = Headings(article.text, analysis)
    firsts = [first for first, _ in analysis.sentences]
    events: list[Event] = []
    kept = [
        p
        for p in analysis.proposals
        if p.types[0][1] >= settings.least_confidence and not headings.only_name(p.trigger)
    ]
    by_trigger = {p.trigger: p for p in kept}
    requests = {p.trigger for p in kept if p.types[0][0] == "REQUEST"}
    promises = {p.trigger for p in kept if p.types[0][0] == "AGREE"}
    for proposal in kept:
        doubtful = proposal.types[0][1] < settings.least_doubted
        # "agreed to prolong the ceasefire", "invited him to visit" are one
        if doubtful and clauses.is_asked_for(proposal.trigger, requests | promises):
            continue
        trigger = Span(analysis.tokens[proposal.trigger].start, analysis.tokens[proposal.trigger].end)
        sentence = analysis.sentences[max(0, bisect_left(firsts, proposal.trigger + 1) - 1)]
        evidence = Span(analysis.tokens[sentence[0]].start, analysis.tokens[sentence[1] - 1].end)
        judged = told_with(article.text, proposal, by_trigger, analysis.tokens, nouns.below)
        status = status_of(article.text, judged, analysis.tokens, nouns.below)
        # of an attack it is mostly the news itself: "two are dead after gunmen stormed ..."
        if status == "happened" and proposal.types[0][0] != "ASSAULT":
            status = "historical" if clauses.is_told_before(proposal.trigger, article.text) else status
        said_by = tellings.innermost(trigger)
        actors, recipients = _participants(*phrases.of(unnamed.added(casualties.added(proposal))), cast, phrases)
        if said_by >= 0:
            actors = tuple(_who_speaks(p, attributions[said_by].speaker) for p in actors)
        told = tuple(one for one in resolved.dates if evidence.start <= one.start and one.end <= evidence.end)
        if proposal.types[0][0] != "ASSAULT":  # an act of today for what was done long ago
            present = clauses.is_in_present(proposal.trigger, article.text)
            told = tuple(
                one
                for one in told
                if (article.published - one.last_day).days <= _LONG_AGO
                or (
                    not clauses.is_of_what_it_is_for(one.start, one.end, proposal.trigger)
                    and not (present and _leads_back(article.text[trigger.end : one.start]))
                )
            )
        dates, elsewhere = _dates_of(proposal.trigger, told, clauses, article.published, by_trigger)
        day = event_day(dates, (evidence.start, evidence.end), article.published, status, trigger.start)
        basis = f"{day[3]}; told of the clause above" if elsewhere and day[3] not in NO_DAY_TOLD else day[3]
        if status == "happened" and (article.published - day[1]).days > settings.background_days:
            status = "historical"
        event_type, modes = _type_of(proposal, status, codebook, settings)
        if event_type in _OF_MEETINGS and clauses.is_about_meeting(proposal.trigger):
            modes = ("meet",)
        known = codebook.types[event_type]
        if said_by >= 0 and not actors and known.quad == 2:
            actors = _own_deed(attributions[said_by].speaker)
        if said_by >= 0 and not recipients and event_type in _SAID_TO_SOMEBODY:
            taken = {identity(p) for p in actors}
            recipients = tuple(
                p
                for span in clauses.addressees(attributions[said_by].cue)
                for p in cast.of(span)
                if identity(p) not in taken
            )
        if codebook.reciprocal(event_type, modes) and len(actors) + len(recipients) > 1:
            everyone = _unique((*actors, *recipients), phrases)
            actors, recipients = _without_own_state(everyone), ()
            if doubtful and len(actors) == 1 < len(everyone):
                continue
        taking_part = [Span(p.start, p.end) for p in (*actors, *(() if event_type in _LEAVING else recipients))]
        through_nouns = known.quad in (2, 4)
        place = _place_of(proposal.trigger, trigger, resolved.places, evidence, clauses, through_nouns, taking_part)
        nobody = not actors and not recipients and not (known.quad == 4 and place)  # "riots broke out in Lyon"
        lacks_recipient = known.needs_recipient and not recipients and len(actors) < 2
        alone = codebook.reciprocal(event_type, modes) and len(actors) == 1 and not recipients
        # "delivered the requested volumes" tells of no request
        attribute = known.quad in (1, 3) and analysis.tokens[proposal.trigger].relation == "amod"
        if doubtful and (nobody or lacks_recipient or attribute or (alone and clauses.is_one(actors[0]))):
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
                date_basis=basis,
                place=place,
                attribution=said_by,
                trigger=trigger,
                evidence=evidence,
                confidence=proposal.types[0][1],
            )
        )
    claimed = with_claimants(one_act(events, analysis.tokens, clauses), analysis, phrases, clauses, cast)
    merged = tuple(without_repetitions(claimed, attributions))
    return Coded(attributions, merged, contexts_of(merged, codebook))


def contexts_of(events: Sequence[Event], codebook: Codebook) -> tuple[str, ...]:
    """The contexts of an article: those of its events, the commonest first, ties in the order of the codebook."""
    count = Counter(context for event in events for context in event.contexts)
    order = list(codebook.contexts)
    return tuple(sorted(count, key=lambda context: (-count[context], order.index(context))))


def _type_of(proposal: Proposal, status: Status, codebook: Codebook, settings: Settings) -> tuple[str, tuple[str, ...]]:
    event_type = proposal.types[0][0]
    modes = tuple(name for name, p in proposal.modes[:1] if name and p >= settings.least_mode)
    if status == "future":
        return codebook.becomes(event_type, modes, "future")
    return event_type, modes


def _participants(
    acting_phrases: Sequence[Phrase], receiving: Sequence[Phrase], cast: Cast, phrases: RolePhrases
) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    acting = [p for phrase in acting_phrases for p in _meant(phrase, cast)]
    # "they" tells a reader more than nobody, and less than anybody else
    known = [p for p in acting if p.country or not _is_pronoun(p)]
    actors = _unique(known or [p for p in acting if _is_personal(p)], phrases)
    received = [p for one in receiving for p in _meant(one, cast) if p.country or not _is_pronoun(p)]
    recipients = _unique(received, phrases)
    recipients = tuple(p for p in recipients if not any(_is_same(p, actor) for actor in actors))
    # "Kyiv calls for talks between Xi and Zelensky": a government asks nothing of itself while it asks another
    own = {p.country for p in actors if p.country and _is_government(p)}
    others = tuple(p for p in recipients if not (p.country in own and _is_government(p)))
    return actors, others or recipients


def _is_government(participant: Participant) -> bool:
    """Whether a participant is a state by its name, or governs one."""
    state = bool(participant.entity_id) and not participant.sectors
    return state or "GOV" in participant.sectors


def _is_same(one: Participant, other: Participant) -> bool:
    """Whether two are one and the same, and not only people of one country: "a man shot a family"."""
    return identity(one) == identity(other) and (bool(one.entity_id) or one.name.lower() == other.name.lower())


def _meant(phrase: Phrase, cast: Cast) -> tuple[Participant, ...]:
    """Whom a phrase stands for."""
    if phrase.name is None or phrase.description is None:
        return cast.of(phrase.span)
    return (cast.described(phrase.description, phrase.name, phrase.span),)


def _without_own_state(participants: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Without states that somebody else there speaks for: "Zelensky and Ukraine" do not meet each other."""
    spoken_for = {p.country for p in participants if p.sectors}
    return tuple(p for p in participants if p.sectors or not p.entity_id or p.country not in spoken_for)


def _is_pronoun(participant: Participant) -> bool:
    """Whether nothing is known of a participant but a pronoun, which tells a reader nobody."""
    return not participant.entity_id and participant.name.lower() in _PRONOUNS


def _is_personal(participant: Participant) -> bool:
    return participant.name.lower() in _PERSONAL


def _who_speaks(participant: Participant, speaker: Participant | None) -> Participant:
    """ "We" in what somebody says is the speaker, where nothing better is known."""
    if speaker is None or participant.country or participant.name.lower() not in ("i", "we"):
        return participant
    return replace(speaker, start=participant.start, end=participant.end)


def _own_deed(speaker: Participant | None) -> tuple[Participant, ...]:
    """A company that reports what was delivered, without saying by whom, reports of itself."""
    return (speaker,) if speaker is not None and "BUS" in speaker.sectors else ()


def _unique(participants: Sequence[Participant], phrases: RolePhrases) -> tuple[Participant, ...]:
    """Each of several once; two crowds of one country are two ("five killed and nine hurt"), and so are those whom
    "and" joins ("the bank and its owner")."""
    found: list[Participant] = []
    for one in participants:
        alike = [other for other in found if identity(other) == identity(one)]
        crowd = not one.entity_id and phrases.is_crowd(one)
        if all(
            (not one.entity_id and phrases.are_joined(one, other))
            or (crowd and phrases.is_crowd(other) and other.name.lower() != one.name.lower())
            for other in alike
        ):
            found.append(one)
    return tuple(found)


def _leads_back(between: str) -> bool:
    """Whether the words between what is done today and a time long past lead back to it: "is cleared of charges for the
    death of a prisoner in May 2015", "sign the first accord since the war three years ago"."""
    return not _LEADING_BACK.isdisjoint(between.lower().split())


def _dates_of(
    trigger: int, dates: Sequence[DateMention], clauses: Clauses, published: date, others: Collection[int]
) -> tuple[Sequence[DateMention], bool]:
    """The dated expressions of the sentence that are said of the trigger, or else of the nearest clause above it, and
    whether it is one above. A time not yet over that stands behind an infinitive dates that, whatever the tree says:
    "invited him to visit Lima this year"."""
    ranked: dict[int, list[DateMention]] = {}
    for mention in dates:
        rank = clauses.distance_of_time(mention.start, mention.end, trigger, others)
        open_yet = mention.last_day > published
        if rank is not None and not (open_yet and clauses.is_behind_infinitive(mention.start, trigger)):
            ranked.setdefault(rank, []).append(mention)
    if not ranked:
        return (), False
    nearest = min(ranked)
    return ranked[nearest], clauses.leaves_clause(trigger, nearest)


def _place_of(
    word: int, trigger: Span, places: Sequence[Place], evidence: Span, clauses: Clauses, through_nouns: bool,
    taking_part: Sequence[Span],
) -> Place | None:  # fmt: skip
    """The place after "in", "at", "near" ... that the sentence says the event is at; of several the nearest. Not one
    who takes part, after "from": "a call from Ruritania"."""
    found = []
    for place in places:
        if not (evidence.start <= place.start and place.end <= evidence.end):
            continue
        at = clauses.place_word(place.start, place.end)
        cases = clauses.cases(at) if at is not None else frozenset()
        if "from" in cases and any(one.start <= place.start and place.end <= one.end for one in taking_part):
            continue
        if at is not None and cases & _PLACE_CASES and clauses.is_at(at, word, through_nouns):
            found.append(place)
    return min(found, key=lambda p: (abs(p.start - trigger.start), p.start), default=None)
