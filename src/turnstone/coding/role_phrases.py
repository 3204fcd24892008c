"""The phrases in which a proposal has its participants, put right by the tree: somebody who is described and named is
one, and where something happens is nobody."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from turnstone.coding.clauses import Clauses
from turnstone.records import Analysis, Mention, Name, Participant, Place, Proposal, Span

_NOUNS = frozenset({"NOUN", "PROPN"})
_NAMING = frozenset({"appos", "flat", "nmod:desc", "compound", "dep", "nmod:unmarked"})
# beside a verb or noun, both the description and the name ("a bank HSBC will pay")
_BESIDE = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "nmod", "nmod:poss", "conj", "dep"})
# how a noun hangs on the verb that it acts or receives in
_DOING = frozenset({"nsubj", "obl:agent"})
_DONE_TO = frozenset({"obj", "iobj", "nsubj:pass"})
_WHERE = frozenset({"in", "near", "outside", "around", "across", "throughout", "inside", "within"})
_PLACE_NOUNS = frozenset(
    "city town village province district region state capital area neighbourhood neighborhood suburb island county "
    "municipality governorate territory valley".split()
)
_PARTS_OF_A_PLACE = frozenset({"appos", "flat", "compound", "nmod:desc", "conj", "nmod:unmarked"})
# larger than what somebody can own or be in charge of
_AREAS = frozenset({"city", "district", "province", "country", "region"})
# what happens somewhere, and is done to those who are there
_HAPPENING = frozenset({"ASSAULT", "PROTEST", "COERCE"})
# how a name hangs on the description of the same one
_SAME = frozenset({"appos", "flat"})
_ONE_OF = frozenset({"a", "an", "another"})
_DESCRIBING = frozenset({"a", "an", "its", "his", "her", "their"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
# what follows the place of a dateline: a date, an agency in brackets, a dash
_FILED = re.compile(r"(?:, [^.\n]{0,40}?\.?[^.\n]{0,10}?)?(?: \([^)\n]{1,40}\))? ?(?:--|(?<= )[-–—]) ")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand for a participant; where they describe somebody and name them, also these two."""

    span: Span
    name: Span | None = None
    description: Span | None = None


