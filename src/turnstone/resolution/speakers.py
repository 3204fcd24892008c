"""Who says what is quoted at a place of a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from turnstone.records import Mention, Quotation, Span
from turnstone.resolution.board import Board


class Quoted(NamedTuple):
    """A piece of what a statement says, by offsets."""

    start: int
    end: int
    statement: Quotation


def quoted_pieces(board: Board, quotations: Iterable[Quotation]) -> tuple[Quoted, ...]:
    """What statements say, piece by piece; without pieces that are not in the text."""
    return tuple(
        Quoted(span.start, span.end, quotation)
        for quotation in quotations
        for span in quotation.content
        if 0 <= span.start < span.end <= len(board.article.text)
    )


def statements_at(board: Board, quoted: Iterable[Quoted], place: int) -> list[Quotation]:
    """The statements that a word is said in, the innermost first."""
    token = board.tree.tokens[place]
    inside = [piece for piece in quoted if piece.start <= token.start and token.end <= piece.end]
    return [piece.statement for piece in sorted(inside, key=lambda piece: (piece.end - piece.start, piece.start))]


def speakers_of(board: Board, quoted: Iterable[Quoted], words: Span) -> list[Mention]:
    """Those who say any of some words."""
    touching = [piece.statement for piece in quoted if piece.start < words.end and words.start < piece.end]
    return [who for one in touching if (who := source_of(board, one)) is not None]


def source_of(board: Board, quotation: Quotation) -> Mention | None:
    """Whom the source of a statement names; None where it names nobody, or several."""
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
