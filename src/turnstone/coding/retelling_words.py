"""What words, tree and the telling of an article say of whether an event is one that it has told before.

Articles come back to what they have told: "Haas attacked the minister" is later "his attack", "the criticism", "Haas
went on to say". A small table that was counted on annotated articles says what speaks for that
(`Model.retellings`); here are the names of the features that it is asked of.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from turnstone.coding.clauses import Clauses
from turnstone.coding.layout import Layout
from turnstone.coding.participants import identities, identity
from turnstone.coding.tenses import tense_of
from turnstone.day_basis import OWN, standing_of
from turnstone.records import Analysis, Attribution, Event, Participant

_NEW = frozenset({"a", "an", "another", "any"})
"""With these a noun mostly brings up something new (`training/LOG.md`, fifteenth month)."""
_MOST = 24  # events before one that are asked for, the nearest
_FAR = (1, 2, 3, 5, 9, 17)  # sentences or paragraphs; where a step of what is told of them begins
_MANY = (1, 2, 3, 5, 9)  # likewise of numbers
_CONTENT = frozenset({"NOUN", "VERB", "PROPN", "ADJ", "NUM"})
_DEEP = 4  # heads above a word at which a trigger that it stands under is looked for

_Who = frozenset[tuple[str, ...]]
_Sides = tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Seen:
    """An event with what is asked of it: its word, where it stands, by whom and to whom it is as far as told, by
    identity, last names and states, and the other words of its sentence and those under its own."""

    event: Event
    word: int
    lemma: str
    upos: str
    tense: str
    determiner: str
    sentence: int
    paragraph: int
    actors: _Who
    recipients: _Who
    called: _Sides
    states: _Sides
    around: frozenset[str]
    below: frozenset[str]


class RetellingWords:
    """The events of one article, to be asked in the order of their triggers.

    `children` are the words below each word.
    """

    def __init__(
        self, text: str, analysis: Analysis, children: Sequence[Sequence[int]], clauses: Clauses,
        layout: Layout, attributions: Sequence[Attribution], events: Sequence[Event],
    ) -> None:  # fmt: skip
        self._text, self._analysis, self._children = text, analysis, children
        self._tokens, self._clauses, self._attributions = analysis.tokens, clauses, attributions
        self._layout = layout
        self._number = Counter(event.event_type for event in events)
        self._seen = {event.id: seen for event in events if (seen := self._of(event)) is not None}

    def choices(self, event: Event, earlier: Sequence[Event]) -> list[Event]:
        """Those of some earlier events that it may tell again: the nearest of its type."""
        own = self._seen.get(event.id)
        if own is None or own.determiner in _NEW:
            return []
        same = [one for one in earlier if one.event_type == event.event_type and one.id in self._seen]
        return same[-_MOST:]

    def features(self, event: Event, choices: Sequence[Event]) -> list[tuple[str, ...]]:
        """The names of what speaks for the event being each of the choices."""
        own = self._seen[event.id]
        return [tuple(self._of_both(own, self._seen[one.id], len(choices) - 1 - k)) for k, one in enumerate(choices)]

    def _of(self, event: Event) -> _Seen | None:
        word = self._clauses.word(event.trigger.start, event.trigger.end)
        if word is None:
            return None
        token = self._tokens[word]
        sentence = self._layout.sentence(token.start)
        first, last = self._analysis.sentences[sentence]
        taking_part = [*event.actors, *event.recipients]
        around = {
            k for k in range(first, last)
            if k != word and self._tokens[k].upos in _CONTENT
            and not any(p.start <= self._tokens[k].start < p.end for p in taking_part)
        }  # fmt: skip
        return _Seen(
            event, word, token.lemma.lower(), token.upos,
            tense_of(word, self._text, self._tokens, self._children), self._determiner_of(word),
            sentence, self._layout.paragraph(token.start),
            identities(event.actors), identities(event.recipients),
            (_last_names(event.actors), _last_names(event.recipients)),
            (_states(event.actors), _states(event.recipients)),
            self._lemmas(around), self._lemmas({k for k in around if word in self._clauses.above(k)[:_DEEP]}),
        )  # fmt: skip

    def _lemmas(self, words: set[int]) -> frozenset[str]:
        return frozenset(self._tokens[k].lemma.lower() for k in words)

    def _determiner_of(self, word: int) -> str:
        """What stands before a noun: "the", "his"; "whose" for a name in the genitive ("Haas's"), "named" for one
        beside it ("Haas raids"), "none", and "verb" for what is none."""
        if self._tokens[word].upos == "VERB":
            return "verb"
        for k in self._children[word]:
            relation = self._tokens[k].relation
            if relation in ("det", "nmod:poss"):
                return self._tokens[k].lemma.lower() if self._tokens[k].upos in ("DET", "PRON") else "whose"
        return "named" if any(self._tokens[k].upos == "PROPN" for k in self._children[word]) else "none"

    def _of_both(self, own: _Seen, other: _Seen, nearer: int) -> Iterator[str]:
        """Of an event and an earlier one; `nearer` choices stand between them."""
        kind, same, pos = own.event.event_type, own.lemma == other.lemma, f"{own.upos} {other.upos}"
        far = f"far {bisect_right(_FAR, own.sentence - other.sentence)}"
        called = _of_sides(own.called, other.called)
        yield "an earlier one"
        yield from _with(f"kind {kind}", pos, same)
        yield f"pos {pos} {same}"
        yield f"lemmas {other.lemma} {own.lemma}"
        yield f"lemma {own.lemma} {own.determiner}"
        yield from _with(f"article {own.determiner}", kind, same, called, far, f"its {other.determiner}")
        yield from _with(f"relation {self._tokens[own.word].relation}", own.upos, same, called)
        yield from self._who(own, other, kind, same, pos, far, called)
        yield from _with(far, kind, same, pos)
        yield from _with(f"apart {bisect_right(_FAR, own.paragraph - other.paragraph)}", same, called)
        yield from _with(f"nearer {min(nearer, 4)}", same, called)
        yield from _with(f"lead {min(other.paragraph, 3)} {min(own.paragraph, 3)}", same, called)
        yield from _with(f"status {other.event.status} {own.event.status}", kind, called)
        yield f"tense {other.tense} {own.tense}"
        yield f"tense {own.tense} {same}"
        yield from _with(f"days {self._days(own.event, other.event)}", called)
        yield f"place {self._place(own.event, other.event)}"
        modes = _relation(frozenset(own.event.modes), frozenset(other.event.modes))
        yield from _with(f"modes {modes}", kind, called)
        yield from _with(f"said {self._said(own.event, other.event)}", kind, called)
        yield from _with(f"shared {bisect_right(_MANY, len(own.around & other.around))}", same, called, far)
        below = f"below {bisect_right(_MANY, len(own.below & other.below))}"
        yield from _with(below, bool(own.below), kind, f"{same} {called}")
        yield from _with(f"many {bisect_right(_MANY, self._number[kind])}", called)
        for k in self._children[own.word]:
            if self._tokens[k].upos == "ADV" or self._tokens[k].relation == "amod":
                yield f"beside {self._tokens[k].lemma.lower()}"

    def _who(
        self, own: _Seen, other: _Seen, kind: str, same: bool, pos: str, far: str, called: str
    ) -> Iterator[str]:  # fmt: skip
        """Of who takes part in both: by identity, by last names, by states, and one side by the other of the other."""
        actors, recipients = _relation(own.actors, other.actors), _relation(own.recipients, other.recipients)
        yield f"actors {actors}"
        yield f"recipients {recipients}"
        yield from _with(f"sides {actors} {recipients}", kind, same, pos, far)
        yield from _with(f"called {called}", kind, same, far, own.upos)
        yield from _with(f"states {_of_sides(own.states, other.states)}", kind, same, far)
        yield f"crossed {_of_sides(own.called, other.called[::-1])}"

    def _days(self, own: Event, other: Event) -> str:
        """Whether their days are the same, and of how many of the two a sentence of its own tells the day."""
        same = (own.first_day, own.last_day) == (other.first_day, other.last_day)
        told = sum(standing_of(one.date_basis) == OWN for one in (own, other))
        return f"{same} {told}"

    def _place(self, own: Event, other: Event) -> str:
        if own.place is None or other.place is None:
            return f"{own.place is None} {other.place is None}"
        return f"told {own.place.name == other.place.name} {own.place.country == other.place.country}"

    def _said(self, own: Event, other: Event) -> str:
        """On whose words both are told: in the same statement, by the same speaker, or otherwise."""
        if own.attribution < 0 or other.attribution < 0:
            return f"{own.attribution < 0} {other.attribution < 0}"
        if own.attribution == other.attribution:
            return "in one"
        speakers = [self._attributions[one.attribution].speaker for one in (own, other)]
        return f"by one {len({identity(one) for one in speakers if one}) == 1 and None not in speakers}"


def _last_names(participants: Sequence[Participant]) -> frozenset[str]:
    return frozenset(one.name.lower().split()[-1] for one in participants if one.name.split())


def _states(participants: Sequence[Participant]) -> frozenset[str]:
    return frozenset(one.country for one in participants if one.country)


def _of_sides(own: _Sides, other: _Sides) -> str:
    """What actors have in common with actors, and recipients with recipients."""
    return " ".join(_relation(one, another) for one, another in zip(own, other, strict=True))


def _with(name: str, *others: object) -> Iterator[str]:
    """A name by itself, and with each of others."""
    yield name
    for other in others:
        yield f"{name} {other}"


def _relation(own: frozenset[object], other: frozenset[object]) -> str:
    """In a word, what two sets have in common."""
    if not own or not other:
        return "both none" if own == other else "none" if not own else "its none"
    if own == other:
        return "same"
    return "part" if own < other else "more" if other < own else "some" if own & other else "others"
