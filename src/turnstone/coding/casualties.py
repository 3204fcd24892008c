"""The dead and hurt of an attack, whom the words of its harm tell: "killing three and wounding ten others"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from turnstone.coding.clauses import Clauses
from turnstone.coding.noun_phrases import NounPhrases
from turnstone.coding.status import DONE
from turnstone.coding.words_of_harm import DIE, HARM
from turnstone.records import Analysis, Proposal, Span

# whom fighting harms is told by its sides
_FIGHTING = frozenset(
    "battle clash clashes combat confrontation exchange fight fighting firefight gunbattle gunfight shootout skirmish "
    "war".split()
)
_HURT = frozenset({"NOUN", "PROPN", "NUM", "ADJ"})
# who is counted by what was done to them: "three killed and ten wounded"
_COUNTED = frozenset({"wounded", "injured", "hurt", "dead"})
_ATTACKS = frozenset(
    "ambush assault attack blast bomb bombardment bombing explosion incident raid shelling shooting strike".split()
)
_NEAR = 60  # words behind a verb
# how a noun hangs on another one that tells the same attack: "a series of attacks", "attacks and bombings"
_OF_NOUN = frozenset({"nmod", "conj", "compound"})


def with_casualties(analysis: Analysis, least_confidence: float) -> Analysis:
    """The analysis, its proposals of attacks with those whom they harm among the recipients.

    The sentence after an attack tells something of its own where a proposal in it has at least this confidence, as only
    such become events.
    """
    told = [proposal for proposal in analysis.proposals if proposal.types[0][1] >= least_confidence]
    return replace(analysis, proposals=tuple(map(_Casualties(analysis, told).added, analysis.proposals)))


class _Casualties:
    """Looks for whom the attacks of one article harm; `told` are all proposals that become events."""

    def __init__(self, analysis: Analysis, told: Sequence[Proposal]) -> None:
        self._tokens = analysis.tokens
        self._phrases = NounPhrases(analysis.tokens)
        self._children = self._phrases.below
        self._clauses = Clauses(analysis.tokens)
        self._sentences = analysis.sentences
        self._told: dict[int, list[Proposal]] = {}  # by sentence
        for proposal in told:
            self._told.setdefault(self._sentence(proposal.trigger), []).append(proposal)

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
            head
            for verb in (*self._verbs(trigger), *self._told_next(proposal))
            for harm in self._joined(verb)
            for head in self._harmed(harm)
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
                passive = self._passive(over) or tokens[over].lemma in DIE
                if passive == (relation != "nsubj"):
                    yield over
            if over >= 0 and relation in ("nsubj", "obj", "nsubj:pass"):
                yield from self._told_after(over)
            yield from self._that_harm(trigger)
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
        yield from self._told_with(verb)

    def _told_with(self, verb: int) -> Iterator[int]:
        """The participles of harm that "with" adds behind a verb: "ten died in a raid, with six others wounded"."""
        for k in range(verb + 1, min(len(self._tokens), verb + _NEAR)):
            if self._is_harm(k) and self._subjects(k) and "with" in self._clauses.introduced(k):
                over = (at for at in self._clauses.above(k)[1:] if self._tokens[at].upos == "VERB")
                if next(over, None) == verb:
                    yield k

    def _that_harm(self, noun: int) -> Iterator[int]:
        """The verbs of "a raid that killed ten", "a raid on a camp, which left ten dead"."""
        for at in (noun, *(k for k in self._children[noun] if self._tokens[k].relation == "nmod")):
            for k in self._children[at]:
                words = {self._tokens[c].lemma.lower() for c in self._subjects(k)}
                that = words & ({"which", "that"} if at == noun else {"which"})
                if that and self._tokens[k].relation == "acl:relcl" and self._is_harm(k) and not self._passive(k):
                    yield k

    def _told_next(self, proposal: Proposal) -> Iterator[int]:
        """The verb of harm of the sentence after an attack's, where that tells nothing else and the attack's no other:
        "Rebels storm a post. Ten are killed.", "... The raid left ten dead." """
        number = self._sentence(proposal.trigger)
        if number + 1 >= len(self._sentences) or proposal.statuses[0][0] not in DONE:
            return
        attacks = [told for told in self._told.get(number, ()) if told.types[0][0] == "ASSAULT"]
        if attacks != [proposal] or number + 1 in self._told:
            return
        for verb in range(*self._sentences[number + 1]):
            if self._tokens[verb].head < 0 and self._is_harm(verb) and self._takes_up(verb):
                yield verb

    def _sentence(self, word: int) -> int:
        return bisect_right(self._sentences, (word, len(self._tokens))) - 1

    def _takes_up(self, verb: int) -> bool:
        """Whether a verb of harm tells of no other place, time or deed than the attack told before, and not of all that
        have died by now ("have been killed")."""
        for k in self._children[verb]:
            relation, lemma = self._tokens[k].relation.split(":")[0], self._tokens[k].lemma.lower()
            the = any(self._tokens[c].lemma.lower() in ("the", "this") for c in self._children[k])
            if relation in ("obl", "advcl") or (relation == "nsubj" and lemma in _ATTACKS):
                if not (the and lemma in _ATTACKS):
                    return False
            elif relation == "advmod" or lemma == "have" or (relation == "nsubj" and not self._is_told_of_harmed(verb)):
                return False
        return True

    def _is_told_of_harmed(self, verb: int) -> bool:
        """Whether a verb's subject is who is harmed."""
        return self._passive(verb) or self._tokens[verb].lemma in DIE

    def _subjects(self, verb: int) -> list[int]:
        return [k for k in self._children[verb] if self._tokens[k].relation == "nsubj"]

    def _joined(self, verb: int) -> Iterator[int]:
        """A verb of harm and those that "and" joins with it."""
        first = verb
        while self._tokens[first].relation == "conj" and self._is_harm(self._tokens[first].head):
            first = self._tokens[first].head
        pending = [first]
        while pending:
            one = pending.pop(0)
            yield one
            yield from self._told_with(one)
            pending += [k for k in self._children[one] if self._tokens[k].relation == "conj" and self._is_harm(k)]

    def _harmed(self, verb: int) -> Iterator[int]:
        """The heads of those whom a verb says to be harmed, with those that "and" joins."""
        below = self._children[verb]
        own = [k for k in below if self._tokens[k].relation in ("obj", "nsubj:pass")]
        added = self._tokens[verb].relation == "conj" or "with" in self._clauses.introduced(verb)
        if not own and (self._tokens[verb].lemma in DIE or added):
            own = self._subjects(verb)
        yield from (k for k in below if self._is_counted(k))
        for one in own:
            yield one
            yield from (k for k in self._children[one] if self._tokens[k].relation == "conj")

    def _is_counted(self, word: int) -> bool:
        """Whether a word is "wounded" in "three killed and ten wounded"."""
        token = self._tokens[word]
        numbered = any(self._tokens[k].upos == "NUM" for k in self._children[word])
        return token.relation == "conj" and token.upos in ("ADJ", "NOUN") and token.lemma in _COUNTED and numbered

    def _is_harm(self, word: int) -> bool:
        lemma = self._tokens[word].lemma.lower()
        if self._tokens[word].upos != "VERB":
            return False
        return lemma in HARM | DIE or (lemma == "leave" and any(self._is_state(k) for k in self._children[word]))

    def _is_state(self, word: int) -> bool:
        """Whether a word is "dead" in "left five dead"."""
        return self._tokens[word].relation == "xcomp" and self._tokens[word].lemma.lower() in HARM | {"dead"}

    def _is_somebody(self, head: int) -> bool:
        none = any(self._tokens[k].lemma.lower() == "no" for k in self._children[head])  # "no civilians"
        return self._tokens[head].upos in _HURT and not none

    def _passive(self, verb: int) -> bool:
        return any(self._tokens[k].relation in ("nsubj:pass", "aux:pass") for k in self._children[verb])
