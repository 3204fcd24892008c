"""Statements inside another's report, found by grammar: the network tags one statement a word, mostly the outermost."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from turnstone.analysis.phrases import Range, runs, subject, subtree, without
from turnstone.analysis.quotations import SAYING, Found
from turnstone.records import Token

# these tell of a statement where they stand inside another's, besides the verbs of SAYING
_CLAIMING = frozenset(
    "deny claim confirm acknowledge admit allege report reveal disclose recall predict suggest promise vow complain "
    "concede contend maintain assert reiterate emphasize emphasise testify".split()
)
_TELLING = SAYING | _CLAIMING
_QUOTING = frozenset(("cite", "quote"))
_ACCORDING = frozenset(("accord", "according"))
_STATING = _TELLING | _QUOTING | _ACCORDING
# who or what can be cited; other nouns after "citing" are reasons ("citing bad weather")
_CITABLE = frozenset(
    "official source spokesman spokeswoman spokesperson minister ministry president governor mayor aide adviser "
    "advisor diplomat ambassador envoy officer commander general police lawyer prosecutor witness resident doctor "
    "expert analyst person people document statement report agency media newspaper television radio survey study "
    "poll".split()
)


def with_nested_statements(found: Sequence[Found], tokens: Sequence[Token], sentences: Sequence[Range]) -> list[Found]:
    """The attributions with those that their sentences' trees add.

    - a verb of saying with its subject and the clause it reports; inside a statement also verbs of claiming
      ("denied"), a clause that the tree lost ("said that ..."), one told after its content (", the mayor said,") and
      "according to";
    - "citing two officials": they say what is said by who cites them;
    - "Rossi was quoted as saying by ...", "quoted Rossi as saying": Rossi says it, and whoever quotes says that;
    - "..., adding that ...": whoever said the first says the second.
    """
    known = _Known([Found(list(one.cue), list(one.source), list(one.content)) for one in found], sentences)
    for number, sentence in enumerate(sentences):
        part = _Sentence(tokens, sentence, known.in_sentence(number), known)
        for i in range(*sentence):
            if tokens[i].lemma.lower() not in _STATING:
                continue
            part.reported(i)
            part.quoted(i)
            part.cited(i)
            part.according_to(i)
            part.added(i)
    return known.found


class _Known:
    """The attributions known so far, and in which sentences they have words."""

    def __init__(self, found: Sequence[Found], sentences: Sequence[Range]) -> None:
        self.found: list[Found] = []
        self._starts = [first for first, _ in sentences]
        self._places: dict[int, int] = {}
        self._in: list[list[int]] = [[] for _ in sentences]
        for one in found:
            self.add(one)

    def add(self, one: Found) -> None:
        """Takes one more."""
        self._places[id(one)] = len(self.found)
        self.found.append(one)
        self.note(one)

    def note(self, one: Found) -> None:
        """Notes the sentences of an attribution that has got more words."""
        place = self._places[id(one)]
        for first, last in (*one.cue, *one.source, *one.content):
            number = max(0, bisect_right(self._starts, first) - 1)
            while number < len(self._in) and self._starts[number] < last:
                beside = self._in[number]
                at = bisect_left(beside, place)
                if at == len(beside) or beside[at] != place:
                    beside.insert(at, place)
                number += 1

    def in_sentence(self, number: int) -> list[int]:
        """The places of those with words in a sentence, in order; it grows as more are added."""
        return self._in[number]


class _Sentence:
    """One sentence; what it finds goes to `known`, of which those at the places `near` have words in it."""

    def __init__(self, tokens: Sequence[Token], sentence: Range, near: list[int], known: _Known) -> None:
        self._tokens = tokens
        self._sentence = sentence
        self._inside = range(*sentence)
        self._near = near
        self._all = known
        self._below_of: dict[int, set[int]] = {}
        self._children: dict[int, list[int]] = {}
        for k in self._inside:
            self._children.setdefault(tokens[k].head, []).append(k)

    @property
    def _known(self) -> Iterator[Found]:
        return (self._all.found[place] for place in self._near)

    def reported(self, i: int) -> None:
        token = self._tokens[i]
        if token.upos != "VERB" or token.lemma not in _TELLING or self._told_by(i):
            return
        around = self._around(i)
        if not around and token.lemma not in SAYING:
            return
        source = subject(self._tokens, self._sentence, i)
        if not source:
            return
        content = self._phrase(self._child(i, "ccomp"))
        if around and not content:
            content = self._phrase(self._child(i, "xcomp")) if token.lemma in _CLAIMING else []
            if i + 1 < around[1] and self._tokens[i + 1].lemma.lower() == "that":
                content = [(i + 1, around[1])]
            elif token.relation == "parataxis" and token.head in self._inside:
                content = self._words(self._below(token.head) - self._below(i), around)
        if content:
            self._all.add(Found([(i, i + 1)], source, content))

    def quoted(self, i: int) -> None:
        quoting = self._tokens[i].head
        is_quoted = quoting in self._inside and self._tokens[quoting].lemma in _QUOTING
        if not is_quoted or self._tokens[i].lemma not in SAYING or self._tokens[i].relation != "advcl":
            return
        told = self._told_by(quoting)
        passive = self._phrase(self._child(quoting, "nsubj:pass"), least=1)
        active = self._phrase(self._child(quoting, "obj"), least=1)
        if passive and told is not None and not told.source:
            told.source = passive
            told.content = _less(told.content, passive)
            self._quoted_by(i, quoting, told)
        elif active and not self._told_by(i):
            source = subject(self._tokens, self._sentence, quoting)
            if told is None and source:
                content = self._words(self._below(quoting) - {quoting}, self._around(quoting))
                self._all.add(Found([(quoting, quoting + 1)], source, _less(content, source)))
            content = self._phrase(self._child(i, "ccomp"))
            if content:
                self._all.add(Found([(i, i + 1)], active, content))

    def _quoted_by(self, i: int, quoting: int, told: Found) -> None:
        """Whoever quotes somebody, in "was quoted as saying by ..."."""
        for k in self._inside:
            agent = self._tokens[k].head in (i, quoting) and self._tokens[k].relation.startswith("obl")
            by = self._child(k, "case")
            if agent and by is not None and self._tokens[by].lemma.lower() == "by":
                source = runs(self._below(k) - self._below(by), self._tokens, least=1)
                self._all.add(Found([(by, by + 1)], source, [*told.content, *told.source, *told.cue]))

    def cited(self, i: int) -> None:
        token = self._tokens[i]
        if token.lemma not in _QUOTING or token.relation not in ("advcl", "acl"):
            return
        told = self._told_by(i)
        if told and told.source:
            return
        cited = self._child(i, "obj")
        outer = next((one for k in self._above(i) if (one := self._told_by(k) or self._said_by(k))), None)
        if cited is None or outer is None or outer is told or not self._is_citable(cited):
            return
        source = self._phrase(cited, least=1)[:1]
        outer.content = _less(outer.content, [(i, i + 1), *source])
        inner = told or Found([(i, i + 1)])
        inner.source, inner.content = source, list(outer.content)
        if told is None:
            self._all.add(inner)
        else:
            self._all.note(inner)

    def _is_citable(self, i: int) -> bool:
        return self._tokens[i].upos in ("PROPN", "PRON") or self._tokens[i].lemma.lower() in _CITABLE

    def according_to(self, i: int) -> None:
        token = self._tokens[i]
        to = i + 1 < self._sentence[1] and self._tokens[i + 1].lemma.lower() == "to"
        if not to or token.lemma.lower() not in _ACCORDING:
            return
        around = self._around(i)
        if not around or self._told_by(i):
            return
        at = token.head
        if at in self._inside and self._tokens[at].relation.startswith("obl") and self._tokens[at].head in self._inside:
            source = runs(self._below(at) - self._below(i) - {i + 1}, self._tokens, least=1)[:1]
            content = self._words(self._below(self._tokens[at].head) - self._below(at), around)
            if source and content:
                self._all.add(Found([(i, i + 2)], source, content))

    def added(self, i: int) -> None:
        token = self._tokens[i]
        if token.lemma not in SAYING or token.relation != "advcl" or token.head not in self._inside:
            return
        told, before = self._told_by(i), self._told_by(token.head)
        if told is not None and not told.source and before is not None:
            told.source = list(before.source)
            self._all.note(told)

    def _told_by(self, i: int) -> Found | None:
        """The attribution that has a word among its saying words."""
        return next((one for one in self._known if any(a <= i < b for a, b in one.cue)), None)

    def _said_by(self, i: int) -> Found | None:
        """The attribution that has a word among those that say who."""
        return next((one for one in self._known if any(a <= i < b for a, b in one.source)), None)

    def _around(self, i: int) -> Range | None:
        """The shortest piece of what somebody says that holds a word, inside the sentence."""
        pieces = [(a, b) for one in self._known for a, b in one.content if a <= i < b]
        if not pieces:
            return None
        first, last = min(pieces, key=lambda piece: piece[1] - piece[0])
        return max(first, self._sentence[0]), min(last, self._sentence[1])

    def _above(self, i: int) -> list[int]:
        above = [self._tokens[i].head]
        while above[-1] in self._inside and len(above) < 4:
            above.append(self._tokens[above[-1]].head)
        return [k for k in above if k in self._inside]

    def _child(self, i: int, relation: str) -> int | None:
        children = self._children.get(i, ())
        return next((k for k in children if self._tokens[k].relation == relation), None)

    def _below(self, i: int) -> set[int]:
        if i not in self._below_of:
            self._below_of[i] = subtree(i, self._tokens, self._inside)
        return self._below_of[i]

    def _phrase(self, i: int | None, least: int = 2) -> list[Range]:
        return [] if i is None else runs(self._below(i), self._tokens, least)

    def _words(self, words: set[int], around: Range | None) -> list[Range]:
        """The words as ranges, those outside of `around` left out."""
        return runs({k for k in words if around is None or k in range(*around)}, self._tokens)


def _less(content: Sequence[Range], taken: Sequence[Range]) -> list[Range]:
    """What is said without some of its words, single words that are left over among them."""
    rest = [piece for part in content for piece in without(part, taken)]
    return [(a, b) for a, b in rest if b - a > 1 or (a, b) in content]
