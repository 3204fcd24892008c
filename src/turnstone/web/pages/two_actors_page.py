"""What the page of two actors shows: time line, meetings, statements, and what came of what was promised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
from pydantic import BaseModel

from turnstone.web import wording
from turnstone.web.index.columns import Ints, day_number, day_of
from turnstone.web.index.followed import followed, matching
from turnstone.web.index.opened import OpenRecord
from turnstone.web.index.pair import SIDES, Pair, Side, Who, scores
from turnstone.web.index.rows import EventRow, event_rows
from turnstone.web.index.selection import select
from turnstone.web.index.speakers import Speakers
from turnstone.web.index.timeline import coverage, timeline
from turnstone.web.pages.two_actors_asked import Actor, Asked, actor_of

_SAID, _MEETINGS, _PROMISES = 8, 12, 10


class SideCounts(BaseModel):
    """Events of one side in some days: by quad class 0 to 4, and their summed score."""

    counts: list[int]
    score: float


class PairBin(BaseModel):
    """Days with the events of each side; `covered` of the `days` have an article; where none has, `sides` is null."""

    first: dt.date
    last: dt.date
    days: int
    covered: int
    sides: dict[Side, SideCounts] | None


class Meeting(BaseModel):
    """A meeting or call: the events of one day and mode that tell of it, and the one with the surest type."""

    first_day: dt.date
    last_day: dt.date
    reports: int
    row: EventRow


class PromiseRow(BaseModel):
    """A promise or threat, how many matching events came within the days after its report, and the first of them.
    `open` where these days are not over in the record.
    """

    row: EventRow
    followed: int
    first: list[EventRow]
    open: bool


class PromiseTally(BaseModel):
    """Promises of a kind whose days are over, and how many were followed; `usual` is the share of all days after which
    as much came anyway.
    """

    kind: str
    promises: int
    followed: int
    usual: float


class Said(BaseModel):
    """Events in which `about` takes part, told on the word of `speaker`: the newest, and how many there are."""

    speaker: str
    about: str
    events: int
    rows: list[EventRow]


class PairPage(BaseModel):
    """What the record says of two actors. `said` is null while it is being found."""

    a: Actor
    b: Actor | None
    events: dict[Side, int]
    step: str
    bins: list[PairBin]
    wider: int
    outside: int
    said: list[Said] | None
    past: list[Meeting]
    coming: list[Meeting]
    promises: int
    tallies: list[PromiseTally]
    newest: list[PromiseRow]
    matching: dict[str, list[str]]


def page_of(pair: Pair, asked: Asked, speakers: Speakers | None) -> PairPage:
    record = pair.record
    a = actor_of(record, pair.a)
    b = actor_of(record, pair.b) if pair.b else None
    bins, step, wider, outside = _bins(pair)
    past, coming = _meetings(pair)
    came = followed(pair, asked.within, wording.codebook(), _PROMISES)
    rows = _rows(record, [number for one in came.newest for number in (one.number, *one.first)])
    return PairPage(
        a=a,
        b=b,
        events={side: len(pair.numbers(side)) for side in SIDES},
        step=step,
        bins=bins,
        wider=wider,
        outside=outside,
        said=None if speakers is None else _said(pair, a, b, speakers),
        past=past,
        coming=coming,
        promises=came.count,
        tallies=[
            PromiseTally(kind=one.kind, promises=one.promises, followed=one.followed, usual=one.usual)
            for one in came.tallies
        ],
        newest=[
            PromiseRow(
                row=rows[one.number],
                followed=one.followed,
                first=[rows[number] for number in one.first],
                open=one.open,
            )
            for one in came.newest
        ],
        matching={name: list(types) for name, types in matching(wording.codebook()).items()},
    )


def _rows(record: OpenRecord, numbers: Sequence[int] | Ints) -> dict[int, EventRow]:
    wanted = list(dict.fromkeys(int(one) for one in numbers))
    return dict(zip(wanted, event_rows(record, wanted), strict=True))


def _bins(pair: Pair) -> tuple[list[PairBin], str, int, int]:
    """The time line, cut to the days of the record's articles unless others are asked for."""
    record, wanted, columns = pair.record, pair.wanted, pair.record.columns
    days = coverage(pair.all)
    if days is None:
        return [], "day", 0, 0
    first = wanted.since or min(days[0], wanted.until or days[0])
    last = wanted.until or max(days[1], first)
    line = timeline(pair.all, min(first, last), last)
    starts = np.array([day_number(one.first) for one in line.bins])
    ends = np.array([day_number(one.last) for one in line.bins])
    score = scores(record)
    sides: dict[Side, tuple[Any, Any]] = {}
    for side in SIDES:
        numbers = pair.numbers(side)
        begun = np.searchsorted(starts, columns.first[numbers], "right") - 1
        within = (begun >= 0) & (columns.last[numbers] <= ends[np.maximum(begun, 0)])
        begun, numbers = begun[within], numbers[within]
        cells = np.bincount(begun * 5 + columns.quad[numbers], minlength=len(starts) * 5).reshape(-1, 5)
        sides[side] = cells, np.bincount(begun, weights=score[numbers], minlength=len(starts)) / 10
    bins = [
        PairBin(
            first=one.first, last=one.last, days=one.days, covered=one.covered,
            sides={
                side: SideCounts(counts=cells[at].tolist(), score=round(float(summed[at]), 1))
                for side, (cells, summed) in sides.items()
            } if one.covered or sum(one.counts) else None,
        )
        for at, one in enumerate(line.bins)
    ]  # fmt: skip
    return bins, line.step, line.wider, line.outside


