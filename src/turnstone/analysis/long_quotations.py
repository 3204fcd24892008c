"""Quotations that run over sentences and paragraphs, and those that stand alone.

The network sees one window and tags some words of a quotation; its marks say where it ends. All that stands between
them is one statement's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from turnstone.analysis.phrases import Range, without
from turnstone.analysis.quotation_marks import Passage, paragraph_starts
from turnstone.analysis.quotations import Found
from turnstone.records import QuotationKind, Token

LEAST_WORDS = 6
"""A quotation of fewer words that nobody is said to say is no statement: the marks may show distance, or a title."""

_DASHES = frozenset(("—", "–", "―", "-", "--"))
_STOPS = _DASHES | frozenset(".!?…,;")


def with_whole_quotations(
    found: Sequence[Found], passages: Sequence[Passage], text: str, tokens: Sequence[Token], sentences: Sequence[Range]
) -> list[Found]:
    """The attributions with what their quotations' marks add.

    Words between two marks belong to the statement that holds most of one of the quotation's sentences and is told
    from outside of it ("..., she said"): of several to one told in a sentence that the quotation touches, then to the
    one that holds most of its words, then to the shortest. Statements of nobody inside the marks are part of it.

    A quotation that stands alone belongs to no statement that is told only in a later paragraph. Where it is nobody
    else's, it becomes a statement: of the one whose name follows it after a dash, else one without source and cue.
    """
    if not any(passage.closed for passage in passages):
        return list(found)
    page = _Page(text, tokens, sentences)
    found = [Found(one.cue, one.source, list(one.content)) for one in found]
    outermost = 0
    worded: set[int] = set()  # those of whose contents no piece is mere marks
    made = list(found)  # kept, so that no new one gets the id of one that is gone
    for passage in passages:
        if not passage.closed:
            continue
        whole = (passage.first, passage.last)
        signature = page.signature(whole[1])
        alone = whole[1] > outermost and page.stands_alone(whole, bool(signature))
        outermost = max(outermost, whole[1])
        later = page.next_paragraph(whole[1]) if alone else len(tokens)
        near = [one for one in found if one.cue and one.cue[0][0] < later and _touches(one, whole)]
        owner = page.owner(whole, near)
        if owner is None and not alone:
            continue
        if owner is None:
            owner = Found(signature[:1], signature[1:])
            found.append(owner)
            made.append(owner)
        owner.content = page.with_part(owner.content, whole)
        worded.discard(id(owner))
        for one in found:
            told_later = bool(one.cue) and one.cue[0][0] >= later
            loses = one is not owner and (told_later or not (one.cue or one.source))
            if loses and (id(one) not in worded or _touches(one, whole)):
                one.content = page.without_part(one.content, whole)
                worded.add(id(one))
        found = [one for one in found if one.content or one.source]
    return found


def around(passages: Sequence[Passage]) -> dict[int, list[Passage]]:
    """The passages that each word stands in."""
    found: dict[int, list[Passage]] = {}
    for passage in passages:
        for i in range(passage.first, passage.last):
            found.setdefault(i, []).append(passage)
    return found


def kind_of(one: Found, quoted: Mapping[int, Sequence[Passage]], text: str, tokens: Sequence[Token]) -> QuotationKind:
    """Whether what is said stands between quotation marks wholly (direct), in part (partial) or not (indirect). Marks
    around the whole statement, its saying words included, are those of another. `quoted` has the passages by word."""
    told = one.cue or one.source
    said = [i for a, b in one.content for i in range(a, b) if _is_word(text, tokens[i])]
    inside = sum(
        any(all(b <= passage.first or passage.last <= a for a, b in told) for passage in quoted.get(i, ()))
        for i in said
    )
    if not inside:
        return "indirect"
    return "direct" if inside == len(said) else "partial"


def _touches(one: Found, whole: Range) -> bool:
    return any(a < whole[1] and whole[0] < b for a, b in one.content)


def _held(part: Range, one: Found) -> float:
    """The share of a part's words in what a statement says."""
    return sum(max(0, min(part[1], b) - max(part[0], a)) for a, b in one.content) / (part[1] - part[0])


