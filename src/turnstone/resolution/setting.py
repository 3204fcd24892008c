"""Where a report takes place: the states it speaks of, the scenes of its sentences, its topic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from turnstone.knowledge.entity_records import SPECIAL_CODES
from turnstone.knowledge.gazetteer import state_of
from turnstone.records import Mention, Place, is_whole_article
from turnstone.resolution.strikes import only_strikes
from turnstone.resolution.trees import Tree, listed

_LOCATIVE = frozenset(("in", "near", "at", "around", "outside", "across", "throughout", "inside", "through"))
_WITHIN = frozenset(("in", "at", "across", "throughout", "inside"))
# "the city of Strelsau" is Strelsau
_NAMED_PLACES = listed(
    "city town village capital suburb district province region state island port neighbourhood neighborhood county"
)
# what bears the name of a place and is not, or not only, in it
_APART = frozenset(("border", "embassy", "consulate", "talk", "summit", "conference", "war", "conflict"))
_PARTS = frozenset(("compound", "nmod:poss", "nmod:desc", "amod", "flat", "appos", "nmod:unmarked"))
_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer", "obl:agent"))
_BODIES = frozenset(("GOV", "LEG", "JUD", "COP", "OPP", "PTY", "CVL"))
_CLAUSES = frozenset(("acl", "advcl", "ccomp", "csubj", "parataxis"))
_PREDICATES = frozenset(("VERB", "AUX"))
_DEEDS = frozenset(("for", "of", "by"))
_REPROACHES = frozenset(("accuse", "blame", "condemn", "criticise", "criticize", "denounce"))
# before a state that something happens near, and not in, but for troops, who shoot over borders
_NEAR = 40  # characters
_BEYOND = re.compile(r"\b(?:the (?:border|frontier) with|bordering|borders) (?:the |neighbou?ring )?\Z")
# from so many mentions on, and such a share of one state's, a report speaks of it nearly alone: of persons known to the
# data, looked up as if they were not, that state was right for 12 of 12, 5 of 6, 4 of 5 and 290 of 299 (our long
# reports, two sets of Wikinews, American papers)
_MANY, _NEARLY, _MOSTLY = 12, 0.9, 0.5
# "2014 Venezuelan protests:", "Battle of Aleppo:"
_TOPIC = re.compile(r"[^:.!?]{4,80}: (?=[\"“'‘]?[A-Z0-9])")


class Setting:
    """What the words of one report tell of where it takes place."""

    def __init__(self, tree: Tree, mentions: Sequence[Mention], places: Sequence[Place]) -> None:
        self._tree = tree
        self.told = [mention for mention in mentions if is_state(mention.country) and not only_reports(mention)]
        """The mentions that tell a state, but for known media, which report from everywhere."""
        spoken_of = {(mention.start, mention.country) for mention in self.told}
        spoken_of |= {(place.start, state_of(place.country)) for place in places if place.country}
        troops = any(mention.sectors[:1] == ("MIL",) and "COP" not in mention.sectors for mention in self.told)
        here = {
            state
            for start, state in spoken_of
            if troops or not _BEYOND.search(tree.text[max(0, start - _NEAR) : start])
        }
        self.states = frozenset(here or (state for _, state in spoken_of))
        """Every state that the report speaks of, but those that only say where a border is."""
        self._others = sum(bool(mention.country) and not is_state(mention.country) for mention in mentions)
        self.alone = not self._others
        """Whether no body of several states, movement or company is named either."""
        self._clauses: dict[int, set[tuple[int, str]]] = {}
        self._scenes = self._find_scenes(places)
        self._strikes = bool(self.told) and all(only_strikes(tree, mention) for mention in self.told)
        match = _TOPIC.match(tree.text)
        self._topic_end = match.end() if match else 0

    @cached_property
    def only(self) -> str:
        """The one state that the report speaks of, or nothing; nothing, too, where it is only said to strike."""
        if len(self.states) != 1 or (self._strikes and not self._scenes):
            return ""
        return next(iter(self.states))

    @cached_property
    def home(self) -> tuple[str, str]:
        """The state whose people and bodies need not be said to be its own, and why: the only one that the report
        speaks of, of a long report one that it speaks of nearly alone; nothing where there is none."""
        if self.only and self.alone:
            return self.only, f"the article speaks of {self.only} alone"
        (state, number), *_ = Counter(mention.country for mention in self.told).most_common(1) or [("", 0)]
        if number < _MANY or number < (len(self.told) + self._others) * _NEARLY:
            return "", ""
        return state, f"the article speaks of {state} nearly alone"

    @cached_property
    def mostly(self) -> str:
        """The state that at least half of the mentions of a whole article tell; nothing where there is none, or the
        article is short."""
        (state, number), *_ = Counter(mention.country for mention in self.told).most_common(1) or [("", 0)]
        many = is_whole_article(len(self._tree.tokens)) and len(self.told) >= _MANY
        return state if many and number >= _MOSTLY * len(self.told) else ""

    @cached_property
    def topic(self) -> str:
        """The one state in the words before a first colon, or nothing."""
        return _single(mention.country for mention in self.told if mention.end <= self._topic_end)

    @cached_property
    def centre(self) -> str:
        """The one state whose people and bodies the report tells of or where something happens, of several."""
        central = [code for scene in self._scenes.values() for code in scene]
        for mention in self.told:
            tokens = self._tree.covering(mention.start, mention.end)
            if set(mention.sectors[:1]) & _BODIES or (
                mention.kind in ("GPE", "PER") and tokens and self._tree.relations[self._tree.top(tokens)] in _SUBJECTS
            ):
                central.append(mention.country)
        return _single(central)

    def scenes(self, sentence: int) -> frozenset[str]:
        """The states that the sentence says something happens in."""
        return frozenset(self._scenes.get(sentence, ()))

    def scenes_of(self, word: int) -> frozenset[str]:
        """Those that count for a word: not that of a deed which somebody is tried or paid for ("a court convicted two
        for shooting at a crowd in Strelsau"), unless the word stands in its clause. Reproaches are made where it was
        done ("a rebel accused the army of shelling a village"). Nor, in an article that is mostly about one state,
        that of another: of nine people without a name so placed one was of that state, seven of the article's ("In
        Washington officials condemned the rebels")."""
        over = self._above(word)
        told = self._clauses.get(self._tree.sentence[word], ())
        codes = frozenset(code for clause, code in told if clause in over or not self._is_deed(clause))
        return frozenset() if len(codes) == 1 and self.mostly not in ("", *codes) else codes

    def _is_deed(self, clause: int) -> bool:
        if any(self._tree.tokens[over].lemma.lower() in _REPROACHES for over in self._above(clause)[1:3]):
            return False
        return any(
            self._tree.relations[child] == "mark" and self._tree.words[child] in _DEEDS
            for child in self._tree.children[clause]
        )

    def _above(self, word: int) -> list[int]:
        chain = [word]
        while self._tree.heads[chain[-1]] >= 0 and len(chain) <= len(self._tree.heads):
            chain.append(self._tree.heads[chain[-1]])
        return chain

    def _clause(self, word: int) -> int:
        """The head of the clause that a word stands in."""
        for at in self._above(word):
            if self._tree.relations[at].split(":")[0] in _CLAUSES and self._tree.tokens[at].upos in _PREDICATES:
                return at
        return self._above(word)[-1]

    def _find_scenes(self, places: Sequence[Place]) -> dict[int, set[str]]:
        tree = self._tree
        scenes: dict[int, set[str]] = {}
        for place in places:
            tokens = tree.covering(place.start, place.end)
            if tokens and place.country and self._is_where(tree.top(tokens)):
                sentence, state = tree.sentence[tokens[0]], state_of(place.country)
                scenes.setdefault(sentence, set()).add(state)
                self._clauses.setdefault(sentence, set()).add((self._clause(tokens[0]), state))
        return scenes

    def _is_where(self, name: int) -> bool:
        """Whether a place's name is, or is part of a name or noun that is, after "in", "near", "at" ..."""
        tree, place, where = self._tree, name, _LOCATIVE
        for _ in range(4):
            cases, above = tree.cases(place) - {"'s", "’s", "'", "’"}, tree.heads[place]
            kind = tree.tokens[above].lemma.lower() if above >= 0 else ""
            of_kind = cases == {"of"} and kind in _NAMED_PLACES
            if not of_kind and (cases or tree.relations[place] not in _PARTS or above < 0):
                return bool(cases & where)
            if kind in _APART:
                return False
            place, where = above, where if of_kind else _WITHIN
        return False


def only_reports(mention: Mention) -> bool:
    """Whether somebody is known media, which do not tell of what state others are."""
    return mention.kind == "ORG" and bool(mention.entity_id) and mention.sectors[:1] == ("JRN",)


def is_state(code: str) -> bool:
    """Whether a country code is a state's, and not PLOVER's for the UN, companies, movements ..."""
    return len(code) == 3 and code not in SPECIAL_CODES


def _single(codes: Iterable[str]) -> str:
    found = set(codes)
    return found.pop() if len(found) == 1 else ""
