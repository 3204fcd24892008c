"""Two who were spoken of together: "both leaders", "the two countries", and "they" after them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from turnstone.knowledge.entities import State
from turnstone.records import Mention
from turnstone.resolution.board import Board
from turnstone.resolution.direct_speech import direct_speech, speech_at

_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer"))
_THEY = frozenset(("they", "their", "them", "themselves"))
_PEOPLE_PAIR = frozenset(
    ("leaders", "presidents", "men", "ministers", "premiers", "diplomats", "heads", "women", "counterparts")
)
_STATE_PAIR = frozenset(
    ("countries", "sides", "nations", "neighbours", "neighbors", "states", "governments", "capitals", "powers")
)


def pairs(board: Board) -> None:
    """ "Both leaders", "the two countries": the two that were spoken of last, as two mentions of the same words."""
    tree = board.tree
    for place, word in enumerate(tree.words):
        if word not in _PEOPLE_PAIR and word not in _STATE_PAIR:
            continue
        children = [child for child in tree.children[place] if child < place]
        words = {tree.words[child] for child in children}
        if not words & {"both", "two"}:
            continue
        if "two" in words and not words & {"the", "these", "those", "both"} and words != {"two", "between"}:
            continue
        if any(child in board.adjectives or child in board.at for child in children):
            continue
        first = min(child for child in children if tree.words[child] in ("both", "two", "the", "these", "those", "all"))
        two = _last_two(board, tree.tokens[first].start, word in _PEOPLE_PAIR, tree.sentence[place])
        if two is None:
            continue
        span = tree.tokens[first].start, tree.tokens[place].end
        board.mentions[span] = tuple(
            replace(one, start=span[0], end=span[1], basis=f"one of the two spoken of before: {one.basis}")
            for one in two
        )


def plurals(board: Board) -> None:
    """ "They", "their" after "both leaders" or "Putin and Xi" as the subject: each of them."""
    tree = board.tree
    speech = direct_speech(board.article.text)
    several = {
        end: group for (_, end), group in board.mentions.items() if len(group) > 1 and group[0].kind in ("PER", "GPE")
    }
    for place, word in enumerate(tree.words):
        token = tree.tokens[place]
        if word not in _THEY or token.upos != "PRON" or place in board.at:
            continue
        if speech_at(speech, token.start) is not None:
            continue
        group: tuple[Mention, ...] = ()
        for other in range(place - 1, -1, -1):
            if tree.sentence[other] < tree.sentence[place] - 1:
                break
            if tree.relations[other] in _SUBJECTS and tree.words[other] not in ("who", "which", "that"):
                group = several.get(tree.tokens[other].end) or _joined(board, other) or _several(board, other)
                break
        if len(group) > 1:
            each = tuple(
                replace(one, start=token.start, end=token.end, basis=f"one of the subject's: {one.basis}")
                for one in group
            )
            board.mentions[token.start, token.end] = several[token.end] = each


def _joined(board: Board, subject: int) -> tuple[Mention, ...]:
    """Those a subject with "and" names; nothing where one of them is unknown."""
    tree = board.tree
    joined = [subject, *(child for child in tree.children[subject] if tree.relations[child] == "conj")]
    found = [board.at[place] for place in joined if place in board.at and board.at[place].kind in ("PER", "GPE", "ORG")]
    return tuple(found) if len(found) == len(joined) else ()


def _several(board: Board, subject: int) -> tuple[Mention, ...]:
    """Those whom a subject describes as several: "the presidents of Kenya and Uganda"."""
    for (start, end), group in board.mentions.items():
        if len(group) > 1 and start <= board.tree.starts[subject] < end:
            places = board.tree.covering(start, end)
            if places and board.tree.top(places) == subject:
                return group
    return ()


def _last_two(board: Board, before: int, people: bool, sentence: int) -> list[Mention] | None:
    """The two persons or states of the nearest sentences that name at least two; None where they name more."""
    tree = board.tree
    groups: dict[int, dict[str, tuple[int, Mention]]] = {}
    peoples = () if people else tuple(_of_adjectives(board))
    for mention in (*board.named(), *peoples):
        if mention.end > before:
            continue
        places = tree.covering(mention.start, mention.end)
        if not places:
            continue
        top = tree.top(places)
        if people:
            if (
                mention.kind != "PER"
                or not mention.name[:1].isupper()
                or mention.name.startswith(("The ", "A ", "An "))
            ):
                continue
            key, shown = mention.entity_id or mention.name, mention
        else:
            state = board.entities.state_of(mention.country, board.day) if mention.country else None
            if state is None or (mention.kind == "OTHER" and mention not in peoples):
                continue
            key, shown = state.id, _as_state(mention, state)
        group = groups.setdefault(tree.sentence[top], {})
        weight = _weight(board, top)
        if key not in group or weight < group[key][0]:
            group[key] = weight, shown
    found: dict[str, tuple[int, Mention]] = {}
    for number in range(sentence, max(-1, sentence - 4), -1):
        for key, (weight, mention) in groups.get(number, {}).items():
            found.setdefault(key, (weight + 10 * (sentence - number), mention))
        if len(found) >= 2:
            break
    ranked = sorted(found.values(), key=lambda pair: (pair[0], pair[1].start))
    if len(ranked) < 2:
        return None
    # of more than two only those at the centre of the nearest sentence
    if len(ranked) > 2 and (ranked[1][0] == ranked[2][0] or ranked[1][0] % 10 > 1):
        return None
    return sorted((mention for _, mention in ranked[:2]), key=lambda mention: (mention.start, mention.entity_id))


def _of_adjectives(board: Board) -> Iterator[Mention]:
    """The states that nationalities tell, as mentions: "Chinese" in "two Chinese ships"."""
    for place, state in board.adjectives.items():
        token = board.tree.tokens[place]
        yield Mention(token.start, token.end, "OTHER", state.id, state.name, state.code, state.sectors)


def _as_state(mention: Mention, state: State) -> Mention:
    return Mention(
        mention.start,
        mention.end,
        "GPE",
        state.id,
        state.name,
        state.code,
        state.sectors,
        f"the state of {mention.name}",
    )


def _weight(board: Board, place: int) -> int:
    """How far from the centre of its sentence a noun stands: a subject 0, an object 1, others 2."""
    tree = board.tree
    for _ in range(8):
        relation = tree.relations[place]
        if relation in _SUBJECTS or relation == "obl:agent":
            return 0
        if relation in ("obj", "iobj"):
            return 1
        if relation not in ("conj", "appos", "nmod:desc", "flat") or tree.heads[place] < 0:
            break
        place = tree.heads[place]
    return 2
