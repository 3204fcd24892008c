"""The words of a phrase, by the tree."""

from __future__ import annotations

from collections.abc import Sequence

from turnstone.records import Token

Range = tuple[int, int]
"""(first, last + 1) words of the article."""


def subject(tokens: Sequence[Token], sentence: Range, verb: int) -> list[Range]:
    """The subject phrase of a verb, empty where it has none."""
    inside = range(*sentence)
    heads = [k for k in inside if tokens[k].head == verb and tokens[k].relation == "nsubj"]
    return runs(subtree(heads[0], tokens, inside), tokens, least=1)[:1] if heads else []


def subtree(root: int, tokens: Sequence[Token], inside: range) -> set[int]:
    """A word and all below it."""
    children: dict[int, list[int]] = {}
    for i in inside:
        children.setdefault(tokens[i].head, []).append(i)
    own, pending = {root}, [root]
    while pending:
        more = [i for i in children.get(pending.pop(), ()) if i not in own]
        own.update(more)
        pending += more
    return own


def runs(words: set[int], tokens: Sequence[Token], least: int = 2) -> list[Range]:
    """The words as ranges, without commas and stops at their ends; marks inside are bridged."""
    runs: list[list[int]] = []
    for i in sorted(words):
        if runs and i - runs[-1][-1] == 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    out = []
    for run in runs:
        while run and tokens[run[-1]].relation == "punct":
            run.pop()
        while run and tokens[run[0]].relation == "punct":
            run.pop(0)
        if len(run) >= least:
            out.append((run[0], run[-1] + 1))
    return out


def without(part: Range, taken: Sequence[Range]) -> list[Range]:
    parts = [part]
    for a, b in taken:
        parts = [piece for x, y in parts for piece in ((x, min(y, a)), (max(x, b), y)) if piece[0] < piece[1]]
    return parts
