"""Who takes part in an event on a side for which the network names nobody, where the tree tells it: whose the deed is
that is condemned, the place that is struck, whose rockets strike, who is convicted of an attack, who leads a march."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from turnstone.coding.clauses import CIRCUMSTANCE, Clauses
from turnstone.coding.noun_phrases import NounPhrases
from turnstone.records import Analysis, DateMention, Mention, Proposal, Span

# what is said or done against a deed is against whose it is
_AGAINST_DEEDS = frozenset({"ACCUSE", "REJECT", "PROTEST"})
_ABOUT_DEEDS = frozenset({"of", "against", "over", "about", "at"})
_NAMING = frozenset({"NOUN", "PROPN"})
_GUILT = frozenset(
    "accuse blame charge convict execute extradite hang indict jail prosecute responsible guilty sentence suspect try "
    "wanted".split()
)
# what is said of a deed with the one who does it: "an offensive led by", "an inquiry opened by"
_DOING = frozenset(
    "announce bring call carry commit conduct file hold impose issue launch lead make mount open order organise "
    "organize perpetrate stage start undertake wage".split()
)
# how a deed hangs on the word of guilt
_LEADING_TO_DEED = frozenset({"xcomp", "advcl", "obl", "nmod", "conj", "acl"})
# what may stand between them: "for his role in the raid", "to ten years for the raid", but not "for a report on it"
_OF_PART = frozenset(
    "involvement involve role part participation participate connection connect link plan plot order organise organize "
    "commit carry offence offense charge crime kill murder year prison imprisonment jail life death term".split()
)
# what somebody sends who is elsewhere
_SENT = frozenset("rocket missile shell mortar drone torpedo artillery".split())
_DONE_TO_OTHERS = frozenset("massacre bombing ambush kidnapping abduction insurgency".split())
_BESIDE = frozenset({"compound", "amod", "nmod:poss", "nmod:desc", "nmod:unmarked"})
_FARTHEST = 4


class MissingParticipants:
    """Looks for those of one article's events whom the network does not name."""

    def __init__(
        self,
        analysis: Analysis,
        mentions: Sequence[Mention],
        dates: Sequence[DateMention],
        phrases: NounPhrases,
        clauses: Clauses,
    ) -> None:
        self._tokens = analysis.tokens
        self._phrases = phrases
        self._children = self._phrases.below
        self._clauses = clauses
        starts = [token.start for token in analysis.tokens]
        self._of_state = {
            k for m in mentions if m.country for k in range(bisect_left(starts, m.start), bisect_left(starts, m.end))
        }
        self._of_group = {
            k
            for m in mentions
            if m.entity_id and m.sectors[:1] == ("REB",)
            for k in range(bisect_left(starts, m.start), bisect_left(starts, m.end))
        }
        self._dated = {k for d in dates for k in range(bisect_left(starts, d.start), bisect_left(starts, d.end))}

    def added(self, proposal: Proposal) -> Proposal:
        """A proposal with who acts or receives in it where the network names nobody."""
        if not proposal.recipients:
            recipients = [span for span in self.recipients(proposal) if not _taken(span, proposal.actors)]
            proposal = replace(proposal, recipients=tuple(recipients))
        if not proposal.actors:
            actors = [span for span in self.actors(proposal) if not _taken(span, proposal.recipients)]
            proposal = replace(proposal, actors=tuple(actors))
        return proposal

    def recipients(self, proposal: Proposal) -> Iterator[Span]:
        kind, trigger = proposal.types[0][0], proposal.trigger
        if kind in _AGAINST_DEEDS:
            of_states = kind != "PROTEST"  # of an act of boycott, where it is: "the Ruritanian elections"
            yield from (self._phrases.around(k) for deed in self._deeds(trigger) for k in self._whose(deed, of_states))
        if kind == "ASSAULT" and self._tokens[trigger].upos == "NOUN":
            yield from (self._phrases.around(k) for k in self._struck(trigger))

    def actors(self, proposal: Proposal) -> Iterator[Span]:
        yield from (self._phrases.around(k) for k in self._doing(proposal.trigger))
        if proposal.types[0][0] == "ASSAULT":
            yield from (self._phrases.around(k) for k in self._guilty(proposal.trigger))
            yield from (Span(self._tokens[k].start, self._tokens[k].end) for k in self._whose_arms(proposal.trigger))

    def _doing(self, trigger: int) -> Iterator[int]:
        """By whom a noun says that its deed is done: "a strike led by dockers"."""
        for verb in self._children[trigger] if self._tokens[trigger].upos == "NOUN" else ():
            if self._tokens[verb].relation == "acl" and self._tokens[verb].lemma in _DOING:
                yield from (
                    k
                    for k in self._children[verb]
                    if self._tokens[k].relation == "obl:agent" and self._tokens[k].upos in _NAMING
                )

    def _whose_arms(self, trigger: int) -> Iterator[int]:
        """Whose rockets strike, and which armed group's a massacre is: "Zenda Guard rockets hit the port", "the Zenda
        Guard massacre"; the Zenda Guard raid may be on them."""
        beside = [k for k in self._children[trigger] if self._tokens[k].relation in ("nsubj", "obl:agent")]
        for arms in (k for k in beside if self._tokens[k].lemma.lower() in _SENT):
            yield from self._modifying(arms, self._of_group | self._of_state)
        if self._tokens[trigger].lemma.lower() in _DONE_TO_OTHERS:
            yield from self._modifying(trigger, self._of_group)

    def _modifying(self, noun: int, known: Collection[int]) -> Iterator[int]:
        yield from (k for k in self._children[noun] if k in known and self._tokens[k].relation in _BESIDE and k < noun)

    def _deeds(self, trigger: int) -> Iterator[int]:
        """What is condemned or refused: "condemns the raid", "concern about the raid", "protests go on against the
        raid", "says that the raid is a crime"."""
        for k in self._children[trigger]:
            relation = self._tokens[k].relation
            if relation == "obj" or (relation in ("nmod", "obl") and self._clauses.cases(k) & _ABOUT_DEEDS):
                yield k
            elif relation == "ccomp":
                yield from (c for c in self._children[k] if self._tokens[c].relation in ("nsubj", "nsubj:pass"))
        if self._tokens[trigger].relation in ("nsubj", "obj"):
            beside = self._children[self._tokens[trigger].head]
            yield from (
                k for k in beside if self._tokens[k].relation == "obl" and self._clauses.cases(k) & _ABOUT_DEEDS
            )

    def _whose(self, deed: int, of_states: bool) -> list[int]:
        """Whose a deed is: "Ruritania's raid", "a raid by rebels", and `of_states` "the Ruritanian raid" too."""
        below = [k for k in self._children[deed] if k not in self._dated]  # not "yesterday's raid"
        owners = [k for k in below if self._tokens[k].relation == "nmod:poss" and self._tokens[k].upos in _NAMING]
        owners += [k for k in below if self._tokens[k].relation == "nmod" and "by" in self._clauses.cases(k)]
        if owners or not of_states or self._tokens[deed].upos == "PROPN":
            return owners
        of_state = [k for k in below if self._tokens[k].relation == "amod" and k in self._of_state]
        return [k for k in of_state if self._tokens[k].upos == "ADJ"]

    def _struck(self, trigger: int) -> Iterator[int]:
        """The place of a state that strikes are on: "launched strikes on Strelsau"."""
        verb = self._tokens[trigger].head if self._tokens[trigger].relation == "obj" else trigger
        for k in (*self._children[trigger], *(self._children[verb] if verb != trigger else ())):
            on = self._tokens[k].relation in ("nmod", "obl") and "on" in self._clauses.cases(k)
            if on and k in self._of_state and k not in self._dated:
                yield k

    def _guilty(self, trigger: int) -> Iterator[int]:
        """Who is accused or convicted of an attack: "charged over the raid", "the cell responsible for it"."""
        at = trigger
        for _ in range(_FARTHEST):
            token = self._tokens[at]
            if token.relation.split(":")[0] not in _LEADING_TO_DEED or self._clauses.introduced(at) & CIRCUMSTANCE:
                return
            at, lemma = token.head, self._tokens[token.head].lemma.lower()
            if lemma in _GUILT and self._tokens[at].upos in ("VERB", "ADJ"):
                break
            if lemma not in _OF_PART and token.relation != "conj":
                return
        else:
            return
        for one in self._accused(at):
            yield one
            yield from (k for k in self._children[one] if self._tokens[k].relation == "conj")

    def _accused(self, guilt: int) -> list[int]:
        """Whom a word of guilt is said of."""
        relations = ("nsubj:pass", "obj", "nsubj") if self._tokens[guilt].upos == "ADJ" else ("nsubj:pass", "obj")
        for relation in relations:
            found = [k for k in self._children[guilt] if self._tokens[k].relation == relation]
            if found:
                return [k for k in found if not self._clauses.cases(k)]
        return [self._tokens[guilt].head] if self._tokens[guilt].relation in ("acl", "amod") else []


def _taken(span: Span, others: Sequence[Span]) -> bool:
    return any(one.start < span.end and span.start < one.end for one in others)
