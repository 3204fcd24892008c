"""From noun phrases to participants: what the mentions in them say they stand for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from turnstone.records import Analysis, Mention, Participant, Span

_CORE = frozenset({"flat", "compound", "appos", "nmod:desc", "goeswith"})
_BESIDE = frozenset({"nmod:poss", "nmod", "compound", "amod", "nmod:desc", "obl:unmarked"})
# what is there is not thereby the state's or its government's: "a village in Ruritania", "a suburb of Strelsau"
_WHERE = frozenset({"in", "at", "near", "outside", "around", "across", "inside", "within", "throughout", "on"})


class Cast:
    """Looks up who a noun phrase of one article stands for."""

    def __init__(self, text: str, analysis: Analysis, mentions: Sequence[Mention]) -> None:
        self._text = text
        self._tokens = analysis.tokens
        self._starts = [token.start for token in analysis.tokens]
        self._mentions = sorted(mentions, key=lambda m: (m.start, m.end))
        self._begins = [mention.start for mention in self._mentions]
        self._longest = max((mention.end - mention.start for mention in mentions), default=0)

    def of(self, span: Span) -> tuple[Participant, ...]:
        """The participants that the words of `span` name: one, or several for "both leaders"; never none.

        The mention that holds the phrase's head word decides; a phrase headed by a thing ("Kyiv's offices") stands for
        whom it belongs to. Words that nothing is known of are a participant by their words alone.
        """
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        if first >= last:
            return (self._unknown(span),)
        head = self.head(first, last)
        begun = self._begun(span.start, span.end)
        exact = [m for m in begun if (m.start, m.end) == (span.start, span.end)]
        if len(exact) > 1:
            return _distinct([self._known(span, m) for m in exact])
        inside = [m for m in begun if m.end <= span.end]
        token = self._tokens[head]
        holding = [m for m in inside if m.start <= token.start and token.end <= m.end]
        if not any(m.country or m.entity_id for m in holding):
            holding += [m for m in begun if self._wider(m, span, head)]
        known = [m for m in holding if m.country or m.entity_id] or holding
        if known:
            widest = max(m.end - m.start for m in known)
            same = [m for m in known if m.end - m.start == widest]
            if (titled := self._titled_behind(span, same[0], inside)) is not None:
                return (self._known(span, replace(titled, country=titled.country or same[0].country)),)
            return _distinct([self._known(span, m) for m in same])
        if bearer := self._bearer(span, head) or self._titled(inside, head):
            return (self._known(span, bearer),)
        beside = [m for m in inside if m.country and self._tokens[self._head_of(m)].relation in _BESIDE | _CORE]
        if joined := self._joined(beside, inside):
            return tuple(replace(self._unknown(span), country=country) for country in joined)
        if len({(m.entity_id, m.country) for m in beside}) == 1 and self._owns(beside[0], head):
            return (self._known(span, beside[0], of_thing=True),)
        if len({m.country for m in beside}) == 1:
            return (replace(self._unknown(span), country=beside[0].country),)
        return (self._unknown(span),)

    def described(self, description: Span, name: Span, span: Span) -> Participant:
        """Whom the words of `span` stand for, where some of them describe somebody and others are the name: who is
        named, with what the description tells where nothing is known of the name."""
        whole, named, told = self.of(span)[0], self.of(name)[0], self.of(description)[0]
        if named.entity_id:
            known = whole if whole.entity_id == named.entity_id else named
            return replace(known, start=span.start, end=span.end)
        country, sectors = named.country or told.country, named.sectors or told.sectors
        return Participant(span.start, span.end, named.name, "", country, sectors)

    def _titled_behind(self, span: Span, body: Mention, inside: Sequence[Mention]) -> Mention | None:
        """The one with a title right behind a body's or state's name that the phrase begins with, whatever word the
        tree has for its head: "Assembly of Ruritania Speaker Ada Obi"."""
        if body.kind not in ("ORG", "GPE") or body.end == span.end:
            return None
        people = [m for m in inside if m.kind == "PER" and m.end == span.end]
        titles = [m for m in inside if m.end == span.end and self._text[body.end : m.start] == " "]
        behind = [title for title in titles for person in people if title.start < person.start]
        return behind[0] if behind else None

    def _joined(self, beside: Sequence[Mention], inside: Sequence[Mention]) -> list[str]:
        """The several states to which one thing belongs together: "French and Malian jets"; none otherwise."""
        told = {m.country for m in beside}
        for one in beside:
            place = self._head_of(one)
            together = [m for m in beside if (m.start, m.end) == (one.start, one.end)]
            for other in inside:
                token = self._tokens[self._head_of(other)]
                people = other.basis.startswith("people of ")  # not "trials in Ruritania, Sylvanians"
                if other.country and not people and token.relation == "conj" and token.head == place:
                    together.append(other)
            countries = list(dict.fromkeys(m.country for m in together))
            if len(countries) > 1 and told <= set(countries):
                return countries
        return []

    def _owns(self, mention: Mention, head: int) -> bool:
        """Whether a thing is that of a state or body that is named with it, and not only in a place of that name: not
        "a village in Ruritania", and of a capital only "Strelsau's offices"."""
        at = self._head_of(mention)
        own = self._tokens[at].relation
        for _ in range(5):
            if at == head or at < 0:
                break
            if self._tokens[at].relation == "nmod":
                near = range(max(0, at - 10), at)
                cases = {self._tokens[i].lemma.lower() for i in near if self._tokens[i].head == at}
                if cases & _WHERE or ("from" in cases and mention.kind != "ORG"):
                    return False
            at = self._tokens[at].head
        return own == "nmod:poss" or not mention.basis.startswith("capital of")

    def _begun(self, first: int, last: int) -> list[Mention]:
        """The mentions that begin between two offsets, or at one of them."""
        return self._mentions[bisect_left(self._begins, first) : bisect_right(self._begins, last)]

    def head(self, first: int, last: int) -> int:
        """The word of the tokens [first, last) whose head lies outside them."""
        outside = [i for i in range(first, last) if not first <= self._tokens[i].head < last]
        nominal = [i for i in outside if self._tokens[i].upos in ("NOUN", "PROPN", "PRON")]
        return (nominal or outside or [last - 1])[0]

    def _bearer(self, span: Span, head: int) -> Mention | None:
        """The person whose name the words are part of ("Trump" of "Donald Trump"), or what else has the same head and a
        longer name ("Nations" of "United Nations")."""
        around = [
            m
            for m in self._begun(span.start - self._longest, span.start)
            if span.end <= m.end and (m.country or m.entity_id) and (m.kind == "PER" or self._head_of(m) == head)
        ]
        return min(around, key=lambda m: (m.end - m.start, m.start), default=None)

    def _titled(self, inside: Sequence[Mention], head: int) -> Mention | None:
        """The person whose name comes right after a head word that is a title: "Rep. Ada Obi of Zenda", where the tree
        does not join the two."""
        after = self._starts[head + 1] if head + 1 < len(self._starts) else -1
        if self._tokens[head].upos != "PROPN":
            return None
        return next((m for m in inside if m.kind == "PER" and m.start == after), None)

    def _wider(self, mention: Mention, span: Span, head: int) -> bool:
        """Whether a mention that begins as the span and goes on ("the rebel group MRTA") has the same head."""
        return mention.start == span.start and mention.end > span.end and self._head_of(mention) == head

    def _head_of(self, mention: Mention) -> int:
        first = bisect_left(self._starts, mention.start)
        return self.head(first, max(first + 1, bisect_left(self._starts, mention.end)))

    def _known(self, span: Span, mention: Mention, of_thing: bool = False) -> Participant:
        words = self._text[span.start : span.end]
        name = mention.name or self._text[mention.start : mention.end]
        if of_thing and mention.kind == "OTHER":
            name = words
        return Participant(span.start, span.end, name, mention.entity_id, mention.country, mention.sectors)

    def _unknown(self, span: Span) -> Participant:
        return Participant(span.start, span.end, self._text[span.start : span.end])


def _distinct(found: list[Participant]) -> tuple[Participant, ...]:
    return tuple(dict.fromkeys(found))


def identity(participant: Participant) -> tuple[str, ...]:
    """What tells participants apart: the entity where known, else country and sectors, else the words; two of one
    country of whom no more is known are two."""
    if participant.entity_id:
        return ("entity", participant.entity_id)
    if participant.country:
        return ("country", participant.country, *(participant.sectors or (participant.name.lower(),)))
    return ("words", participant.name.lower())


def identities(participants: Iterable[Participant]) -> frozenset[tuple[str, ...]]:
    """What tells some participants from others."""
    return frozenset(map(identity, participants))
