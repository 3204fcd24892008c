"""What words and tree say of whether somebody is of a state that the report speaks of.

Where nothing beside a name or phrase tells its state, a reader supposes one: that of the town where it happens, of the
one who arrests, of whom the report mostly speaks, and not the accuser's for who is accused. A small table that was
counted on annotated items says what speaks for which (`Model.states`); here are the names of the features that it is
asked of.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from turnstone.knowledge.gazetteer import state_of
from turnstone.records import Mention, Place, Span
from turnstone.resolution.foreigners import AWAY, FOREIGN
from turnstone.resolution.setting import Setting, is_state, only_reports
from turnstone.resolution.trees import Tree

_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "obl:agent"))
_SOME = frozenset(("a", "an", "another", "some"))
_THE = frozenset(("the", "this", "that", "these", "those"))
_FARTHEST = 5  # relations of a path that are told one by one
_DEEPEST = 9  # heads above a word among which the word above two is looked for


@dataclass(frozen=True, slots=True)
class Part:
    """Who takes part somewhere: the words and their head, as what ("A" or "R", and the type of the event), and
    the states of those on the other side and on the same side."""

    span: Span
    head: int
    roles: tuple[tuple[str, str], ...]
    others: frozenset[str]
    fellows: frozenset[str]


class StateWords:
    """The states that a report tells by mentions and places, to ask for the features of each with somebody."""

    def __init__(self, tree: Tree, mentions: Sequence[Mention], places: Sequence[Place], setting: Setting) -> None:
        self._tree, self._setting = tree, setting
        self._of_head: dict[int, Mention] = {}
        told: dict[str, dict[int, str]] = {}  # the head words that tell a state, and what they are
        for one in mentions:
            if words := tree.covering(one.start, one.end):
                head = tree.top(words)
                self._of_head.setdefault(head, one)
                if is_state(one.country) and not only_reports(one):
                    told.setdefault(one.country, {})[head] = f"{one.kind} {' '.join(one.sectors[:1])}"
        for place in places:
            state = state_of(place.country)
            if is_state(state) and (words := tree.covering(place.start, place.end)):
                told.setdefault(state, {}).setdefault(tree.top(words), "place")
        self._told: Mapping[str, Mapping[int, str]] = told
        count = {state: len(heads) for state, heads in told.items()}
        self._share = {state: min(int(5 * number / sum(count.values())), 4) for state, number in count.items()}
        order = sorted(count, key=lambda state: (-count[state], min(told[state])))
        self._rank = {state: min(place, 3) for place, state in enumerate(order)}
        self._in_order = sorted((place, state) for state, heads in told.items() for place in heads)
        self._lead = {state for state, heads in told.items() if any(tree.sentence[k] == 0 for k in heads)}
        self._acting = {state for state, heads in told.items() if any(tree.relations[k] in _SUBJECTS for k in heads)}
        self._sentences = {state: sorted({tree.sentence[k] for k in heads}) for state, heads in told.items()}
        self._in_sentence: dict[int, list[tuple[int, str]]] = {}
        for word, state in self._in_order:
            self._in_sentence.setdefault(tree.sentence[word], []).append((word, state))
        self._number = {state: number for number, state in enumerate(told)}

    @property
    def states(self) -> list[str]:
        """Those of which features can be asked, in the order told."""
        return list(self._told)

    def features(self, part: Part) -> list[tuple[str, ...]]:
        """The names of what speaks for each of the states as that of somebody."""
        near: dict[str, int] = {}  # the nearest words of its sentence that tell each state
        inside = self._in_sentence.get(self._tree.sentence[part.head], ())
        for word, state in sorted(inside, key=lambda one: (abs(one[0] - part.head), self._number[one[1]])):
            near.setdefault(state, word)
        scenes = self._setting.scenes_of(part.head)
        before = bisect_left(self._in_order, (part.head, ""))
        latest = self._in_order[before - 1][1] if before else ""
        return [tuple(self._of_both(part, state, near, scenes, latest)) for state in self._told]

    def _of_both(
        self, part: Part, state: str, nearest: Mapping[str, int], scenes: frozenset[str], latest: str
    ) -> Iterator[str]:
        tree, head = self._tree, part.head
        token, lemma = tree.tokens[head], tree.tokens[head].lemma.lower()
        share, rank, number = self._share[state], self._rank[state], min(len(self._told), 5)
        near = str(min(list(nearest).index(state), 3)) if state in nearest else "no"
        far = min(self._sentences_from(tree.sentence[head], state), 4)
        scene = "in" if state in scenes else "elsewhere" if scenes else ""
        other = "own" if state in part.others else "another" if part.others else ""
        fellow = "own" if state in part.fellows else "another" if part.fellows else ""
        stands = f"{scene} {other} {fellow}"
        yield f"share {share} {number}"
        yield f"rank {rank} {number}"
        yield f"rank {rank} {share}"
        yield f"far {far}"
        yield f"near {near} {number}"
        yield f"near {near} {len(nearest) > 1}"
        lead = "first" if state == self._in_order[0][1] else "lead" if state in self._lead else ""
        yield f"lead {lead} {number}"
        yield f"lead {lead} {share}"
        yield f"latest {latest == state} {far}"
        yield f"latest {latest == state} {lead}"
        yield f"scene {scene}"
        yield f"scene {scene} {share}"
        yield f"other {other}"
        yield f"fellow {fellow}"
        yield f"acting {state in self._acting} {len(self._acting) > 1}"
        yield f"stands {stands}"
        yield f"stands {stands} {number}"
        yield f"stands {stands} {share}"
        yield f"stands {stands} {near}"
        for role, kind in part.roles:
            yield f"role {role} {kind}"
            yield f"role {role} {stands}"
            yield f"role {role} {kind} {stands}"
            yield f"role {role} {kind} {other}"
            yield f"role {role} {kind} {share} {number}"
            yield f"role {role} {kind} {scene} {share}"
            yield f"role {role} {share} {number} {near}"
            yield f"role {role} {kind} {lead} {number}"
        sort = self._sort(head)
        for name, value in (("lemma", lemma), ("sort", sort), ("away", self._away(part, lemma))):
            yield f"{name} {value}"
            yield f"{name} {value} {share}"
            yield f"{name} {value} {stands}"
            yield f"{name} {value} {rank} {number}"
            yield f"{name} {value} {near}"
        yield f"lemma {lemma} {self._article(head)} {token.upos} {share}"
        for k in tree.covering(part.span.start, part.span.end):
            if k != head and tree.relations[k] in ("amod", "compound", "nmod:poss"):
                yield f"with {tree.tokens[k].lemma.lower()}"
                yield f"with {tree.tokens[k].lemma.lower()} {stands}"
        for sentence in range(tree.sentence[head] - 1, tree.sentence[head] + 2) if far <= 1 else ():
            for k, other in self._in_sentence.get(sentence, ()):
                if other == state:
                    yield f"told {self._told[state][k]} {far}"
        if state in nearest:
            yield from self._between(head, nearest[state], sort)

    def _sentences_from(self, sentence: int, state: str) -> int:
        """How far the nearest sentence that tells a state is."""
        told = self._sentences[state]
        after = bisect_left(told, sentence)
        return min(abs(one - sentence) for one in told[max(0, after - 1) : after + 1])

    def _between(self, head: int, there: int, sort: str) -> Iterator[str]:
        """Of the relations between somebody and a word of their sentence that tells a state."""
        tree = self._tree
        up, over = self._above(head), self._above(there)
        common = next((k for k in over if k in up), None)
        if common is None:
            yield "apart"
            return
        own, its = (
            " ".join(tree.relations[k] for k in chain[: chain.index(common)][:_FARTHEST]) for chain in (up, over)
        )
        cases = " ".join(sorted(tree.cases(there)))
        yield f"path {own}|{its}"
        yield f"path {own}|{its} {cases}"
        yield f"path |{its} {cases}"
        yield f"path |{its} {cases} {sort}"
        yield f"top {tree.tokens[common].lemma.lower()} {its}"

    def _above(self, word: int) -> list[int]:
        found: list[int] = []
        while word >= 0 and len(found) < _DEEPEST:
            found.append(word)
            word = self._tree.heads[word]
        return found

    def _sort(self, head: int) -> str:
        """What somebody is, and whether by name, as far as it is known."""
        known = self._of_head.get(head)
        capital = self._tree.text[self._tree.starts[head]].isupper()
        kind = known.kind if known is not None else self._tree.tokens[head].upos
        sector = known.sectors[0] if known is not None and known.sectors else ""
        return f"{kind} {sector} {self._article(head)} {capital}"

    def _article(self, head: int) -> str:
        tree = self._tree
        words = {tree.words[k] for k in tree.children[head] if tree.relations[k] in ("det", "nmod:poss", "det:poss")}
        if any(tree.relations[k] == "nummod" for k in tree.children[head]):
            return "number"
        return "the" if words & _THE else "a" if words & _SOME else "whose" if words else ""

    def _away(self, part: Part, lemma: str) -> bool:
        words = {self._tree.words[k] for k in self._tree.covering(part.span.start, part.span.end)}
        return lemma in AWAY or bool(words & FOREIGN)
