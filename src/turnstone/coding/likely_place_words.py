"""What words, tree and the telling of a report say of where an event was whose own clause names no place.

"The mayor of Zenda was shot. Police arrested two men" tells where both happened, "a Strelsau court sentenced him"
where he was sentenced, and what a state forbids is forbidden there; "Ruritanian police", that they arrest there. A
small table that was counted on judged reports says what speaks for which (`Model.likely_places`); here are the names of
the features that it is asked of.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from turnstone.coding.clauses import Clauses
from turnstone.coding.counsel import LogOdds
from turnstone.coding.layout import Layout
from turnstone.coding.noun_phrases import NounPhrases
from turnstone.coding.place_words import Occurrence, PlaceWords, is_within
from turnstone.coding.places_of_report import STATE, Key, PlacesOfReport, key_of
from turnstone.records import Analysis, Article, Event, Participant, Place, Span

_FAR = (1, 2, 3, 5, 9, 17)  # sentences; where a step of what is told of them begins
_NEAR = (1, 2, 4)
_MANY = (1, 2, 3, 4, 6)  # likewise of numbers
_WIDTHS = {"point": 0, "city": 1, "": 1, "district": 2, "province": 3, "country": 4, STATE: 4, "region": 5}
_BACK = frozenset(
    "there here where city town village capital country state province region area island camp nation local".split()
)
"""Words that may take up a place told before."""
_LEAST_ODDS, _MOST_ODDS = -6, 6
_LEAD = 2  # sentences
_ABOVE = 4  # heads above a place at which another event is looked for


@dataclass(frozen=True, slots=True)
class _Asked:
    """An event with what is asked of it; `odds` is what `place_words` says of the places of its sentence, and the
    features that it said it of."""

    event: Event
    word: int
    lemma: str
    upos: str
    mode: str
    sentence: int
    determiner: str
    back: frozenset[str]
    states: tuple[frozenset[str], frozenset[str]]
    sector: str
    odds: dict[Place, tuple[float, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place by one of its mentions, the nearest to an event; `locus` says where that is told, `head` is the noun that
    carries its preposition, `cases` the words before it."""

    key: Key
    nearest: Place
    locus: str
    head: int | None
    cases: str
    relation: str