class RolePhrases:
    """Puts right the phrases of the proposals of one article."""

    def __init__(
        self, text: str, analysis: Analysis, mentions: Sequence[Mention], places: Sequence[Place], clauses: Clauses
    ) -> None:
        self._text = text
        self._tokens = analysis.tokens
        self._starts = [token.start for token in analysis.tokens]
        self._names = {name.start: name for name in analysis.names if name.kind in ("PER", "ORG")}
        self._in_person = _covered(analysis, "PER")
        persons = (name.start for name in analysis.names if name.kind == "PER")
        self._firsts_of_persons = frozenset(bisect_left(self._starts, start) for start in persons)
        self._people = [m for m in mentions if m.kind == "OTHER" and m.name]
        self._body: dict[int, Span] = {}  # of the words of known bodies' names, the longest
        for one in sorted(mentions, key=lambda m: m.end - m.start):
            if one.kind == "ORG" and one.entity_id:
                inside = range(bisect_left(self._starts, one.start), bisect_left(self._starts, one.end))
                self._body.update(dict.fromkeys(inside, Span(one.start, one.end)))
        bodies = _covered(analysis, "ORG")
        self._places = {
            place.start
            for place in places
            if place.resolution in _AREAS and bisect_left(self._starts, place.start) not in bodies
        }
        self._sites = {place.start for place in places}
        self._triggers = {proposal.trigger for proposal in analysis.proposals}
        self._clauses = clauses

    def of(self, proposal: Proposal) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
        """Who acts and to whom it is done."""
        acting = self._of_own_clause(proposal.actors, proposal.trigger, _DOING)
        receiving = self._of_own_clause(proposal.recipients, proposal.trigger, _DONE_TO)
        actors = [self._named(self.whole(span)) for span in acting]
        recipients = [self._named(self.whole(span)) for span in receiving]
        everybody = [*actors, *recipients]
        actors, recipients = (
            self._joined([o for o in side if not self._is_part(o, everybody) and not self._is_dateline(o.span)])
            for side in (actors, recipients)
        )
        if proposal.types[0][0] in _HAPPENING:
            recipients = [one for one in recipients if not self._is_where(one.span)]
        if proposal.types[0][0] in _HAPPENING - {"COERCE"}:
            actors = [one for each in actors for one in self._who_is_there(each)]
        return tuple(dict.fromkeys(actors)), tuple(dict.fromkeys(recipients))

    def _of_own_clause(self, spans: Sequence[Span], trigger: int, own: frozenset[str]) -> Sequence[Span]:
        """Those of a verb that has its own subject or object, without those of the verbs above it: "stocks fall after
        ministers call for ...", "he hit two guards before the attacker was shot". Whom an attack kills stays."""
        heads = {span: self._clauses.word(span.start, span.end) for span in spans}
        if self._tokens[trigger].upos != "VERB" or not any(
            head is not None
            and self._tokens[head].head == trigger
            and self._tokens[head].relation in own
            and self._tokens[head].upos in _NOUNS
            for head in heads.values()
        ):
            return spans
        return [span for span, head in heads.items() if head is None or not self._is_above(head, trigger)]

    def _is_above(self, head: int, trigger: int) -> bool:
        """Whether a noun is that of a verb above the trigger's, and not the passive subject of it."""
        over = self._clauses.above(trigger)[1:]
        chain = self._clauses.above(head)
        verb = next((k for k in chain[1:] if self._tokens[k].upos == "VERB"), None)
        if verb is None or verb not in over or trigger in chain:
            return False
        return all(self._tokens[k].relation != "nsubj:pass" for k in chain[: chain.index(verb)])

    def whole(self, span: Span) -> Span:
        """A phrase with all of the name of a known body that its head is in: "the Union of Ard and Orla"."""
        head = self._clauses.word(span.start, span.end)
        body = self._body.get(head) if head is not None else None
        return Span(min(span.start, body.start), max(span.end, body.end)) if body else span

    def is_crowd(self, one: Participant) -> bool:
        """Whether a participant is several, or one of many: "dockers", "nine others", "a docker"."""
        head = self._clauses.word(one.start, one.end)
        if head is None:
            return False
        near = [k for k in range(max(0, head - 6), head) if self._tokens[k].head == head]
        counted = any(self._tokens[k].upos == "NUM" or self._word(k).lower() in _ONE_OF for k in near)
        return counted or self._tokens[head].upos == "NUM" or self._is_plural(head)

    def are_joined(self, one: Participant, other: Participant) -> bool:
        """Whether "and" joins two participants: "the party and its leader"."""
        heads = [self._clauses.word(each.start, each.end) for each in (one, other)]
        members = [None if head is None else self._over(head, _SAME) for head in heads]
        first, second = (None if at is None else self._over(at, _SAME | {"conj"}) for at in members)
        return first is not None and first == second and members[0] != members[1]

    def _over(self, word: int, relations: frozenset[str]) -> int:
        """The word that a word leads to through relations."""
        while self._tokens[word].relation in relations and self._tokens[word].head >= 0:
            word = self._tokens[word].head
        return word

    def _named(self, span: Span) -> Phrase:
        """A description with the name that follows it: "the banker Ada Obi"; of "the banker, Ada Obi," the name."""
        head = self._clauses.word(span.start, span.end)
        following = bisect_left(self._starts, span.end)
        if head is None or self._tokens[head].upos not in _NOUNS or head in self._in_person or self._is_plural(head):
            return Phrase(span)
        if (inside := self._named_inside(span, head)) is not None:
            return inside
        comma = self._word(following) == ","
        name = self._names.get(self._starts[following + comma]) if following + comma < len(self._starts) else None
        if name is None or not self._names_it(span, head, name, comma):
            return Phrase(span)
        part = Span(name.start, name.end)
        return Phrase(part if comma else Span(span.start, name.end), part, span)

    def _named_inside(self, span: Span, head: int) -> Phrase | None:
        """A description whose last words, after a comma, are the name: "the leader of the league, Ada Obi"."""
        name = self._person_of(Phrase(span))
        top = self._clauses.word(name.start, name.end) if name is not None and name.start > span.start else None
        if name is None or top is None or self._word(bisect_left(self._starts, name.start) - 1) != ",":
            return None
        token, at = self._tokens[top], self._starts[head]
        titled = any(one.start <= at < one.end <= name.end and one.start >= span.start for one in self._people)
        described = token.relation == "appos" and span.start <= self._starts[token.head] < name.start
        return Phrase(name, name, Span(span.start, name.start)) if titled and described else None

    def _joined(self, phrases: Sequence[Phrase]) -> list[Phrase]:
        """The phrases of one side in the order of the text, where those of one noun are one: "Ruritanian" and "police",
        "editor" and "Ada Obi", "farmer" and "writer Ada Obi"."""
        found: list[Phrase] = []
        for one in sorted(phrases, key=lambda phrase: (phrase.span.start, -phrase.span.end)):
            before = found[-1] if found else None
            between = self._text[before.span.end : one.span.start] if before is not None else ""
            if before is None or one.span.start <= before.span.end:
                found.append(one)
            elif between == " " and self._are_of_one_noun(before, one):
                found[-1] = self._as_one(before, one)
            elif between == " and " and self._are_titles_of_one(before, one):
                found[-1] = self._as_one(before, one)
            else:
                found.append(one)
        return found

    def _as_one(self, first: Phrase, second: Phrase) -> Phrase:
        """A noun's phrase with what belongs to it before it."""
        span, name = Span(first.span.start, second.span.end), self._person_of(second)
        return Phrase(span) if name is None else Phrase(span, name, Span(first.span.start, name.start))

    def _are_of_one_noun(self, first: Phrase, second: Phrase) -> bool:
        """Whether two phrases that adjoin are one: not "told envoys Obi had left", nor "gave the envoy books"."""
        head, of = (self._clauses.word(each.span.start, each.span.end) for each in (first, second))
        if head is None or (self._has_article(first.span) and self._tokens[head].head != of):
            return False
        return self._person_of(second) is None or not self._is_plural(head)

    def _person_of(self, one: Phrase) -> Span | None:
        """The name of a person that a phrase ends with."""
        if one.name is not None:
            return one.name
        last = bisect_left(self._starts, one.span.end) - 1
        if last not in self._in_person:
            return None
        first = last
        while first not in self._firsts_of_persons:
            first -= 1
        start = self._starts[first]
        return Span(start, one.span.end) if one.span.start <= start else None

    def _are_titles_of_one(self, first: Phrase, second: Phrase) -> bool:
        """Whether "and" joins two titles of one person, neither with an article: "engineer and writer Ada Obi"."""
        name, head = self._person_of(second), self._clauses.word(first.span.start, first.span.end)
        if name is None or name.start == second.span.start or self._person_of(first) is not None or head is None:
            return False
        titles = (first.span, Span(second.span.start, name.start))
        bare = all(not self._has_article(each) for each in titles) and not self._is_plural(head)
        return bare and self._tokens[head].upos == "NOUN"

    def _has_article(self, span: Span) -> bool:
        words = range(bisect_left(self._starts, span.start), bisect_left(self._starts, span.end))
        return any(self._tokens[word].upos in ("DET", "NUM", "PRON") for word in words)

    def _names_it(self, span: Span, head: int, name: Name, comma: bool) -> bool:
        top = self._clauses.word(name.start, name.end)
        if top is None:
            return False
        token, described = self._tokens[top], self._tokens[head]
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        if token.relation == "appos" and token.head == head:
            return True
        if comma:
            return False
        if first <= token.head < last:
            return token.relation in _NAMING
        if described.head == top:
            return described.relation in _NAMING
        return token.head == described.head and {token.relation, described.relation} <= _BESIDE

    def _is_part(self, one: Phrase, others: Sequence[Phrase]) -> bool:
        """Whether a phrase lies within another's, or describes it, or lies within the title of somebody who is named
        there."""
        for other in others:
            if other is one:
                continue
            whole = Span((other.description or other.span).start, other.span.end)
            if (_within(one.span, whole) and one.span != other.span) or self._describes(one.span, other.span):
                return True
            for title in self._people:
                around = Span(title.start, title.end)
                if _within(one.span, around) and one.span.end <= other.span.start and _within(other.span, around):
                    named = self._names.get(other.span.start)
                    if named is not None and named.kind == "PER" and named.end == other.span.end == title.end:
                        return True
        return False

    def _describes(self, one: Span, other: Span) -> bool:
        """Whether a phrase between commas tells what the subject before it is, though the tree has both for subjects of
        one verb: "Zenda Watch, a club of bankers, called ..."."""
        first, last = bisect_left(self._starts, one.start), bisect_left(self._starts, one.end)
        heads = self._clauses.word(one.start, one.end), self._clauses.word(other.start, other.end)
        if heads[0] is None or heads[1] is None or first != bisect_left(self._starts, other.end) + 1:
            return False
        described, describing = self._tokens[heads[1]], self._tokens[heads[0]]
        return (
            self._word(first - 1) == self._word(last) == ","
            and self._word(first).lower() in _DESCRIBING
            and described.head == describing.head
            and described.relation == describing.relation
            and describing.relation in _SUBJECTS
        )

    def _is_dateline(self, span: Span) -> bool:
        """Whether words at the beginning of a line say where the report was filed: "STRELSAU - Ruritania has ..."."""
        begins = not self._text[: span.start].rpartition("\n")[2].strip()
        return begins and span.start in self._sites and _FILED.match(self._text, span.end) is not None

    def _is_where(self, span: Span) -> bool:
        """Whether a phrase says where, after "in", "near" ..., and means a place."""
        head = self._clauses.word(span.start, span.end)
        if head is None or bisect_left(self._starts, span.end) in self._triggers:  # "the Ruritania raid"
            return False
        token = self._tokens[head]
        if token.start not in self._places and not (
            any(start in self._places for start in self._starts_in(span))
            and (token.upos == "PROPN" or token.lemma.lower() in _PLACE_NOUNS)
        ):
            return False
        return bool(self._clauses.cases(self._carrier(head)) & _WHERE)

    def _carrier(self, word: int) -> int:
        """The word that has the preposition of a place: itself, or the noun that it stands beside."""
        while self._tokens[word].relation in _PARTS_OF_A_PLACE and self._tokens[word].head >= 0:
            if self._clauses.cases(word):
                return word
            word = self._tokens[word].head
        return word

    def _who_is_there(self, one: Phrase) -> list[Phrase]:
        """The phrase; where it is only a place, the noun that it is said of ("Dockers in Strelsau"), or nobody."""
        if not self._is_where(one.span):
            return [one]
        head = self._clauses.word(one.span.start, one.span.end)
        assert head is not None
        noun = self._tokens[self._carrier(head)].head
        subject = noun >= 0 and self._tokens[noun].relation in ("nsubj", "nsubj:pass", "obl:agent")
        if not subject or noun in self._triggers or self._tokens[noun].upos not in _NOUNS:
            return []
        first = noun
        while first > 0 and self._tokens[first - 1].head == noun and self._tokens[first - 1].upos != "PUNCT":
            first -= 1
        return [replace(one, span=Span(self._starts[first], one.span.end))]

    def _starts_in(self, span: Span) -> Sequence[int]:
        return self._starts[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def _is_plural(self, word: int) -> bool:
        token = self._tokens[word]
        lemma = token.lemma.lower()
        return token.upos == "NOUN" and (lemma == "people" or self._word(word).lower() != lemma)

    def _word(self, place: int) -> str:
        if place >= len(self._tokens):
            return ""
        return self._text[self._tokens[place].start : self._tokens[place].end]


def _covered(analysis: Analysis, kind: str) -> frozenset[int]:
    """The words of the names of a kind."""
    starts = [token.start for token in analysis.tokens]
    return frozenset(
        i
        for name in analysis.names
        if name.kind == kind
        for i in range(bisect_left(starts, name.start), bisect_left(starts, name.end))
    )


def _within(one: Span, other: Span) -> bool:
    return other.start <= one.start and one.end <= other.end
