"""Those without a name on whom a state's own organs act: "the Ruritanian government bans gatherings"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from turnstone.records import Mention, Proposal, Span
from turnstone.resolution.foreigners import AWAY
from turnstone.resolution.setting import is_state
from turnstone.resolution.span_index import SpanIndex
from turnstone.resolution.trees import Tree
from turnstone.resolution.unnamed import is_common

# organs that act at home, unlike armies
_ORGANS = frozenset(("GOV", "COP", "JUD", "LEG"))
_POLICE = frozenset(("COP",))
# which of them do to their own people what is of a type; protests are against the police that stand there
_ON_OWN = {"COERCE": _ORGANS, "ASSAULT": _POLICE, "ACCUSE": _POLICE, "PROTEST": _POLICE}
# who may well be another state's
_ANYWHERE = frozenset(("MIL", "REB", "UAF", "GOV", "JRN"))


def own_people(tree: Tree, proposals: Sequence[Proposal], mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with more for people and things of whom nothing else is known and on whom the organs of one state
    act, which are that state's; so are those who protest against its police. A state by its name alone may act on
    others: "Ruritania releases all sailors"."""
    board = _Board(tree, mentions)
    for proposal in proposals:
        organs, acted_on = proposal.actors, proposal.recipients
        if proposal.types[0][0] == "PROTEST":
            organs, acted_on = acted_on, organs
        country = board.state_of(organs, _ON_OWN.get(proposal.types[0][0], frozenset()))
        for span in acted_on if country else ():
            board.tell(span, country)
    return board.mentions


class _Board:
    """Mentions that are looked up by the words they share, and added to."""

    def __init__(self, tree: Tree, mentions: Sequence[Mention]) -> None:
        self.mentions = list(mentions)
        self._tree = tree
        self._spans = SpanIndex((one.start, one.end) for one in mentions)
        self._numbers: dict[tuple[int, int], list[int]] = {}
        for number, one in enumerate(mentions):
            self._numbers.setdefault((one.start, one.end), []).append(number)

    def state_of(self, phrases: Sequence[Span], organs: frozenset[str]) -> str:
        """The one state of which all phrases are organs of a kind."""
        states: set[str] = set()
        for span in phrases:
            held = (self.mentions[k] for k in self._holding(span))
            of = {one.country for one in held if one.kind != "GPE" and organs.intersection(one.sectors[:1])}
            states |= {code for code in of if is_state(code)} or {""}
        return states.pop() if len(states) == 1 else ""

    def tell(self, span: Span, country: str) -> None:
        """Give a phrase a country, where it tells of people or a thing and nothing more is known."""
        held = self._holding(span)
        known = [self.mentions[k] for k in held]
        if not self._is_open(span) or any(
            one.entity_id or one.kind != "OTHER" or _ANYWHERE.intersection(one.sectors) for one in known
        ):
            return
        basis = f"one on whom organs of {country} act"
        for number, one in zip(held, known, strict=True):
            self.mentions[number] = replace(one, country=country, basis=f"{one.basis}; {basis}")
        if not held:
            words = self._tree.text[span.start : span.end]
            self._numbers.setdefault((span.start, span.end), []).append(len(self.mentions))
            self._spans.add((span.start, span.end))
            told = Mention(span.start, span.end, "OTHER", "", words, country, (), f"not named; {basis}")
            self.mentions.append(told)

    def _is_open(self, span: Span) -> bool:
        places = self._tree.covering(span.start, span.end)
        if not places or not is_common(self._tree, span, places, harmed=True):
            return False
        if any(self.mentions[k].country for k in self._near(span)):
            return False
        return not any(
            self._tree.relations[k] == "nmod:poss" or self._tree.tokens[k].lemma.lower() in AWAY for k in places
        )

    def _near(self, span: Span) -> list[int]:
        meeting = self._spans.meeting((span.start, span.end))
        return sorted({number for one in meeting for number in self._numbers[one]})

    def _holding(self, span: Span) -> list[int]:
        """The mentions that hold the head of a phrase."""
        places = self._tree.covering(span.start, span.end)
        at = self._tree.starts[self._tree.top(places)] if places else -1
        return [k for k in self._near(span) if self.mentions[k].start <= at < self.mentions[k].end]
