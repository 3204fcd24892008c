"""Topics before a colon and titles without a sentence: what they name is not thereby an event of the report."""

from __future__ import annotations

import re

from turnstone.records import Analysis

# "2014 Ruritanian protests: Police ..."
_TOPIC = re.compile(r"[^:.!?\n]{4,100}: (?=[\"“'‘]?[A-Z0-9])")
_STOPS = frozenset(".!?:")
_ABOUT = frozenset("list timeline aftermath reaction response impact history outline background effect".split())
_PREDICATES = frozenset({"VERB", "AUX"})
_PART_OF_A_NAME = frozenset({"amod", "acl", "compound", "flat", "nmod", "nmod:desc"})


class Headings:
    """The headings of one article."""

    def __init__(self, text: str, analysis: Analysis) -> None:
        self._tokens = analysis.tokens
        topic = _TOPIC.match(text)
        end = topic.end() if topic else 0
        self._topic = next((i for i, token in enumerate(analysis.tokens) if token.start >= end), 0) if end else 0
        if any(map(self._is_predicate, range(self._topic))):
            self._topic = 0
        stopped = any(text[t.start : t.end] in _STOPS for t in analysis.tokens)
        self._title = not stopped and not any(map(self._is_predicate, range(len(analysis.tokens))))

    def only_name(self, trigger: int) -> bool:
        """Whether the trigger stands in the topic of the report, before its colon, or in a title that is about a
        happening and does not tell it: "Aftermath of the raid", "Aid to Ruritania during the siege"."""
        if trigger < self._topic:
            return True
        return self._title and self._told_of(trigger)

    def _told_of(self, trigger: int) -> bool:
        at = trigger
        for _ in range(len(self._tokens)):
            above = self._tokens[at].head
            if above < 0:
                return False
            cases = {
                self._tokens[i].lemma.lower()
                for i in range(max(0, at - 12), at)
                if self._tokens[i].head == at and self._tokens[i].relation == "case"
            }
            if "during" in cases or (cases and self._tokens[above].lemma.lower() in _ABOUT):
                return True
            at = above
        return False

    def _is_predicate(self, word: int) -> bool:
        """Whether a word is the verb of a clause, and no participle beside a noun ("the disputed islands")."""
        token = self._tokens[word]
        return token.upos in _PREDICATES and token.relation.split(":")[0] not in _PART_OF_A_NAME
