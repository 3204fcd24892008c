"""What a date or a place in a sentence is said of: the tree between it and an event's trigger."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import pairwise

from turnstone.records import Participant, Span, Token

_NAME_PARTS = frozenset(
    {"flat", "compound", "amod", "det", "nummod", "nmod:desc", "goeswith", "advmod", "case", "fixed"}
)
_PART_OF_A_NOUN = frozenset({"compound", "nummod", "amod", "nmod:poss"})
_OTHER_CLAUSE = frozenset({"ccomp", "advcl", "acl", "parataxis", "csubj", "conj"})
_PREDICATES = frozenset({"VERB", "AUX"})
# what stands before a time, an occasion or a reason: nothing that is asked for ("urged calm after the raid")
CIRCUMSTANCE = frozenset("after before during amid since following until despite over because as when while if".split())
_RELATIVE = frozenset({"who", "whom", "which", "that"})
_MEETINGS = frozenset("talk meeting meet negotiation negotiate dialogue summit conference mediation".split())
_DAYS = {"day": 1, "week": 7}
_TOLD_OF_PATH = 5  # relations
_NUMBERS = {
    name: k for k, name in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
} | {"a": 1, "the": 1}
_ABOUT = frozenset({"just", "only", "about", "exactly"})
_DIGITS = 3
_UNITS = frozenset("second minute hour day night week fortnight month year decade".split())
_SAME_IN_PAST = frozenset("set cut put hit let shut quit cast spread burst hurt".split())
_IN_PRESENT = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re"})
_TO_MEET = frozenset({"for", "to", "with", "on", "into", "of"})
# what is met without anybody being met
_MET = frozenset(
    "challenge commitment condition cost deadline demand goal need obligation requirement standard target".split()
)
# what stands before what an act is about or for, which has a place and a time of its own
_FOR = frozenset("for of on over about regarding concerning".split())
_APART = _FOR | CIRCUMSTANCE | frozenset({"into", "against"})


class Clauses:
    """Walks the trees of one article."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._starts = [token.start for token in tokens]

    def word(self, start: int, end: int) -> int | None:
        """The head word of the words [start, end), None where there is no word."""
        inside = range(max(0, bisect_left(self._starts, start + 1) - 1), bisect_left(self._starts, end))
        outer = [i for i in inside if self._tokens[i].head not in inside and self._tokens[i].upos != "PUNCT"]
        return outer[0] if outer else None

    def above(self, word: int) -> list[int]:
        """The word, its head, that one's head, and so on up to the root."""
        chain = [word]
        while self._tokens[chain[-1]].head >= 0 and len(chain) <= len(self._tokens):
            chain.append(self._tokens[chain[-1]].head)
        return chain

    def between(self, one: int, other: int) -> tuple[Sequence[int], Sequence[int], int] | None:
        """As `meeting`, of all words above two."""
        return meeting(self.above(one), self.above(other))

    def distance_of_time(self, start: int, end: int, trigger: int, others: Collection[int] = ()) -> int | None:
        """How many heads above the trigger the words [start, end) date; None where they date something else.

        0 is the trigger itself. What hangs below the trigger in a clause of its own is not the trigger's time, nor is
        that of another event that it is about, for or after: "arrested after a raid on Sunday".
        """
        word = self.word(start, end)
        if word is None:
            return None
        over = self.above(trigger)
        token = self._tokens[word]
        if token.relation in _PART_OF_A_NOUN and token.head not in over:  # "since the 2003 invasion" dates the invasion
            return None
        for at in self.above(word):
            if at in over:
                return over.index(at)
            if at in others and self.introduced(at) & _APART:
                return None
            if self._tokens[at].upos in _PREDICATES and self._tokens[at].relation.split(":")[0] != "compound":
                return None
        return None

    def is_of_what_it_is_for(self, start: int, end: int, trigger: int) -> bool:
        """Whether the words [start, end) hang on what the trigger is about or for: "sentenced for the raid of 2011"."""
        word = self.word(start, end)
        chain = self.above(word) if word is not None else []
        below = chain[1 : chain.index(trigger)] if trigger in chain else []
        return any(self.introduced(at) & _FOR for at in below)

    def is_behind_infinitive(self, start: int, trigger: int) -> bool:
        """Whether the words from `start` on stand behind an infinitive that depends on the trigger."""
        last = bisect_left(self._starts, start)
        return any(
            self._tokens[i].head == trigger
            and self._tokens[i].relation in ("xcomp", "advcl")
            and any(self._tokens[k].head == i and self._tokens[k].lemma == "to" for k in range(trigger + 1, i))
            for i in range(trigger + 1, last)
        )

    def is_in_present(self, trigger: int, text: str) -> bool:
        """Whether the trigger is a verb in the present tense: "signs", "is cleared"."""

        def word(token: Token) -> str:
            return text[token.start : token.end].lower()

        token = self._tokens[trigger]
        near = self._tokens[max(0, trigger - 10) : trigger]
        before = {word(t) for t in near if t.head == trigger and t.relation in ("aux", "aux:pass", "mark")}
        if token.upos != "VERB" or not before <= _IN_PRESENT:
            return False
        base, form = token.lemma, word(token)
        if form == base:
            return bool(before) or base not in _SAME_IN_PAST
        return bool(before) or form in (f"{base}s", f"{base}es", f"{base[:-1]}ies")

    def is_measured_from(self, trigger: int) -> bool:
        """Whether the news is dated by the trigger, which it came after: "since the vote", "two days after stepping
        down"; not what goes on, "since May guns have been shelling"."""
        top = trigger
        while self._tokens[top].relation in ("compound", "amod") and self._tokens[top].head >= 0:
            top = self._tokens[top].head
        near = range(max(0, top - 12), top)
        below = [self._tokens[i] for i in near if self._tokens[i].head == top]
        if any(one.relation == "aux" and one.lemma == "have" for one in below):
            return False
        for i in near:
            one = self._tokens[i]
            if one.head != top or one.relation not in ("case", "mark"):
                continue
            measure = self._tokens[i - 1] if i else one
            measured = measure.lemma.lower() in _UNITS and measure.head in (top, i)
            if one.lemma.lower() == "since" or (one.lemma.lower() == "after" and measured):
                return True
        return False

    def days_since(self, trigger: int) -> int:
        """How many days the clause above comes after the trigger, by "two days after"; 0 where they do not say so."""
        for i in range(max(1, trigger - 12), trigger):
            after, measure = self._tokens[i], self._tokens[i - 1]
            near = (i, trigger, self._tokens[trigger].head)
            if after.head != trigger or after.lemma.lower() != "after" or measure.head not in near:
                continue
            told = {t.lemma.lower() for t in self._tokens[max(0, i - 5) : i - 1] if t.head == i - 1} - _ABOUT
            unit = _DAYS.get(measure.lemma.lower(), 0)
            return unit * _number(told.pop()) if len(told) == 1 else 0  # not "a few days"
        return 0

    def is_told_before(self, trigger: int, text: str) -> bool:
        """Whether the trigger is past, after which something present is told: "quits after rebels won"."""
        token = self._tokens[trigger]
        if token.upos != "VERB" or token.relation != "advcl" or "after" not in self.introduced(trigger):
            return False
        near = range(max(0, trigger - 10), trigger)
        auxiliaries = {
            text[t.start : t.end].lower()
            for t in (self._tokens[i] for i in near)
            if t.head == trigger and t.relation in ("aux", "aux:pass")
        }
        form = text[token.start : token.end].lower()
        simple = not auxiliaries and form != token.lemma and not form.endswith(("s", "ing"))
        return (simple or auxiliaries in ({"was"}, {"were"})) and self.is_in_present(token.head, text)

    def leaves_clause(self, trigger: int, heads: int) -> bool:
        """Whether so many heads above the trigger stands another clause than its own."""
        return any(self._tokens[at].relation.split(":")[0] in _OTHER_CLAUSE for at in self.above(trigger)[:heads])

    def cases(self, word: int) -> frozenset[str]:
        """The prepositions of a noun, in small letters."""
        near = self._tokens[max(0, word - 10) : word]
        return frozenset(t.lemma.lower() for t in near if t.head == word and t.relation == "case")

    def place_word(self, start: int, end: int) -> int | None:
        """The noun that carries the preposition of a place's name: itself, or the noun it is part of."""
        word = self.word(start, end)
        while word is not None and self._tokens[word].relation in _NAME_PARTS and self._tokens[word].head >= 0:
            word = self._tokens[word].head
        return word

    def is_asked_for(self, trigger: int, requests: Collection[int]) -> bool:
        """Whether the trigger is what another trigger asks for ("urged them to withdraw", "called for talks")."""
        chain = self.above(trigger)
        for at, above in pairwise(chain):
            relation = self._tokens[at].relation
            if relation.split(":")[0] not in ("xcomp", "ccomp", "obl", "obj", "nmod", "conj", "advcl"):
                return False
            if relation.split(":")[0] in ("obl", "nmod", "advcl") and self.introduced(at) & CIRCUMSTANCE:
                return False
            if above in requests:
                return relation != "conj"
        return False

    def is_about_meeting(self, trigger: int) -> bool:
        """Whether what the trigger asks for or refuses is a meeting: "called for talks", "asked to meet"."""
        return any(
            token.head == trigger
            and token.relation in ("obj", "obl", "nmod", "xcomp")
            and token.lemma.lower() in _MEETINGS
            and (token.relation in ("obj", "xcomp") or not _TO_MEET.isdisjoint(self.introduced(trigger + i)))
            and not self.introduced(trigger + i) & CIRCUMSTANCE
            and not self._has_object(trigger + i, _MET)
            for i, token in enumerate(self._tokens[trigger : trigger + 15])
        )

    def _has_object(self, verb: int, lemmas: Collection[str]) -> bool:
        near = self._tokens[verb + 1 : verb + 10]
        return any(t.head == verb and t.relation == "obj" and t.lemma.lower() in lemmas for t in near)

    def introduced(self, word: int) -> frozenset[str]:
        """The prepositions and conjunctions that stand before a word and belong to it."""
        near = range(max(0, word - 12), word)
        return frozenset(
            self._tokens[i].lemma.lower()
            for i in near
            if self._tokens[i].head == word and self._tokens[i].relation in ("case", "mark")
        )

    def addressees(self, cue: Sequence[Span]) -> list[Span]:
        """Whom the saying words are said to: the object of "told"."""
        found = []
        for span in cue:
            verb = self.word(span.start, span.end)
            if verb is None or self._tokens[verb].upos != "VERB":
                continue
            near = range(max(0, verb - 40), min(len(self._tokens), verb + 40))
            heads = [i for i in near if self._tokens[i].head == verb and self._tokens[i].relation in ("iobj", "obj")]
            found += [
                Span(self._tokens[i].start, self._tokens[i].end)
                for i in heads
                if self._tokens[i].upos in ("PROPN", "PRON")
            ]
        return found

    def antecedent(self, pronoun: Span) -> Span | None:
        """The noun that a relative pronoun stands for ("Obi, who said ..."); None where the words are none."""
        word = self.word(pronoun.start, pronoun.end)
        if word is None or self._tokens[word].upos != "PRON" or self._tokens[word].lemma.lower() not in _RELATIVE:
            return None
        for verb in self.above(word)[1:]:
            if self._tokens[verb].relation == "acl:relcl":
                noun = self._tokens[self._tokens[verb].head]
                return Span(noun.start, noun.end) if noun.start < pronoun.start else None
            if self._tokens[verb].relation not in ("conj", "xcomp", "cop", "aux"):
                return None
        return None

    def is_one(self, participant: Participant) -> bool:
        """Whether a participant is named in the singular."""
        word = self.word(participant.start, participant.end)
        if word is None or any(t.relation == "conj" and t.head == word for t in self._tokens[word : word + 40]):
            return False
        token = self._tokens[word]
        return token.upos == "PROPN" or (
            token.upos == "NOUN" and token.lemma.lower() == participant.name.lower().split()[-1]
        )


def meeting(up: Sequence[int], down: Sequence[int]) -> tuple[Sequence[int], Sequence[int], int] | None:
    """Of two words, each with the words above it, those below the nearest word above both, and that word; None where
    there is none."""
    common = next((k for k in up if k in down), None)
    return None if common is None else (up[: up.index(common)], down[: down.index(common)], common)


def relations_of(path: Sequence[int], tokens: Sequence[Token]) -> str:
    """The relations of the words of a path, the first five."""
    return " ".join(tokens[word].relation for word in path[:_TOLD_OF_PATH])


def _number(word: str) -> int:
    """Of a word, 0 of one that is none below a thousand."""
    return int(word) if word.isdecimal() and len(word) <= _DIGITS else _NUMBERS.get(word, 0)
