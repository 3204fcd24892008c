"""Whom pronouns stand for: the nearest subject of their kind, in their sentence or before it; where more than one
reading is open, nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from turnstone.records import Mention, Quotation, Span
from turnstone.resolution.antecedents import SUBJECTS, barred, different, main_subjects, sentences
from turnstone.resolution.board import Board
from turnstone.resolution.direct_speech import direct_speech, speech_at
from turnstone.resolution.he_and_she import HE, SHE, Persons
from turnstone.resolution.setting import only_reports
from turnstone.resolution.speakers import quoted_pieces, source_of, statements_at
from turnstone.resolution.trees import NOMINAL, listed

_IT = listed("it its itself")
_THEY = listed("they their them themselves")
_THIRD = HE | SHE | _IT | _THEY
_PARTS = listed("most much some all half part none one each both many any few two three")
_I = listed("i my me myself")
_WE = listed("we our us ourselves")


def pronouns(board: Board, quotations: Iterable[Quotation]) -> None:
    """Third persons, then first persons inside quotations."""
    tree = board.tree
    speech = direct_speech(board.article.text)
    quoted = quoted_pieces(board, quotations)
    persons = Persons(board, speech, quoted)
    for place, word in enumerate(tree.words):
        if word not in _THIRD or place in board.at or tree.tokens[place].upos not in ("PRON", "DET"):
            continue
        if _is_part(board, place):
            continue
        if word in HE | SHE:
            meant = persons.meant(place)
        elif word in _IT:
            meant = _with_members(board, place) or _thing(board, place, speech)
        else:
            meant = _group(board, place, speech)
        if meant is not None:
            _refer(board, place, meant, meant.basis)
    for place, word in enumerate(tree.words):
        if (word not in _I and word not in _WE) or tree.tokens[place].upos not in ("PRON", "DET"):
            continue
        token = tree.tokens[place]
        inside = statements_at(board, quoted, place)
        if not inside or (token.start and board.article.text[token.start : token.end] == "US"):
            continue
        source = source_of(board, inside[0])
        if source is None:
            continue
        if word in _I:
            if source.kind == "PER":
                _refer(board, place, source, "the speaker")
        elif (spoken := _speaks_for(board, source)) is not None:
            _refer(board, place, spoken, spoken.basis)


def _is_part(board: Board, place: int) -> bool:
    """Whether it is "most of it" or "one of them", of things more often than of somebody."""
    tree = board.tree
    cases, head = tree.cases(place), tree.heads[place]
    return "among" in cases or ("of" in cases and head >= 0 and tree.words[head] in _PARTS)


def _refer(board: Board, place: int, meant: Mention, basis: str) -> None:
    token = board.tree.tokens[place]
    shown = (
        basis if basis.startswith("refers to") or basis != meant.basis else f"refers to {meant.name or meant.country}"
    )
    board.put(replace(meant, start=token.start, end=token.end, basis=shown), range(place, place + 1))


# --- it


def _thing(board: Board, place: int, speech: tuple[Span, ...]) -> Mention | None:
    tree = board.tree
    if tree.relations[place] in ("expl", "expl:pv"):
        return None
    not_meant = barred(board, place)
    said = speech_at(speech, tree.starts[place]) is not None  # what is said can be about what was not printed
    looked = list(sentences(board, place, speech, 0 if said else 1))
    subjects = [word for word in looked[0] if tree.relations[word] in SUBJECTS and word not in not_meant]
    here = different(board.at[word] for word in subjects if _is_body(board, word))
    if here:
        return here[-1] if len(here) == 1 else None
    if any(tree.relations[word] in SUBJECTS for word in looked[0]):
        return _only_named(board, place, looked[0])
    if len(looked) == 1:
        return None
    before = main_subjects(board, looked[1])
    bodies = different(board.at[word] for word in before if _is_body(board, word))
    things = [word for word in before if tree.tokens[word].upos in NOMINAL and word not in board.at]
    return bodies[0] if len(bodies) == 1 and not things else None


def _only_named(board: Board, place: int, words: list[int]) -> Mention | None:
    """Whose "its" is where all subjects are people and one body or state alone is named."""
    tree = board.tree
    if tree.words[place] != "its":
        return None
    for word in words:
        if tree.relations[word] in SUBJECTS and tree.tokens[word].upos != "PRON":
            known = board.at.get(word)
            if known is None or known.kind not in ("PER", "OTHER"):
                return None
    bodies = different(board.at[word] for word in words if _is_body(board, word))
    return bodies[0] if len(bodies) == 1 else None


def _is_body(board: Board, word: int) -> bool:
    known = board.at.get(word)
    if known is None or known.kind not in ("ORG", "GPE") or not (known.name or known.country):
        return False
    token = board.tree.tokens[word]
    return token.upos != "NOUN" or board.tree.words[word] == token.lemma.lower()  # not "six parties"


def _with_members(board: Board, place: int) -> Mention | None:
    """The one body named before "its members" in the sentence: a state has none."""
    tree = board.tree
    noun = tree.heads[place]
    if tree.relations[place] != "nmod:poss" or tree.tokens[noun].lemma.lower() != "member":
        return None
    first = place
    while first and tree.sentence[first - 1] == tree.sentence[place]:
        first -= 1
    told = (known for word in range(first, place) if (known := board.at.get(word)) is not None)
    bodies = different(known for known in told if known.kind == "ORG" and known.entity_id and not only_reports(known))
    return replace(bodies[0], basis=f"refers to {bodies[0].name}, the only body before") if len(bodies) == 1 else None


# --- they


def _group(board: Board, place: int, speech: tuple[Span, ...]) -> Mention | None:
    tree = board.tree
    if speech_at(speech, tree.starts[place]) is not None:
        return None
    not_meant = barred(board, place)
    for number, words in enumerate(sentences(board, place, speech, 1)):
        subjects = [word for word in words if tree.relations[word] in SUBJECTS and word not in not_meant]
        if number:
            subjects = [word for word in main_subjects(board, words) if word in subjects]
        several = [word for word in subjects if _is_several(board, word)]
        if several and several[-1] == max(several + [w for w in subjects if _may_be_they(board, w)]):
            return board.at[several[-1]]
        if any(_may_be_they(board, word) for word in subjects):
            return None
        groups = different(board.at[word] for word in words if word not in not_meant and _is_several(board, word))
        groups = [one for one in groups if not (one.kind == "ORG" and "JRN" in one.sectors)]  # who only reports
        if groups:
            return groups[0] if len(groups) == 1 else None
    return None


def _is_several(board: Board, word: int) -> bool:
    """Whether a word means several people or a body of them, and neither some with others nor two who are known."""
    tree, known = board.tree, board.at.get(word)
    if known is None or not known.name or tree.tokens[word].upos == "PRON":
        return False
    if tree.relations[word] == "compound":  # what "the G20 summit" is called after
        return False
    if any(tree.relations[child] == "conj" or tree.words[child] in ("both", "two") for child in tree.children[word]):
        return False
    start = tree.starts[word]
    if any(len(group) > 1 and span[0] <= start < span[1] for span, group in board.mentions.items()):
        return False
    return known.kind in ("ORG", "OTHER")


def _may_be_they(board: Board, word: int) -> bool:
    """Whether a subject is of several, whoever or whatever they are."""
    tree = board.tree
    plural = tree.tokens[word].upos in NOMINAL and tree.words[word] != tree.tokens[word].lemma.lower()
    joined = any(tree.relations[child] == "conj" for child in tree.children[word])
    return plural or joined or tree.words[word] in _THEY


# --- I and we


def _speaks_for(board: Board, source: Mention) -> Mention | None:
    """The state or body in whose name an official says "we"."""
    if source.kind == "ORG" and "GOV" not in source.sectors:
        return replace(source, basis=f"refers to the speaker, {source.name}")
    official = source.kind in ("PER", "ORG", "GPE") and (
        "GOV" in source.sectors or (source.kind == "GPE" and bool(source.country))
    )
    if source.kind in ("PER", "OTHER") and source.country and set(source.sectors[:1]) & {"REB", "UAF", "MIL", "PTY"}:
        basis = f"those for whom {source.name or 'the speaker'} speaks"
        return Mention(0, 0, "OTHER", "", "", source.country, source.sectors, basis)
    state = board.entities.state_of(source.country, board.day) if official and source.country else None
    if state is None:
        return None
    basis = f"refers to {state.name}, for which {source.name or 'the speaker'} speaks"
    return Mention(0, 0, "GPE", state.id, state.name, state.code, ("GOV", *state.sectors), basis)
