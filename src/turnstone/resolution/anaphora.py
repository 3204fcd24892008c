"""Words that stand for what was named before: acronyms, last words of bodies' names, counterparts, what pronouns own.

Where more than one reading is open, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from turnstone.records import Mention
from turnstone.resolution.board import Board
from turnstone.resolution.names import person_mention
from turnstone.resolution.titles import Description
from turnstone.resolution.trees import NOMINAL

_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer"))
_ACRONYM = re.compile(r" ?\((?:the )?([A-Z][A-Za-z.&-]{0,8}[A-Z])(?:[,;)])")


def acronyms(board: Board) -> None:
    """Give "RSF" what "Reporters Without Borders (RSF)" has, and "ZCB" what "the Zenda Citizens' Bureau" has."""
    text = board.article.text
    defined: dict[str, Mention] = {}
    spelt: dict[str, dict[str, Mention]] = {}  # bodies by the initials of their names
    for mention in board.named():
        if mention.kind != "ORG":
            continue
        match = _ACRONYM.match(text, mention.end)
        if match and match[1] not in defined:
            defined[match[1]] = mention
        for initials in _initials(board, mention):
            spelt.setdefault(initials, {}).setdefault(mention.entity_id or mention.name, mention)
    for place, token in enumerate(board.tree.tokens):
        word = text[token.start : token.end]
        before = [body for body in spelt.get(word, {}).values() if body.end <= token.start]
        meant = defined.get(word) or (before[0] if len(before) == 1 else None)
        known = board.at.get(place)
        if meant is None or (
            known is not None and (known.entity_id or known.end - known.start > token.end - token.start)
        ):
            continue
        basis = f"short for {text[meant.start : meant.end]}: {meant.basis}"
        board.put(replace(meant, start=token.start, end=token.end, basis=basis), range(place, place + 1))


def _initials(board: Board, mention: Mention) -> set[str]:
    """What a name of three words or more may be cut to, with or without the state that it begins with."""
    text, places = board.article.text, board.tree.covering(mention.start, mention.end)
    words = [text[token.start : token.end] for token in board.tree.tokens[places.start : places.stop]]
    lengths = (1, 2, 3)
    state = [n for n in lengths if board.entities.state(" ".join(words[:n]), board.day, "state", "adjective")]
    spellings = ("".join(word[0] for word in words[cut:] if word[0].isupper()) for cut in (0, *state))
    return {initials for initials in spellings if len(initials) > 2}


def short_bodies(board: Board) -> None:
    """Give "the directorate" what "the Communications Directorate" has: the last word of the only body named so far
    that ends with it."""
    tree, text = board.tree, board.article.text
    for place, token in enumerate(tree.tokens):
        known = board.at.get(place)
        if token.upos != "NOUN" or not text[token.start].islower() or (known and (known.country or known.entity_id)):
            continue
        articles = [child for child in tree.children[place] if child < place]
        if [tree.words[child] for child in articles] != ["the"] or articles[0] != place - 1:
            continue
        word = tree.words[place]
        ending = {
            (one.entity_id, one.name): one
            for one in board.named()
            if one.kind == "ORG"
            and one.end <= token.start
            and text[one.start : one.end].lower().endswith(f" {word}")
            # "the army" is a state's, whatever rebels call theirs
            and not (word == "army" and {"REB", "UAF"} & set(one.sectors[:1]))
        }
        if len(ending) == 1:
            whole = next(iter(ending.values()))
            basis = f"the {word} spoken of before, {text[whole.start : whole.end]}: {whole.basis}"
            start = tree.starts[articles[0]]
            board.put(replace(whole, start=start, end=token.end, basis=basis), range(place, place + 1))


def counterparts(board: Board) -> None:
    """ "His Russian counterpart [Vladimir Putin]": who holds the same office in that state on the day."""
    tree = board.tree
    for place, word in enumerate(tree.words):
        if word not in ("counterpart", "counterparts") or tree.tokens[place].upos not in NOMINAL:
            continue
        left = [child for child in tree.children[place] if child < place]
        named = _named_by(board, place)
        if named is not None:
            top = tree.top(tree.covering(named.start, named.end))
            left += [child for child in tree.children[top] if child < place]
        states = [board.adjectives[child] for child in left if child in board.adjectives]
        owners = [board.at[child] for child in left if tree.relations[child] == "nmod:poss" and child in board.at]
        owners = [owner for owner in owners if owner.kind == "PER"]
        if len(states) != 1:
            continue
        state = states[0]
        owner = owners[0] if owners else _only_subject(board, place)
        meant = None
        if named is None and word == "counterpart" and owner is not None:
            person = board.entities.person_of(owner.entity_id)
            term = person.held_on(board.day) if person is not None else None
            found = board.entities.counterpart(term.office.id, state.code, board.day) if term is not None else None
            if found is not None:
                meant = person_mention(0, 0, found[1], board.day)
                meant = replace(meant, basis=f"counterpart of {owner.name} in {state.name}: {meant.basis}")
        if meant is None:
            sectors = owner.sectors if owner is not None and owner.country != state.code else ()
            sectors = () if sectors[:1] == ("ELI",) else sectors
            basis = f"a counterpart in {state.name}" + (f" of {owner.name}" if owner is not None and owner.name else "")
            kind = "PER" if word == "counterpart" else "OTHER"
            meant = Mention(0, 0, kind, "", "", state.code, sectors, basis)  # type: ignore[arg-type]
        first, last = min([place, *left]), place
        core = range(place, place + 1)
        if named is not None:
            if not named.entity_id:
                filled = replace(named, country=meant.country, sectors=meant.sectors, basis=meant.basis)
                board.put(filled, tree.covering(named.start, named.end))
                named = filled
            meant = named
            places = tree.covering(named.start, named.end)
            if places[0] == place + 1:
                last = places[-1]
        span = tree.tokens[first].start, tree.tokens[last].end
        name = meant.name or board.article.text[span[0] : span[1]]
        board.put(replace(meant, start=span[0], end=span[1], name=name), core)


def _named_by(board: Board, place: int) -> Mention | None:
    tree = board.tree
    near = [child for child in tree.children[place] if child > place and tree.relations[child] in ("appos", "flat")]
    if tree.heads[place] > place and tree.relations[place] in ("nmod:desc", "compound", "flat", "nmod"):
        near.append(tree.heads[place])
    if tree.heads[place] >= 0 and tree.relations[place] == "appos":
        near.append(tree.heads[place])
    for other in near:
        known = board.at.get(other)
        if known is not None and known.kind == "PER":
            return known
    return None


def _subject_of(board: Board, place: int, people: bool) -> list[Mention]:
    """The known subjects before a word in its sentence, the nearest last."""
    tree, found = board.tree, []
    for other in range(place - 1, -1, -1):
        if tree.sentence[other] != tree.sentence[place]:
            break
        if tree.relations[other] in _SUBJECTS and _refers(board, other, people):
            found.append(board.at[other])
    return found[::-1]


def _refers(board: Board, place: int, people: bool) -> bool:
    known = board.at.get(place)
    if known is None or not (known.name or known.country):
        return False
    return known.kind == "PER" if people else known.kind in ("ORG", "GPE")


def _only_subject(board: Board, place: int) -> Mention | None:
    subjects = {(one.entity_id, one.name): one for one in _subject_of(board, place, True)}
    return next(iter(subjects.values())) if len(subjects) == 1 else None


def owned(board: Board, descriptions: Iterable[Description]) -> None:
    """ "Its president", "his foreign minister": the country of whom the pronoun stands for."""
    for one in descriptions:
        owner = board.at.get(one.pronoun) if one.pronoun >= 0 else None
        if owner is None or not owner.country or not one.values or one.values[0].country or one.values[0].entity_id:
            continue
        basis = f"{one.noun.singular!r} of {owner.name or owner.country}, by the pronoun"
        for key, group in list(board.mentions.items()):
            if any(mention in group or _same(mention, group) for mention in one.values):
                places = board.tree.covering(*key)
                if one.head in places or one.name in places:
                    board.mentions[key] = tuple(replace(each, country=owner.country, basis=basis) for each in group)


def _same(mention: Mention, group: tuple[Mention, ...]) -> bool:
    return any(each.basis == mention.basis and each.sectors == mention.sectors for each in group)
