"""Where titles and nouns for those who act stand in a text, and the names that belong to them."""

from __future__ import annotations

from dataclasses import dataclass, field

from turnstone.knowledge.entities import Noun
from turnstone.records import Mention
from turnstone.resolution.board import Board
from turnstone.resolution.names import unknown
from turnstone.resolution.trees import NOMINAL

TITLES = frozenset(("nmod:desc", "compound", "amod", "dep", "nmod:unmarked", "flat"))
FORMER = frozenset(("former", "ex", "late", "then", "onetime", "ousted", "deposed", "erstwhile", "past"))
# who bears such a title is not the holder of the plain one
_NOT_HOLDER = frozenset(
    ("vice", "deputy", "acting", "interim", "assistant", "caretaker", "designate", "elect", "shadow")
)


@dataclass
class Description:
    """A noun for those who act, where it stands in the tree, and what it was found to mean."""

    noun: Noun
    places: range
    head: int
    former: bool
    holder: bool
    """Whether the plain title is meant, so that the data may say who holds it."""
    name: int = -1
    values: list[Mention] = field(default_factory=list)
    pronoun: int = -1
    """A possessive pronoun that says whose: "his foreign minister"."""
    resolving: bool = False
    told: bool = False
    """Whether words with it say whose it is."""


def recognise(board: Board) -> list[Description]:
    """Every title and agent noun of the text that no known name covers, in the order of the text."""
    tree, found = board.tree, []
    for start, end, noun in board.entities.find_nouns(board.article.text):
        prefixed = board.article.text[max(0, start - 3) : start].lower() == "ex-"
        places = tree.exactly(start, end) or (tree.exactly(start - 3, end) if prefixed and start >= 3 else range(0))
        if not places:
            continue
        head = tree.top(places, last=" of " not in noun.singular and " for " not in noun.singular)
        if tree.tokens[head].upos not in NOMINAL:  # "Attorney General", "the military"
            head = next(
                (place for place in places if tree.heads[place] not in places and tree.tokens[place].upos in NOMINAL),
                head,
            )
        if not _is_noun(board, head) or any(place in board.adjectives for place in places):
            continue
        known = board.at.get(head)
        if known is not None and (known.entity_id or known.kind == "PER"):
            continue
        around = {tree.words[child] for place in places for child in tree.children[place] if child < place}
        parent = tree.heads[head]
        if parent > head and tree.relations[head] in TITLES:
            around |= {tree.words[child] for child in tree.children[parent] if child < head}
        after = tree.words[places[-1] + 1 : places[-1] + 3]
        elect = len(after) == 2 and after[0] in ("-", "‑", "–") and after[1] in ("elect", "designate")
        if elect:
            places = range(places[0], places[-1] + 3)
        before = tree.words[places[0] - 2 : places[0]] if places[0] >= 2 else []
        hyphenated = len(before) == 2 and before[1] in ("-", "‑", "–")
        former = prefixed or bool(around & FORMER) or (hyphenated and before[0] in FORMER)
        holder = not (elect or former or around & _NOT_HOLDER or (hyphenated and before[0] in _NOT_HOLDER))
        found.append(Description(noun, places, head, former, holder and not noun.plural))
    return found


def _is_noun(board: Board, place: int) -> bool:
    """Whether a word is a noun, or an adjective that stands as one: "the military"."""
    tree = board.tree
    if tree.tokens[place].upos != "ADJ":
        return tree.tokens[place].upos in NOMINAL
    return tree.relations[place] not in ("amod", "compound", "conj") and any(
        tree.words[child] == "the" for child in tree.children[place]
    )


def name_of(board: Board, one: Description, by_token: dict[int, Description]) -> int:
    """The token that heads the name the description belongs to, or -1."""
    tree, head = board.tree, one.head
    parent, relation = tree.heads[head], tree.relations[head]
    candidates = []
    if parent > head and relation in TITLES:
        candidates.append(parent)
    if parent >= 0 and relation == "appos":
        candidates.append(parent)
    candidates += [
        child for child in tree.children[head] if child > one.places[-1] and tree.relations[child] in ("appos", "flat")
    ]
    if (following := _name_after(board, one)) >= 0:
        candidates.insert(0, following)
    if (between := _between_commas(board, one)) >= 0:
        candidates.insert(0, between)
    for place in candidates:
        known = board.at.get(place)
        if place in by_token or place in board.adjectives:
            continue
        if known is not None:
            if (known.kind == "PER") == one.noun.human and known.kind in ("PER", "ORG", "LOC"):
                return place
        elif one.noun.human and not one.noun.plural and tree.tokens[place].upos == "PROPN":
            last = place
            while (more := _flat(board, place, last)) > last:
                last = more
            start, end = tree.tokens[place].start, tree.tokens[last].end
            board.put(unknown(board, start, end, "PER"), range(place, last + 1))
            return place
    return -1


def _name_after(board: Board, one: Description) -> int:
    """The head of a person's name that stands right after a title and its "of Illinois", however the tree
    has it; -1 where there is none."""
    official = one.noun.title or set(one.noun.sectors[:1]) & {"GOV", "LEG", "JUD"}
    if not (official and one.noun.human) or one.noun.plural:
        return -1
    tree, place = board.tree, one.places[-1] + 1
    if tree.words[place : place + 1] == ["of"]:
        place += 1 + (tree.words[place + 1 : place + 2] == ["the"])
        body = board.at.get(place)
        if body is None or body.kind not in ("GPE", "LOC", "ORG"):
            return -1
        place = tree.covering(body.start, body.end)[-1] + 1
    known = board.at.get(place)
    if known is None or known.kind != "PER" or tree.starts[place] != known.start:
        return -1
    return tree.top(tree.covering(known.start, known.end))


def _between_commas(board: Board, one: Description) -> int:
    """The head of a person's name between commas right after the noun, however the tree has it: "a spokesman, Ada Obi,
    said"; -1 where there is none."""
    tree, place = board.tree, one.places[-1] + 2
    known = board.at.get(place) if one.noun.human and not one.noun.plural else None
    if known is None or known.kind != "PER" or tree.starts[place] != known.start:
        return -1
    within = tree.covering(known.start, known.end)
    commas = tree.words[place - 1], *tree.words[within[-1] + 1 : within[-1] + 2]
    return tree.top(within) if commas == (",", ",") else -1


def _flat(board: Board, place: int, last: int) -> int:
    """The next word of a name after `last`, over a hyphen as in "al-Hakim"; `last` itself where there is none."""
    tree = board.tree
    for step in (1, 2):
        following = last + step
        if following >= len(tree.tokens) or (step == 2 and tree.words[last + 1] not in ("-", "‑", "–")):
            return last
        if tree.heads[following] == place and tree.relations[following] == "flat":
            return following
    return last