def _meetings(pair: Pair) -> tuple[list[Meeting], list[Meeting]]:
    """Of CONSULT events between the two, what has been, the latest first, and what was announced, the latest first."""
    record, lists, columns = pair.record, pair.record.lists, pair.record.columns
    if pair.b is None or "CONSULT" not in lists.types:
        consult = np.zeros(0, int)
    else:
        mask = pair.all.chosen
        assert mask is not None
        consult = np.flatnonzero(mask & (columns.type == lists.types.index("CONSULT")))
    agreed = lists.types.index("AGREE") if "AGREE" in lists.types else -1
    found: list[list[Meeting]] = []
    for group in (("happened", "historical"), ("future",)):
        codes = [lists.statuses.index(one) for one in group if one in lists.statuses]
        some = consult[np.isin(columns.status[consult], codes)]
        if group == ("future",) and pair.b is not None and agreed >= 0:
            some = np.union1d(some, _agreed_meetings(pair, agreed))
        found.append(_by_day(record, some))
    return found[0], found[1]


def _agreed_meetings(pair: Pair, agreed: int) -> Ints:
    """An announced meeting is coded AGREE meet; modes stand with the words, so only the latest are looked at."""
    columns = pair.record.columns
    mask = pair.all.chosen
    assert mask is not None
    some = np.flatnonzero(mask & (columns.type == agreed))[-400:]
    return np.array([row.number for row in event_rows(pair.record, some) if "meet" in row.modes], dtype=int)


def _by_day(record: OpenRecord, numbers: Ints) -> list[Meeting]:
    columns = record.columns
    spans = columns.first[numbers].astype("i8") << 32 | columns.last[numbers].astype("i8")
    groups: list[tuple[int, int, int]] = []
    for span in np.unique(spans)[::-1][:_MEETINGS]:
        same = numbers[spans == span]
        groups.append((int(span), len(same), int(same[np.argmax(columns.confidence[same])])))
    rows = _rows(record, [number for _, _, number in groups])
    return [
        Meeting(
            first_day=day_of(columns.first[number]), last_day=day_of(columns.last[number]), reports=reports,
            row=rows[number],
        )
        for _, reports, number in groups
    ]  # fmt: skip


def _said(pair: Pair, a: Actor, b: Actor | None, speakers: Speakers) -> list[Said]:
    """What each said of the other; of one alone, what it said, and what others said of it."""
    part = {
        who: _takes_part(pair, who) if who is not None else np.ones(pair.record.columns.events, bool)
        for who in (pair.a, pair.b)
    }
    spoken = {who: _speaks(speakers, who) for who in (pair.a, pair.b) if who is not None}
    mine = spoken[pair.a]
    others = spoken[pair.b] if pair.b is not None else (speakers.name > 0) & ~mine
    found = []
    for speaks, about, who, whom in ((mine, pair.b, a, b), (others, pair.a, b, a)):
        numbers = np.flatnonzero(speaks & part[about])
        found.append(
            Said(
                speaker=who.title if who else "others", about=whom.title if whom else "all", events=len(numbers),
                rows=event_rows(pair.record, numbers[::-1][:_SAID]),
            )
        )  # fmt: skip
    return found


def _takes_part(pair: Pair, who: Who) -> Any:
    chosen = [
        select(pair.record, pair.wanted.model_copy(update=who.takes_part(role))).chosen
        for role in ("actor", "recipient")
    ]
    assert chosen[0] is not None and chosen[1] is not None
    return chosen[0] | chosen[1]


def _speaks(speakers: Speakers, who: Who) -> Ints:
    known, codes = (speakers.countries, speakers.country) if who.kind == "country" else (speakers.names, speakers.name)
    return codes == known.index(who.value) if who.value in known else np.zeros(len(codes), bool)
