"""Names within names that may be places, for the gazetteer to decide: "Dubai" of "Dubai Road Transport Authority"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from turnstone.knowledge.gazetteer import state_of
from turnstone.records import Mention, Place
from turnstone.resolution.board import Board
from turnstone.resolution.names import STATE_NAME
from turnstone.resolution.setting import is_state
from turnstone.resolution.trees import listed

_LIST_GOES_ON = re.compile(r",? (?:and|or) [A-Z]")
_BEFORE_TITLE = "perhaps a place, before a title"
_IN_NAME = "perhaps a place, in the name of a body"
# who governs a place, so that the name before the title is one
_OF_A_PLACE = listed(
    "governor mayor prefect sheriff senator congressman congresswoman councillor councilor councilman councilwoman "
    "alderman"
)
# what towns and provinces have, so that the first words of such a name may be theirs
_LOCAL_BODIES = listed(
    "police sheriff city council councils transport transportation transit prefecture fire schools "
    "house senate legislature assembly court department parliament"
)
# first words of such bodies that are no places, whatever the gazetteer has of that name
_ORDINARY = listed(
    "national federal metropolitan royal central security county state city public religious islamic military "
    "transport border civil general high supreme legislative transitional european world international regional "
    "local joint provincial municipal rural native political economic muslim jewish christian student riot police "
    "fire former acting outgoing deputy then current lieutenant lord republican democratic"
)


def possible_places(board: Board) -> None:
    """Note names that only a gazetteer can tell to be places: those before the title of who governs a place, and the
    first words of local bodies. Where the data or the model knows better they are left alone."""
    tree = board.tree
    for place, word in enumerate(tree.words):
        if word not in _OF_A_PLACE:
            continue
        for child in tree.children[place]:
            if child > place or tree.relations[child] not in ("compound", "nmod:desc", "amod"):
                continue
            known = board.at.get(child)
            if tree.tokens[child].upos != "PROPN" or child in board.adjectives or not (known is None or _open(known)):
                continue
            if known is not None:
                board.put(replace(known, kind="LOC"), tree.covering(known.start, known.end))
                continue
            first = child
            while True:
                start, end = tree.tokens[first].start, tree.tokens[child].end
                if first in board.at or tree.words[first] in _ORDINARY:
                    break
                board.mentions.setdefault((start, end), (_perhaps(board, start, end, _BEFORE_TITLE),))
                if (
                    not first
                    or tree.heads[first - 1] not in (child, place)
                    or not board.article.text[tree.starts[first - 1]].isupper()
                ):
                    break
                first -= 1
    for mention in board.named():
        if mention.kind != "ORG" or not _open(mention):
            continue
        places = tree.covering(mention.start, mention.end)
        if not set(tree.words[place] for place in places[1:]) & _LOCAL_BODIES or tree.words[places[0]] in _ORDINARY:
            continue
        for place in places[:3]:
            if tree.tokens[place].upos != "PROPN" or tree.words[place] in _LOCAL_BODIES - {"city"}:
                break
            span = mention.start, tree.tokens[place].end
            board.mentions.setdefault(span, (_perhaps(board, *span, _IN_NAME),))


def settle_toponyms(text: str, mentions: Sequence[Mention], places: Sequence[Place]) -> list[Mention]:
    """The mentions, places with the state they lie in, without those that the gazetteer did not confirm.

    The first words of a body's name are a place only where the report speaks of its state, or of no state.
    """
    by_span = {(place.start, place.end): place for place in places if place.country}
    told = {mention.country for mention in mentions if is_state(mention.country)}
    settled: list[Mention] = []
    for mention in mentions:
        place = by_span.get((mention.start, mention.end))
        perhaps = mention.basis in (_BEFORE_TITLE, _IN_NAME)
        if mention.basis == _IN_NAME and place is not None and told and state_of(place.country) not in told:
            place = None
        if place is not None and not mention.country and mention.kind in ("GPE", "LOC"):
            code = _said_after(text, mention, mentions) or state_of(place.country)
            mention = replace(mention, country=code, basis=f"a place in {code}")
            if perhaps and any(_within(mention, one) for one in settled):
                continue
            if perhaps:  # of "York", "New York" and "New York City" in one name the longest is meant
                settled = [one for one in settled if not _within(one, mention)]
        elif perhaps:
            continue
        settled.append(mention)
    return settled


def is_toponym(mention: Mention) -> bool:
    """Whether the gazetteer told the country."""
    return mention.kind in ("GPE", "LOC") and mention.basis.startswith("a place in ")


def _open(mention: Mention) -> bool:
    return not (mention.country or mention.entity_id) and mention.kind in ("ORG", "LOC")


def _perhaps(board: Board, start: int, end: int, basis: str) -> Mention:
    return Mention(start, end, "LOC", "", board.article.text[start:end], "", (), basis)


def _within(one: Mention, other: Mention) -> bool:
    """Whether a toponym is only part of a longer one."""
    longer = other.end - other.start > one.end - one.start
    return is_toponym(one) and is_toponym(other) and other.start <= one.start and one.end <= other.end and longer


def _said_after(text: str, mention: Mention, mentions: Sequence[Mention]) -> str:
    """The state written right after a place's name: "Kent, UK", "Kent (UK)"; not the next of a list."""
    for other in mentions:
        if other.kind == "GPE" and other.basis == STATE_NAME and text[mention.end : other.start] in (", ", " ("):
            return "" if _LIST_GOES_ON.match(text, other.end) else other.country
    return ""
