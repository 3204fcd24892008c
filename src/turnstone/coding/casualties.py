"""The dead and hurt of an attack, whom the words of its harm tell: "killing three and wounding ten others"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from turnstone.coding.clauses import Clauses
from turnstone.coding.noun_phrases import NounPhrases
from turnstone.records import Analysis, Proposal, Span

_HARMS = frozenset("kill injure wound hurt slay".split())
_DIE = frozenset({"die"})
# whom fighting harms is told by its sides
_FIGHTING = frozenset(
    "battle clash clashes combat confrontation exchange fight fighting firefight gunbattle gunfight shootout skirmish "
    "war".split()
)
_HURT = frozenset({"NOUN", "PROPN", "NUM", "ADJ"})
# how a noun hangs on another one that tells the same attack: "a series of attacks", "attacks and bombings"
_OF_NOUN = frozenset({"nmod", "conj", "compound"})


class Casualties:
    """Looks for whom the attacks of one article harm."""

    def __init__(self, analysis: Analysis, phrases: NounPhrases, clauses: Clauses) -> None:
        self._tokens = analysis.tokens
        self._phrases = phrases
        self._children = self._phrases.below
        self._clauses = clauses

    def added(self, proposal: Proposal) -> Proposal:
        """A proposal with those whom its attack harms among its recipients."""
        return replace(proposal, recipients=(*proposal.recipients, *self.of(proposal)))

    def of(self, proposal: Proposal) -> list[Span]:
        """The phrases of those whom the words around an attack's trigger say it killed or hurt."""
        trigger = proposal.trigger
        if proposal.types[0][0] != "ASSAULT" or self._tokens[trigger].lemma.lower() in _FIGHTING:
            return []
        known = (*proposal.actors, *proposal.recipients)
        heads = dict.fromkeys(
            head for verb in self._verbs(trigger) for harm in self._joined(verb) for head in self._harmed(harm)
        )
        spans = [self._phrases.around(head) for head in heads if head != trigger and self._is_somebody(head)]
        return [span for span in spans if not any(one.start < span.end and span.start < one.end for one in known)]

    def _verbs(self, trigger: int) -> Iterator[int]:
        """The verbs that tell the harm of a trigger."""
        tokens = self._tokens
        at = trigger
        while tokens[at].upos == "NOUN" and tokens[at].relation in _OF_NOUN and tokens[at].head >= 0:
            at = tokens[at].head
        over, relation = tokens[at].head, tokens[at].relation
        if tokens[trigger].upos == "NOUN":
            if over >= 0 and relation in ("nsubj", "obl", "obl:agent") and self._is_harm(over):
                passive = self._passive(over) or tokens[over].lemma in _DIE
                if passive == (relation != "nsubj"):
                    yield over
            if over >= 0 and relation in ("nsubj", "obj", "nsubj:pass"):
                yield from self._told_after(over)
        else:
            if self._is_harm(trigger):
                yield trigger
            yield from self._told_after(trigger)
            if over >= 0 and relation == "advcl" and self._is_harm(over) and self._passive(over):
                yield over

    def _told_after(self, verb: int) -> Iterator[int]:
        """The participles of harm behind a verb: "stormed the post, killing three"."""
        for k in self._children[verb]:
            bare = not any(self._tokens[c].relation in ("mark", "nsubj", "nsubj:pass") for c in self._children[k])
            if k > verb and self._tokens[k].relation == "advcl" and self._is_harm(k) and bare:
                yield k

    def _joined(self, verb: int) -> Iterator[int]:
        """A verb of harm and those that "and" joins with it."""
        first = verb
        while self._tokens[first].relation == "conj" and self._is_harm(self._tokens[first].head):
            first = self._tokens[first].head
        pending = [first]
        while pending:
            one = pending.pop(0)
            yield one
            pending += [k for k in self._children[one] if self._tokens[k].relation == "conj" and self._is_harm(k)]

    def _harmed(self, verb: int) -> Iterator[int]:
        """The heads of those whom a verb says to be harmed, with those that "and" joins."""
        below = self._children[verb]
        own = [k for k in below if self._tokens[k].relation in ("obj", "nsubj:pass")]
        if not own and (self._tokens[verb].lemma in _DIE or self._tokens[verb].relation == "conj"):
            own = [k for k in below if self._tokens[k].relation == "nsubj"]
        for one in own:
            yield one
            yield from (k for k in self._children[one] if self._tokens[k].relation == "conj")

    def _is_harm(self, word: int) -> bool:
        lemma = self._tokens[word].lemma.lower()
        if self._tokens[word].upos != "VERB":
            return False
        return lemma in _HARMS | _DIE or (lemma == "leave" and any(self._is_state(k) for k in self._children[word]))

    def _is_state(self, word: int) -> bool:
        """Whether a word is "dead" in "left five dead"."""
        return self._tokens[word].relation == "xcomp" and self._tokens[word].lemma.lower() in _HARMS | {"dead"}

    def _is_somebody(self, head: int) -> bool:
        none = any(self._tokens[k].lemma.lower() == "no" for k in self._children[head])  # "no civilians"
        return self._tokens[head].upos in _HURT and not none

    def _passive(self, verb: int) -> bool:
        return any(self._tokens[k].relation in ("nsubj:pass", "aux:pass") for k in self._children[verb])