class LikelyPlaceWords:
    """The places of one report, to be asked of each of its `events`, in the order of their triggers; `odds` is what
    says of the places of a sentence whether an event is there."""

    def __init__(
        self, article: Article, analysis: Analysis, nouns: NounPhrases, clauses: Clauses, layout: Layout,
        places: PlacesOfReport, odds: LogOdds, events: Sequence[Event],
    ) -> None:  # fmt: skip
        self._text, self._analysis, self._tokens = article.text, analysis, analysis.tokens
        self._below, self._clauses, self._layout = nouns.below, clauses, layout
        self._places, self._odds = places, odds
        self._words = {event.id: clauses.word(event.trigger.start, event.trigger.end) for event in events}
        self._triggers = {word: event for event in events if (word := self._words[event.id]) is not None}
        self._told = [(event, key_of(event.place)) for event in events if event.place is not None]
        self._in_sentence: dict[Span, PlaceWords] = {}

    def features(self, event: Event) -> tuple[list[Place], list[tuple[str, ...]]]:
        """Each place of the report, of very many the nearest, by the mention to show, and what speaks for each."""
        own = self._of(event)
        if own is None:
            return [], []
        spots = [self._spot(own, key) for key in self._places.near(own.sentence)]
        return [self._shown(own, one) for one in spots], [tuple(self._all(own, one)) for one in spots]

    def _shown(self, own: _Asked, one: _Spot) -> Place:
        """The mention of a place to show, of a state rather by those who take part in the event itself."""
        given = (*own.event.actors, *own.event.recipients) if one.key[2] == STATE else ()
        told = (place for who in given for place in self._places.mentions[one.key] if is_within(place, (who,)))
        return self._places.shown(one.key, next(told, one.nearest), own.sentence)

    def _of(self, event: Event) -> _Asked | None:
        word = self._words[event.id]
        if word is None or not self._places.mentions:
            return None
        token, sentence = self._tokens[word], self._layout.sentence(event.trigger.start)
        first, end = self._analysis.sentences[sentence]
        below = (self._tokens[child] for child in self._below[word])
        return _Asked(
            event, word, token.lemma.lower(), token.upos, event.modes[0] if event.modes else "", sentence,
            next((child.lemma.lower() for child in below if child.relation == "det"), ""),
            frozenset(token.lemma.lower() for token in self._tokens[first:end]) & _BACK,
            (_states(event.actors), _states(event.recipients)),
            _sector(event.actors), self._odds_of(event, word),
        )  # fmt: skip

    def _odds_of(self, event: Event, word: int) -> dict[Place, tuple[float, tuple[str, ...]]]:
        words = self._of_sentence(event.evidence)
        features = words.features(
            Occurrence(word, event.event_type, event.quad, event.status, event.actors, event.recipients)
        )
        told = zip(words.places, self._odds(features) if features else (), features, strict=True)
        return {place: (odds, names) for place, odds, names in told}

    def _of_sentence(self, evidence: Span) -> PlaceWords:
        if evidence not in self._in_sentence:
            named = (place for mentions in self._places.named.values() for place in mentions)
            inside = [p for p in named if evidence.start <= p.start and p.end <= evidence.end]
            self._in_sentence[evidence] = PlaceWords(
                self._text, self._tokens, self._below, self._clauses, self._triggers, inside
            )
        return self._in_sentence[evidence]

    def _spot(self, own: _Asked, key: Key) -> _Spot:
        mentions, at = self._places.mentions[key], own.sentence
        same = [place for place in mentions if self._places.sentence(place) == at]
        before = [place for place in mentions if self._places.sentence(place) < at]
        if same:
            nearest, locus = max(same, key=lambda place: own.odds[place][0] if place in own.odds else -9.0), "same"
        elif before:
            nearest = before[-1]
            locus = f"before {_step(at - self._places.sentence(nearest), _FAR)}"
        else:
            nearest = mentions[0]
            locus = f"after {_step(self._places.sentence(nearest) - at, _FAR)}"
        head = self._clauses.place_word(nearest.start, nearest.end)
        relation = self._tokens[head].relation if head is not None else ""
        return _Spot(key, nearest, locus, head, self._cases(head), relation)

    def _all(self, own: _Asked, one: _Spot) -> Iterator[str]:
        asked = (
            self._where,
            self._by_sentence,
            self._sides,
            self._among,
            self._setting,
            self._beside,
            self._above,
            self._telling,
        )
        for names in asked:
            yield from names(own, one)

    def _where(self, own: _Asked, one: _Spot) -> Iterator[str]:
        """What the event is, and where the place is told."""
        event, locus, size = own.event, one.locus, one.key[2]
        kind, quad, status = event.event_type, event.quad, event.status
        yield f"quad {quad}"
        yield f"kind {kind}"
        yield f"kind {kind} {own.mode} {status}"
        for told in ("", f" {quad}", f" {kind}", f" {kind} {own.mode}", f" {quad} {status}", f" {size}"):
            yield f"locus {locus}{told}"
        yield f"locus {locus} {size} {quad}"
        yield f"locus {locus} {size} {kind}"
        yield f"locus {locus} {one.cases}"
        yield f"locus {locus} {one.cases} {quad}"
        yield f"lemma {own.lemma} {locus}"
        yield f"lemma {own.lemma} {size}"
        yield f"upos {own.upos} {locus} {quad}"

    def _by_sentence(self, own: _Asked, one: _Spot) -> Iterator[str]:
        """What is said of places of the event's own sentence."""
        if one.nearest not in own.odds:
            return
        odds, names = own.odds[one.nearest]
        whole = max(_LEAST_ODDS, min(_MOST_ODDS, int(odds // 1)))
        yield from (f"sentence {name}" for name in names)
        for told in ("", f" {own.event.quad}", f" {one.key[2]}"):
            yield f"odds {whole}{told}"

    def _sides(self, own: _Asked, one: _Spot) -> Iterator[str]:
        """How the place stands to those who take part, and its state to theirs."""
        event, (_, country, size), locus = own.event, one.key, one.locus
        kind, quad = event.event_type, event.quad
        role = self._role(own, one)
        for told in (quad, kind, f"{kind} {own.mode}", locus, f"{size} {quad}", own.lemma):
            yield f"role {role} {told}"
        for side, given in (("actor", event.actors), ("recipient", event.recipients)):
            for who in given:
                if role in (f"in {side}", f"of {side}") and is_within(one.nearest, (who,)):
                    head = self._clauses.word(who.start, who.end)
                    yield f"{role} {self._tokens[head].lemma.lower() if head is not None else ''}"
                    yield f"{role} {','.join(who.sectors)} {kind}"
                    yield f"{role} {one.relation} {one.cases} {kind}"
                    yield f"{role} {one.relation} {one.cases} {quad}"
        actors, recipients = own.states
        of = "".join(f" {country in states if states else '-'}" for states in own.states) if country else " nowhere"
        for told in (quad, kind, locus, f"{size} {quad}", f"{size} {kind} {own.mode}", len(actors | recipients) > 1):
            yield f"state{of} {told}"
        yield f"state{of} {len(actors | recipients) > 1} {quad}"
        for told in (quad, kind, locus):
            yield f"modifies {self._modifies(one)} {size} {role} {told}"
        yield f"sector {own.sector}{of} {kind}"
        yield f"sector {own.sector}{of} {role}"
        yield f"sector {own.sector}{of} {size} {quad}"
        yield f"sector {own.sector} {locus} {quad}"
        other = _sector(event.recipients)
        for told in (kind, f"{kind} {own.mode}", f"{kind} {role}", f"{size} {quad}"):
            yield f"sectors {own.sector} {other}{of} {told}"
        for told in (f"{size} {quad}", f"{role} {kind}", f"{role} {own.sector} {quad}", f"{own.sector}{of} {kind}"):
            yield f"country {country} {told}"

    def _role(self, own: _Asked, one: _Spot) -> str:
        """Whether one who takes part is the place, has it in their words or is of that state; "none" where neither."""
        found = "none"
        for side, given in (("actor", own.event.actors), ("recipient", own.event.recipients)):
            for who in given:
                for place in self._places.mentions[one.key]:
                    if not is_within(place, (who,)):
                        continue
                    before = self._text[who.start : place.start].strip().lower()
                    if one.key[2] != STATE and place.end == who.end and before in ("", "the"):
                        return f"is {side}"
                    found = f"of {side}" if one.key[2] == STATE else f"in {side}"
        return found

    def _modifies(self, one: _Spot) -> bool:
        """Whether the place is part of another noun's phrase, not a noun of its own: "Strelsau police"."""
        word = self._clauses.word(one.nearest.start, one.nearest.end)
        return word is not None and word != one.head

    def _among(self, own: _Asked, one: _Spot) -> Iterator[str]:
        """How the place stands among the places of the report."""
        key, (_, country, size), locus = one.key, one.key, one.locus
        quad, first = own.event.quad, self._places.mentions[one.key][0]
        many = _step(len(self._places.named), _MANY)
        others = sum(
            any(self._places.sentence(place) == own.sentence for place in mentions)
            for other, mentions in self._places.named.items()
            if other != key
        )
        rank = str(min(3, self._places.rank[key])) if key in self._places.rank else size
        yield f"many {many} {locus}"
        yield f"many {many} {locus} {quad}"
        yield f"others {min(3, others)} {locus}"
        yield f"others {min(3, others)} {locus} {size}"
        yield f"rank {rank} {locus}"
        yield f"rank {rank} {many}"
        yield f"first {all(first.start <= mentions[0].start for mentions in self._places.named.values())} {locus}"
        yield f"filed {first.end <= self._places.filed} {locus} {quad}"
        yield f"one state {len({other[1] for other in self._places.named if other[1]}) == 1} {size} {locus}"
        alike = [other for other in self._places.named if other != key and country and other[1] == country]
        smaller = [other for other in alike if _WIDTHS[other[2]] < _WIDTHS[size]]
        beside = any(
            self._places.sentence(place) == own.sentence for other in smaller for place in self._places.named[other]
        )
        yield f"smaller {min(2, len(smaller))} {beside} {locus} {size}"
        yield f"smaller {min(2, len(smaller))} {size} {quad}"
        yield f"larger {any(_WIDTHS[other[2]] > _WIDTHS[size] for other in alike)} {locus}"

    def _setting(self, own: _Asked, one: _Spot) -> Iterator[str]:
        """How its state, and the place, stand to what the whole report is about."""
        (_, country, size), locus, quad = one.key, one.locus, own.event.quad
        rank = str(min(2, self._places.rank_of_state.get(country, 3))) if country else "-"
        many = min(3, len(self._places.rank_of_state))
        lead = self._places.sentence(self._places.mentions[one.key][0]) < _LEAD
        for told in (size, locus, f"{size} {quad}", f"{size} {own.event.event_type}", f"{size} {locus}"):
            yield f"state rank {rank} {many} {told}"
        for told in (locus, size, f"{size} {quad}", f"{rank} {size}"):
            yield f"lead {lead} {told}"
        if self._places.filed_in:
            for told in (size, f"{size} {quad}", f"{locus} {size}"):
                yield f"filed in its state {country in self._places.filed_in} {told}"
        scene = self._places.scene(own.event.trigger.start)
        near = "none" if scene is None else "here" if scene == one.key else "state" if scene[1] == country else "else"
        for beside in (size, quad, locus, f"{size} {quad}"):
            yield f"scene {near} {beside}"

    def _beside(self, own: _Asked, one: _Spot) -> Iterator[str]:
        """Whether the events before and after it, and how many, are at the place."""
        event, locus = own.event, one.locus
        at = event.trigger.start
        before = [told for told in self._told if told[0].trigger.start < at]
        after = [told for told in self._told if told[0].trigger.start > at]
        for side, found in (("before", before[-1:]), ("after", after[:1])):
            if not found:
                yield f"event {side} none {locus}"
            for other, place in found:
                here, far = place == one.key, _step(abs(self._sentence_of(other) - own.sentence), _NEAR)
                near = here or (bool(place[1]) and place[1] == one.key[1])
                yield f"event {side} {here} {far}"
                yield f"event {side} {here} {far} {event.quad} {other.quad}"
                yield f"event {side} {here} {far} {event.event_type} {other.event_type}"
                yield f"event {side} {here} {near} {locus}"
                yield f"event {side} {here} {event.status} {other.status}"
                yield f"event {side} {here} {event.first_day == other.first_day} {far}"
        number = sum(place == one.key for other, place in self._told if other is not event)
        yield f"events {min(3, number)} {min(4, len(self._told))}"
        yield f"events {min(3, number)} {locus}"
        yield f"events {number > 0} {bool(self._told)} {event.quad}"

    def _above(self, own: _Asked, one: _Spot) -> Iterator[str]:
        """What the place is told of."""
        if one.head is None:
            return
        quad, same = own.event.quad, one.locus == "same"
        yield f"relation {one.relation} {one.cases} {one.locus} {one.key[2]}"
        over = self._tokens[one.head].head
        if over >= 0:
            lemma = self._tokens[over].lemma.lower()
            yield f"over {lemma} {one.cases} {same}"
            yield f"over {lemma} {one.relation} {quad}"
            yield f"over {self._tokens[over].upos} {one.relation} {one.locus}"
        for word in self._clauses.above(one.head)[1 : 1 + _ABOVE]:
            if word in self._triggers and word != own.word:
                other = self._triggers[word]
                yield f"under {other.event_type} {own.event.event_type} {one.locus}"
                yield f"under {other.quad} {quad} {one.locus} {one.cases}"
                return

    def _telling(self, own: _Asked, one: _Spot) -> Iterator[str]:
        """How the event is told."""
        event, locus, size = own.event, one.locus, one.key[2]
        for word in sorted(own.back) or ("none",):
            yield f"back {word} {locus}"
            yield f"back {word} {locus} {size}"
        paragraph = self._layout.paragraph
        yield f"determiner {own.determiner} {locus} {own.upos}"
        long = _step(len(self._analysis.sentences), _FAR)
        yield f"sentence {min(own.sentence, 3)} {locus}"
        yield f"sentences {long} {locus}"
        yield f"sentences {long} {locus} {event.quad}"
        yield f"sentences {long} {size} {event.quad}"
        yield f"whole {self._analysis.is_whole_article} {locus} {event.quad}"
        yield f"paragraph {paragraph(one.nearest.start) == paragraph(event.trigger.start)} {locus}"
        yield f"said True {locus} {event.quad}"  # the table was counted so, whoever says it

    def _sentence_of(self, event: Event) -> int:
        return self._layout.sentence(event.trigger.start)

    def _cases(self, word: int | None) -> str:
        below = (self._tokens[child] for child in (self._below[word] if word is not None else ()))
        return " ".join(sorted(child.lemma.lower() for child in below if child.relation == "case"))


def _sector(given: Sequence[Participant]) -> str:
    return ",".join(given[0].sectors[:1]) if given else "-"


def _states(given: Sequence[Participant]) -> frozenset[str]:
    return frozenset(who.country for who in given if who.country)


def _step(number: int, steps: Sequence[int]) -> int:
    return bisect_right(steps, number)
