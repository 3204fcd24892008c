"""Whom pronouns stand for: the nearest subject of their kind, in their sentence or before it; where more than one
reading is open, nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from turnstone.records import Mention, Quotation, Span
from turnstone.resolution.board import Board
from turnstone.resolution.direct_speech import direct_speech, speech_at
from turnstone.resolution.trees import NOMINAL, listed

_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer"))
_OBJECTS = frozenset(("obj", "iobj", "obl"))
_HE = listed("he his him himself")
_SHE = listed("she her herself")
_IT = listed("it its itself")
_THEY = listed("they their them themselves")
_THIRD = _HE | _SHE | _IT | _THEY
_OWN = listed("himself herself itself themselves")
_PARTS = listed("most much some all half part none one each both many any few two three")
_I = listed("i my me myself")
_WE = listed("we our us ourselves")
_MEN = listed("mr sir lord king prince sheikh emir sultan father brother spokesman chairman businessman congressman")
_WOMEN = listed("mrs ms miss lady dame queen princess sister spokeswoman chairwoman businesswoman congresswoman")
_WORD = re.compile(r"[a-z]+")


def pronouns(board: Board, quotations: Iterable[Quotation]) -> None:
    """Third persons, then first persons inside quotations."""
    tree = board.tree
    speech = direct_speech(board.article.text)
    for place, word in enumerate(tree.words):
        if word not in _THIRD or place in board.at or tree.tokens[place].upos not in ("PRON", "DET"):
            continue
        if _is_part(board, place):
            continue
        if word in _HE | _SHE:
            meant = _person(board, place, speech)
        elif word in _IT:
            meant = _thing(board, place, speech)
        else:
            meant = _group(board, place, speech)
        if meant is not None:
            _refer(board, place, meant, meant.basis)
    quoted = [
        (span.start, span.end, quotation)
        for quotation in quotations
        for span in quotation.content
        if 0 <= span.start < span.end <= len(board.article.text)
    ]
    for place, word in enumerate(tree.words):
        if (word not in _I and word not in _WE) or tree.tokens[place].upos not in ("PRON", "DET"):
            continue
        token = tree.tokens[place]
        inside = [item for item in quoted if item[0] <= token.start and token.end <= item[1]]
        if not inside or (token.start and board.article.text[token.start : token.end] == "US"):
            continue
        quotation = min(inside, key=lambda item: (item[1] - item[0], item[0]))[2]
        source = _source(board, quotation)
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


# --- where to look


def _sentences(board: Board, place: int, speech: tuple[Span, ...], back: int) -> Iterator[list[int]]:
    """The words before a pronoun, its own sentence first, then those before it; in direct speech only that speech's,
    outside of it nothing that is said in one. Sentences that are nothing but speech are passed over."""
    tree = board.tree
    own = speech_at(speech, tree.starts[place])
    number, last, seen = tree.sentence[place], place, 0
    while seen <= back and number >= 0:
        words = []
        while last > 0 and tree.sentence[last - 1] == number:
            last -= 1
            if speech_at(speech, tree.starts[last]) == own:
                words.append(last)
        if seen == 0 or any(tree.tokens[word].upos not in ("PUNCT", "SYM") for word in words):
            yield words[::-1]
            seen += 1
        number -= 1
        if last == 0 or (own is not None and not words):
            return


def _barred(board: Board, place: int) -> set[int]:
    """The subjects that a pronoun cannot stand for, as it is the object of what they do: "Obi met Sapt and urged
    him"."""
    tree = board.tree
    if tree.words[place] in _OWN or tree.relations[place] not in _OBJECTS | {"obl:agent"}:
        return set()
    verb = tree.heads[place]
    for _ in range(4):
        if verb < 0:
            break
        subjects = {child for child in tree.children[verb] if tree.relations[child] in _SUBJECTS}
        if subjects:
            return subjects
        if tree.relations[verb] not in ("conj", "xcomp"):
            break
        verb = tree.heads[verb]
    return set()


def _main_subjects(board: Board, words: list[int]) -> list[int]:
    """The subjects of a sentence's main clauses."""
    tree, found = board.tree, []
    for word in words:
        if tree.relations[word] not in _SUBJECTS:
            continue
        verb = tree.heads[word]
        while verb >= 0 and tree.relations[verb] == "conj":
            verb = tree.heads[verb]
        if verb >= 0 and tree.heads[verb] < 0:
            found.append(word)
    return found


def _different(mentions: Iterable[Mention]) -> list[Mention]:
    """The last mention of each who is meant."""
    return list({(one.entity_id, one.name): one for one in mentions}.values())


# --- he and she