def _is_word(text: str, token: Token) -> bool:
    word = text[token.start : token.end]
    return word.isalnum() or any(sign.isalnum() for sign in word)


class _Page:
    """The words of a text with their sentences and paragraphs."""

    def __init__(self, text: str, tokens: Sequence[Token], sentences: Sequence[Range]) -> None:
        self._text = text
        self._tokens = tokens
        self._sentences = sentences
        self._firsts = [first for first, _ in sentences]
        self._ends = [last for _, last in sentences]
        self._paragraphs = paragraph_starts(text, tokens, sentences)
        self._begins = sorted(self._paragraphs)
        self._words = {i for i, token in enumerate(tokens) if _is_word(text, token)}

    def owner(self, whole: Range, found: Sequence[Found]) -> Found | None:
        """The statement that the words between two marks belong to, None where there is none."""
        first, last = bisect_right(self._ends, whole[0]), bisect_left(self._firsts, whole[1])
        touched = self._sentences[first:last]
        parts = [(max(a, whole[0]), min(b, whole[1])) for a, b in touched]
        parts = [part for part in parts if not self._words.isdisjoint(range(*part))]

        def rank(one: Found) -> tuple[bool, float, int]:
            beside = touched[0][0] <= one.cue[0][0] < touched[-1][1]
            return not beside, -_held(whole, one), sum(b - a for a, b in one.content)

        outside = [one for one in found if one.cue and all(b <= whole[0] or whole[1] <= a for a, b in one.cue)]
        return min((one for one in outside if any(_held(part, one) > 0.5 for part in parts)), key=rank, default=None)

    def next_paragraph(self, i: int) -> int:
        """The first word from `i` on that begins a paragraph; what is told from there on is told later."""
        at = bisect_left(self._begins, i)
        return self._begins[at] if at < len(self._begins) else len(self._tokens)

    def signature(self, last: int) -> list[Range]:
        """The dash and the name that sign a quotation which ends before the word `last`; empty where none does."""
        name = last + 1
        while name < len(self._tokens) and self._tokens[name].upos == "PROPN" and name not in self._paragraphs:
            name += 1
        ends = name == len(self._tokens) or name in self._paragraphs or self._word(name) in (".", ",")
        return [(last, last + 1), (last + 1, name)] if self._word(last) in _DASHES and name > last + 1 and ends else []

    def stands_alone(self, whole: Range, signed: bool) -> bool:
        """Whether a quotation fills sentences of its own, or all that comes after a colon, but for a signature; and is
        speech by its length, its punctuation and its small letters."""
        first, last = whole
        words = [self._word(i) for i in range(first, last) if i in self._words]
        at = bisect_left(self._firsts, first)
        begins = self._firsts[at : at + 1] == [first] or self._word(first - 1) == ":"
        rest = range(last, self._ends[bisect_left(self._ends, last)])
        ends = signed or self._words.isdisjoint(rest)
        stopped = signed or any(self._word(i) in _STOPS for i in (last - 2, *rest))
        spoken = any(word[0].islower() for word in words if len(word) > 4)
        return len(words) >= LEAST_WORDS and begins and ends and stopped and spoken

    def with_part(self, content: Sequence[Range], whole: Range) -> list[Range]:
        """What is said with all between two marks, a piece a paragraph where something was missing."""
        if any(a <= whole[0] and whole[1] <= b for a, b in content):
            return list(content)
        words = sorted({i for a, b in (*content, whole) for i in range(a, b)})
        pieces: list[Range] = []
        for i in words:
            if pieces and pieces[-1][1] == i and i not in self._paragraphs:
                pieces[-1] = (pieces[-1][0], i + 1)
            else:
                pieces.append((i, i + 1))
        return pieces

    def without_part(self, content: Sequence[Range], whole: Range) -> list[Range]:
        """What is said without what stands between two marks."""
        rest = [piece for part in content for piece in without(part, [whole])]
        return [piece for piece in rest if not self._words.isdisjoint(range(*piece))]

    def _word(self, i: int) -> str:
        return self._text[self._tokens[i].start : self._tokens[i].end] if 0 <= i < len(self._tokens) else ""
