"""From proposals to coded events: the codebook's rules, participants, status, dates, places, attribution."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from turnstone.coding.attributions import Tellings, code_attributions
from turnstone.coding.claims import with_claimants
from turnstone.coding.clauses import Clauses
from turnstone.coding.counsel import Counsel
from turnstone.coding.event_places import EventPlaces
from turnstone.coding.headings import Headings
from turnstone.coding.headlines import as_told_below
from turnstone.coding.layout import Layout
from turnstone.coding.likely_places import at_likely_places, words_of
from turnstone.coding.missing_participants import MissingParticipants
from turnstone.coding.noun_phrases import NounPhrases
from turnstone.coding.one_act import one_act
from turnstone.coding.participants import Cast
from turnstone.coding.place_words import Occurrence
from turnstone.coding.rallies import Rallies
from turnstone.coding.repetitions import without_repetitions
from turnstone.coding.replies import with_answered
from turnstone.coding.retelling_words import RetellingWords
from turnstone.coding.retellings import without_retellings
from turnstone.coding.role_phrases import RolePhrases
from turnstone.coding.sides import Participants, Sides, without_own_state
from turnstone.coding.times import Times
from turnstone.coding.vouching import with_vouchers
from turnstone.knowledge.codebook import Codebook
from turnstone.records import Analysis, Article, Coded, Event, Place, Proposal, Resolved, Status
from turnstone.settings import Settings

# with a mode for what is asked for or refused: "called for talks"
_OF_MEETINGS = frozenset({"REQUEST", "REJECT"})
_IN_WORDS, _IN_CONFLICT = frozenset({1, 3}), 4  # quad classes


def code_events(
    article: Article,
    analysis: Analysis,
    resolved: Resolved,
    codebook: Codebook,
    settings: Settings,
    counsel: Counsel,
) -> Coded:
    """The attributions, events and contexts of an article, events in the order of their triggers.

    Proposals of one type, with the same participants on the same day and of the same status, are one event: the
    surest stays. Whom an answer is given to, when and where a headline's event was, and on whose word each is, are
    settled after that; then, in whole articles, which events tell earlier ones again in other words; and last where
    those likely were whose own clause does not tell it.
    """
    return _Coder(article, analysis, resolved, codebook, settings, counsel).coded()


def kept(article: Article, analysis: Analysis, settings: Settings) -> list[Proposal]:
    """The proposals that may be events: sure enough, no mere headings and no rallies of a campaign."""
    headings, rallies = Headings(article.text, analysis), Rallies(article.text, analysis)
    return [
        p
        for p in analysis.proposals
        if p.types[0][1] >= settings.least_confidence
        and not headings.only_name(p.trigger)
        and not (p.types[0][0] == "PROTEST" and rallies.is_campaigning(p.trigger))
    ]


class _Coder:
    """Makes events of the proposals of one article."""

    def __init__(
        self, article: Article, analysis: Analysis, resolved: Resolved, codebook: Codebook, settings: Settings,
        counsel: Counsel,
    ) -> None:  # fmt: skip
        self._article, self._analysis, self._resolved = article, analysis, resolved
        self._codebook, self._settings, self._counsel = codebook, settings, counsel
        self._attributions = code_attributions(article.text, analysis, resolved.mentions)
        self._tellings = Tellings(self._attributions)
        self._kept = kept(article, analysis, settings)
        self._by_trigger = {p.trigger: p for p in self._kept}
        self._asking = {p.trigger for p in self._kept if p.types[0][0] in ("REQUEST", "AGREE")}
        self._clauses = clauses = Clauses(analysis.tokens)
        self._nouns = NounPhrases(analysis.tokens)
        self._cast = Cast(article.text, analysis, resolved.mentions)
        self._phrases = RolePhrases(article.text, analysis, resolved.mentions, resolved.places, clauses)
        self._missing = MissingParticipants(analysis, resolved.mentions, resolved.dates, self._nouns, clauses)
        self._sides = Sides(self._cast, self._phrases, clauses)
        self._layout = Layout(article.text, analysis)
        self._times = Times(
            article, analysis, resolved.dates, self._kept, self._nouns.below, clauses, self._layout, settings, counsel
        )
        self._places = EventPlaces(
            article, analysis.tokens, self._nouns, resolved.places, clauses, self._by_trigger, counsel.places,
            settings.least_place,
        )  # fmt: skip

    def coded(self) -> Coded:
        """The attributions and contexts, and the events, those that are one made one."""
        events = [event for event in map(self.event, self._kept) if event is not None]
        acts = one_act(events, self._analysis.tokens, self._clauses)
        claimed = with_claimants(acts, self._analysis, self._phrases, self._clauses, self._cast)
        merged = without_repetitions(claimed, self._attributions, self._article.text)
        answering = with_answered(merged, self._analysis, self._clauses)
        below = as_told_below(list(map(self._with_pronouns, answering)), self._article.text)
        vouched = with_vouchers(below, self._attributions, self._article.text)
        whole = self._analysis.is_whole_article
        told = self._without_retellings(vouched) if whole else vouched
        return Coded(self._attributions, tuple(self._at_likely_places(told)), contexts_of(vouched, self._codebook))

    def _without_retellings(self, events: Sequence[Event]) -> list[Event]:
        given = (self._article.text, self._analysis, self._nouns.below, self._clauses, self._layout)
        words = RetellingWords(*given, self._attributions, events)
        shares, least = self._counsel.retellings, self._settings.least_retelling
        return without_retellings(events, words, shares, least)

    def _at_likely_places(self, events: Sequence[Event]) -> list[Event]:
        if all(event.place is not None for event in events):
            return list(events)
        words = words_of(
            self._article, self._analysis, self._nouns, self._clauses, self._layout, self._resolved.places, events,
            self._counsel,
        )  # fmt: skip
        return list(at_likely_places(events, words, self._counsel, self._settings.least_likely_place))

    def event(self, proposal: Proposal) -> Event | None:
        """The event that a proposal tells; None where the rules leave out what the network doubts."""
        word = proposal.trigger
        doubtful = proposal.types[0][1] < self._settings.least_doubted
        # "agreed to prolong the ceasefire", "invited him to visit" are one
        if doubtful and self._clauses.is_asked_for(word, self._asking):
            return None
        trigger, evidence = self._layout.span(word, word), self._layout.sentence_of(word)
        status, day = self._times.of(word)
        event_type, modes = self._type_of(proposal, status)
        known = self._codebook.types[event_type]
        said_by = self._tellings.innermost(trigger)
        told = self._attributions[said_by] if said_by >= 0 else None
        named = self._missing.added(proposal)
        actors, recipients = self._sides.of(named, event_type, known.quad, told)
        mutual = self._codebook.reciprocal(event_type, modes)
        if mutual and len(actors) + len(recipients) > 1:
            everyone = self._sides.together(actors, recipients)
            actors, recipients = without_own_state(everyone), ()
            if doubtful and len(actors) == 1 < len(everyone):
                return None
        told_so = Occurrence(word, event_type, known.quad, status, actors, recipients)
        place = self._places.of(told_so, evidence)
        if doubtful and self._is_left_out(word, event_type, mutual, actors, recipients, place):
            return None
        return Event(
            id=f"{self._article.id}:{trigger.start}",
            event_type=event_type,
            modes=modes,
            contexts=tuple(name for name, p in proposal.contexts if p >= self._settings.least_context),
            quad=known.quad,
            score=self._codebook.score(event_type, modes),
            actors=actors,
            recipients=recipients,
            status=status,
            first_day=day[0],
            last_day=day[1],
            granularity=day[2],
            date_basis=day[3],
            place=place,
            attribution=said_by,
            trigger=trigger,
            evidence=evidence,
            confidence=proposal.types[0][1],
        )

    def _with_pronouns(self, event: Event) -> Event:
        """An event that is done to nobody known, with "him" or "them": it tells a reader more than nobody."""
        word = self._clauses.word(event.trigger.start, event.trigger.end)
        proposal = self._by_trigger.get(word) if word is not None else None
        mutual = self._codebook.reciprocal(event.event_type, event.modes)
        if event.recipients or proposal is None or mutual:
            return event
        return replace(event, recipients=self._sides.done_to_pronouns(proposal))

    def _type_of(self, proposal: Proposal, status: Status) -> tuple[str, tuple[str, ...]]:
        event_type = proposal.types[0][0]
        modes = tuple(name for name, p in proposal.modes[:1] if name and p >= self._settings.least_mode)
        if status == "future":
            event_type, modes = self._codebook.becomes(event_type, modes, "future")
        if event_type in _OF_MEETINGS and self._clauses.is_about_meeting(proposal.trigger):
            modes = ("meet",)
        return event_type, modes

    def _is_left_out(
        self, word: int, event_type: str, mutual: bool, actors: Participants, recipients: Participants,
        place: Place | None,
    ) -> bool:  # fmt: skip
        """Whether what the network doubts lacks somebody, or is an attribute."""
        known = self._codebook.types[event_type]
        if not actors and not recipients and not (known.quad == _IN_CONFLICT and place):  # "riots broke out in Lyon"
            return True
        if known.needs_recipient and not recipients and len(actors) < 2:
            return True
        # "delivered the requested volumes" tells of no request
        if known.quad in _IN_WORDS and self._analysis.tokens[word].relation == "amod":
            return True
        return mutual and len(actors) == 1 and not recipients and self._clauses.is_one(actors[0])


def contexts_of(events: Sequence[Event], codebook: Codebook) -> tuple[str, ...]:
    """The contexts of an article: those of its events, the commonest first, ties in the order of the codebook."""
    count = Counter(context for event in events for context in event.contexts)
    order = list(codebook.contexts)
    return tuple(sorted(count, key=lambda context: (-count[context], order.index(context))))