def _person(board: Board, place: int, speech: tuple[Span, ...]) -> Mention | None:
    tree = board.tree
    joined = _of_conjunct(board, place)
    if joined is not None:
        return joined
    barred = _barred(board, place)
    woman = tree.words[place] in _SHE
    for words in _sentences(board, place, speech, 2):
        people = [word for word in words if word not in barred and _is_person(board, word, woman)]
        subjects = [word for word in people if tree.relations[word] in _SUBJECTS]
        if subjects:
            return board.at[subjects[-1]]
        barred_people = {(board.at[word].entity_id, board.at[word].name) for word in barred if word in board.at}
        different = [one for one in _different(board.at[word] for word in people)
                     if (one.entity_id, one.name) not in barred_people]  # fmt: skip
        if different:
            return different[0] if len(different) == 1 else None
    return None


def _is_person(board: Board, word: int, woman: bool) -> bool:
    known = board.at.get(word)
    if known is None or known.kind != "PER" or not known.name:
        return False
    said = set(_WORD.findall(board.article.text[max(0, known.start - 12) : known.start].lower().split(",")[-1])[-1:])
    said |= set(_WORD.findall(board.article.text[known.start : known.end].lower()))
    return not said & (_MEN if woman else _WOMEN)


def _of_conjunct(board: Board, place: int) -> Mention | None:
    """Of "the Queen welcomed Mr Sapt and his wife": whose wife."""
    tree, owned = board.tree, board.tree.heads[place]
    if tree.relations[place] != "nmod:poss" or owned < 0 or tree.relations[owned] != "conj":
        return None
    first = tree.heads[owned]
    return board.at[first] if first < place and _is_person(board, first, tree.words[place] in _SHE) else None


# --- it


def _thing(board: Board, place: int, speech: tuple[Span, ...]) -> Mention | None:
    tree = board.tree
    if tree.relations[place] in ("expl", "expl:pv"):
        return None
    barred = _barred(board, place)
    said = speech_at(speech, tree.starts[place]) is not None  # what is said can be about what was not printed
    looked = list(_sentences(board, place, speech, 0 if said else 1))
    subjects = [word for word in looked[0] if tree.relations[word] in _SUBJECTS and word not in barred]
    here = _different(board.at[word] for word in subjects if _is_body(board, word))
    if here:
        return here[-1] if len(here) == 1 else None
    if any(tree.relations[word] in _SUBJECTS for word in looked[0]):
        return _only_named(board, place, looked[0])
    if len(looked) == 1:
        return None
    before = _main_subjects(board, looked[1])
    bodies = _different(board.at[word] for word in before if _is_body(board, word))
    things = [word for word in before if tree.tokens[word].upos in NOMINAL and word not in board.at]
    return bodies[0] if len(bodies) == 1 and not things else None


def _only_named(board: Board, place: int, words: list[int]) -> Mention | None:
    """Whose "its" is where all subjects are people and one body or state alone is named."""
    tree = board.tree
    if tree.words[place] != "its":
        return None
    for word in words:
        if tree.relations[word] in _SUBJECTS and tree.tokens[word].upos != "PRON":
            known = board.at.get(word)
            if known is None or known.kind not in ("PER", "OTHER"):
                return None
    bodies = _different(board.at[word] for word in words if _is_body(board, word))
    return bodies[0] if len(bodies) == 1 else None


def _is_body(board: Board, word: int) -> bool:
    known = board.at.get(word)
    if known is None or known.kind not in ("ORG", "GPE") or not (known.name or known.country):
        return False
    token = board.tree.tokens[word]
    return token.upos != "NOUN" or board.tree.words[word] == token.lemma.lower()  # not "six parties"


# --- they


def _group(board: Board, place: int, speech: tuple[Span, ...]) -> Mention | None:
    tree = board.tree
    if speech_at(speech, tree.starts[place]) is not None:
        return None
    barred = _barred(board, place)
    for number, words in enumerate(_sentences(board, place, speech, 1)):
        subjects = [word for word in words if tree.relations[word] in _SUBJECTS and word not in barred]
        if number:
            subjects = [word for word in _main_subjects(board, words) if word in subjects]
        several = [word for word in subjects if _is_several(board, word)]
        if several and several[-1] == max(several + [w for w in subjects if _may_be_they(board, w)]):
            return board.at[several[-1]]
        if any(_may_be_they(board, word) for word in subjects):
            return None
        groups = _different(board.at[word] for word in words if word not in barred and _is_several(board, word))
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


def _source(board: Board, quotation: Quotation) -> Mention | None:
    found: dict[tuple[str, str, str], Mention] = {}
    for span in quotation.source:
        for place in board.tree.covering(span.start, span.end):
            known = board.at.get(place)
            if known is not None and (known.name or known.country):
                relation = board.tree.relations[place]
                if known.kind == "PER":
                    return known
                if relation in ("nmod:poss", "nmod"):
                    continue
                found.setdefault((known.entity_id, known.name, known.country), known)
    return next(iter(found.values())) if len(found) == 1 else None


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
