"""What was promised or threatened, and what came later: by a rule of days and types, which says nothing of causes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from turnstone.knowledge.codebook import Codebook
from turnstone.web.index.columns import Ints
from turnstone.web.index.pair import SIDES, Pair, Side

PROMISES = ("AGREE", "THREATEN")
KINDS = ("AGREE", "THREATEN", "announced", "conditional")
"""What a promise is: one of these types that happened, or anything whose status is future or hypothetical."""


@dataclass(frozen=True, slots=True)
class Promise:
    """An event and the first of `later` events that match it; `open` where the days after it are not over."""

    number: int
    followed: int
    first: tuple[int, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """Of so many `promises` of a kind whose days are over, so many were `followed`. `usual` is the share of days in
    all the time covered after which as much came, whether anything was promised or not.
    """

    kind: str
    promises: int
    followed: int
    usual: float


@dataclass(frozen=True, slots=True)
class Followed:
    """`newest` promises first; `count` is how many there are."""

    newest: tuple[Promise, ...]
    count: int
    tallies: tuple[Tally, ...]


def matching(codebook: Codebook) -> Mapping[str, tuple[str, ...]]:
    """By type of the promise the types that match it."""
    agreed = tuple(name for name, one in codebook.types.items() if one.future_type == "AGREE" and name != "AGREE")
    threatened = tuple(name for name, one in codebook.types.items() if one.quad == 4)
    return {**{name: (name,) for name in codebook.types}, "AGREE": agreed, "THREATEN": threatened}


def followed(pair: Pair, within: int, codebook: Codebook, most: int) -> Followed:
    """What came within so many days after the report of each promise."""
    columns, lists = pair.record.columns, pair.record.lists
    numbers = {side: pair.numbers(side) for side in SIDES}
    all_numbers = np.concatenate([numbers[side] for side in SIDES])
    side_of = np.repeat(np.arange(len(SIDES)), [len(numbers[side]) for side in SIDES])
    order = np.argsort(all_numbers, kind="stable")
    all_numbers, side_of = all_numbers[order], side_of[order]
    kinds, statuses = columns.type[all_numbers], columns.status[all_numbers]
    told = columns.article_day[columns.article[all_numbers]] if len(all_numbers) else np.zeros(0, "i4")
    first = columns.first[all_numbers]
    happened = _coded(lists.statuses, statuses, "happened")
    future, conditional = (_coded(lists.statuses, statuses, one) for one in ("future", "hypothetical"))
    kind_of = np.full(len(all_numbers), -1)
    kind_of[future], kind_of[conditional] = 2, 3
    for at, name in enumerate(PROMISES):
        kind_of[happened & _coded(lists.types, kinds, name)] = at
    promised = np.flatnonzero(kind_of >= 0)
    low, high = np.zeros(len(promised), int), np.zeros(len(promised), int)
    usual, rows = np.zeros(len(promised)), {}
    days = columns.article_day
    begin, end = (int(days.min()), int(days.max())) if len(days) else (0, 0)
    match = matching(codebook)
    keys = kinds[promised].astype(int) * len(SIDES) + side_of[promised]
    for key in np.unique(keys):
        name, side = lists.types[key // len(SIDES)], SIDES[key % len(SIDES)]
        here = keys == key
        wanted = happened & np.isin(kinds, [n for n, one in enumerate(lists.types) if one in match.get(name, ())])
        if side != "both" and name not in ("AGREE", "CONSULT"):
            wanted &= side_of == SIDES.index(side)
        later = np.flatnonzero(wanted)
        later = later[np.argsort(first[later], kind="stable")]
        when = first[later]
        at = told[promised][here]
        low[here], high[here] = np.searchsorted(when, at, "right"), np.searchsorted(when, at + within, "right")
        rows[int(key)] = later
        every = np.arange(begin, max(begin, end - within) + 1)
        came = np.searchsorted(when, every, "right") < np.searchsorted(when, every + within, "right")
        usual[here] = came.mean()
    over = told[promised] + within <= end
    tallies = [
        Tally(name, int(of.sum()), int(((high > low) & of).sum()), float(usual[of].mean()))
        for kind, name in enumerate(KINDS)
        if (of := (kind_of[promised] == kind) & over).any()
    ]
    newest = [
        Promise(
            number=int(all_numbers[promised[at]]),
            followed=int(high[at] - low[at]),
            first=tuple(int(all_numbers[one]) for one in rows[int(keys[at])][low[at] : min(high[at], low[at] + 3)]),
            open=not bool(over[at]),
        )
        for at in reversed(range(max(0, len(promised) - most), len(promised)))
    ]
    return Followed(tuple(newest), len(promised), tuple(tallies))


def _coded(known: tuple[str, ...], codes: Ints, value: str) -> Ints:
    """Where the codes stand for a value."""
    return codes == known.index(value) if value in known else np.zeros(len(codes), bool)


__all__ = ["KINDS", "Followed", "Promise", "Side", "Tally", "followed", "matching"]
