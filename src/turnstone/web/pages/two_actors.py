"""Two actors, or one: cooperation and conflict over time, what each said of the other, meetings, and what came of
what was promised.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import numpy as np
from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel, Field, field_validator
from starlette.responses import Response

from turnstone.web import wording
from turnstone.web.filters import Filter
from turnstone.web.index.after_review import ReviewedRecord
from turnstone.web.index.columns import Ints, day_number, day_of
from turnstone.web.index.followed import followed, matching
from turnstone.web.index.opened import OpenRecord
from turnstone.web.index.pair import SIDES, Pair, Side, Who, scores
from turnstone.web.index.rows import EventRow, event_rows
from turnstone.web.index.selection import select
from turnstone.web.index.speakers import Speakers, after_review
from turnstone.web.index.timeline import coverage, timeline
from turnstone.web.navigation import Link
from turnstone.web.rendering import answer
from turnstone.web.workbench import Bench, Record

router = APIRouter(tags=["two actors"])
LINKS = (Link("Two actors", "/two-actors", ("/two-actors",)),)

_SAID, _MEETINGS, _PROMISES, _ROWS, _SUGGESTED = 8, 12, 10, 25, 12
_Name = Annotated[str, Field(max_length=300)]


class Asked(Filter):
    """Whose events, and which of them."""

    a: _Name = Field("", description="a country's code or name, or somebody's name as in the record; name:X for a name")
    b: _Name = Field("", description="the other, likewise; empty for all others")
    measure: Literal["counts", "score"] = Field("counts", description="what the time line shows")
    within: Literal[30, 90, 365] = Field(90, description="how many days count as following a promise")

    @field_validator("within", mode="before")
    @classmethod
    def _number(cls, value: object) -> object:
        return int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 6 else value

    @property
    def filter(self) -> Filter:
        given = {name: getattr(self, name) for name in Filter.model_fields}
        parts = ("actor", "recipient", "actor_country", "recipient_country")
        return Filter.model_validate(given | dict.fromkeys(parts, ()))


class AskedEvents(Asked):
    """One side of a pair, and which part of its events."""

    side: Side = Field("ab", description="ab: of a to b; ba: of b to a; both: with each other")
    before: Annotated[int, Field(ge=0)] | None = Field(None, description="only events before this number")


class Actor(BaseModel):
    """Whom a or b stands for."""

    kind: Literal["country", "name"]
    value: str
    title: str


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


class Choice(BaseModel):
    """Countries and pairs with the most events, where nobody was chosen yet."""

    pairs: list[tuple[str, str, int]]


class Suggested(BaseModel):
    """Somebody whom the record knows; `value` is what to ask for."""

    value: str
    title: str
    events: int


@router.get("/two-actors", include_in_schema=False)
@router.get("/api/two-actors", response_model=PairPage | Choice)
def two_actors(request: Request, record: Record, bench: Bench, asked: Annotated[Asked, Query()]) -> Response:
    """Two actors, or one and all others; without either, the pairs of countries with the most events."""
    if not asked.a.strip():
        if asked.b.strip():
            raise HTTPException(422, "a: name somebody first, then the other")
        return answer(request, "two_actors.html", _choice(record), asked=asked, chosen=None)
    pair = _pair(record, asked)
    speakers = bench.speakers.of(record.coded)
    if speakers is not None and isinstance(record, ReviewedRecord):
        coded = speakers
        speakers = record.kept(("speakers",), lambda: after_review(coded, record))
    page = record.kept(("pair", asked, speakers is not None), lambda: _page(pair, asked, speakers))
    chart = {
        "measure": asked.measure,
        "step": page.step,
        "titles": {side: title_of(side, page.a, page.b) for side in SIDES},
        "bins": [
            [
                str(one.first), str(one.last), one.days, one.covered,
                {side: [*found.counts, found.score] for side, found in one.sides.items()} if one.sides else None,
            ]
            for one in page.bins
        ],
    }  # fmt: skip
    return answer(
        request, "two_actors.html", page, asked=asked, chosen=page, chart=chart, title_of=title_of, wanted=asked.filter
    )


class PairEvents(BaseModel):
    """Events of one side of a pair, from the newest report; `before` is where the next page begins, null at the end."""

    a: Actor
    b: Actor | None
    events: int
    rows: list[EventRow]
    before: int | None


@router.get("/two-actors/events", include_in_schema=False)
@router.get("/api/two-actors/events", response_model=PairEvents)
def pair_events(request: Request, record: Record, asked: Annotated[AskedEvents, Query()]) -> Response:
    """The events of one side of two actors."""
    pair = _pair(record, asked)
    numbers = pair.numbers(asked.side)
    left = numbers if asked.before is None else numbers[: np.searchsorted(numbers, asked.before)]
    shown = left[::-1][:_ROWS]
    page = PairEvents(
        a=_actor(record, pair.a),
        b=_actor(record, pair.b) if pair.b else None,
        events=len(numbers),
        rows=event_rows(record, shown),
        before=int(shown[-1]) if len(left) > _ROWS else None,
    )
    title = title_of(asked.side, page.a, page.b)
    return answer(request, "two_actors_events.html", page, asked=asked, title=title, wanted=asked.filter)


@router.get("/api/actors", response_model=list[Suggested])
def actors(record: Record, q: Annotated[str, Query(max_length=100)] = "") -> list[Suggested]:
    """Countries and names of the record that begin with some letters, those with the most events first."""
    words = " ".join(q.split())
    if not words:
        return []
    folded = words.casefold()
    tally = select(record, Filter()).tally("actor_country")
    found = [
        Suggested(value=code, title=wording.country(code), events=int(tally[number]))
        for number, code in enumerate(record.lists.countries[: len(tally)])
        if code and (code.casefold() == folded or wording.country(code).casefold().startswith(folded))
    ]
    found = sorted(found, key=lambda one: -one.events)[:_SUGGESTED]
    with record.rows() as rows:
        # Names stand in an index of plain bytes: a range finds what begins so, with a capital or as typed.
        starts = dict.fromkeys((words, words[:1].upper() + words[1:], words.title()))
        codes = [
            row
            for start in starts
            for row in rows.execute(
                "select code, text from name where text >= ? and text < ? limit 400", (start, start + "\U0010ffff")
            )
        ]
    counts = select(record, Filter()).tally("actor")
    known = {text: int(counts[code]) if code < len(counts) else 0 for code, text in codes if text}
    names = sorted(known.items(), key=lambda one: (-one[1], one[0]))[: _SUGGESTED - min(len(found), 4)]
    return [
        *found[:_SUGGESTED],
        *(Suggested(value=_name_value(record, name), title=name, events=events) for name, events in names),
    ]


def title_of(side: Side, a: Actor, b: Actor | None) -> str:
    """A side in words."""
    if side == "both":
        return f"{a.title} and {b.title} with each other" if b else ""
    one, other = (
        (a.title, b.title if b else "all others") if side == "ab" else (b.title if b else "all others", a.title)
    )
    return f"{one} to {other}"


def _name_value(record: OpenRecord, name: str) -> str:
    return f"name:{name}" if _country(record, name) else name


def _country(record: OpenRecord, text: str) -> str:
    """The code of a country that is meant by a code or name; empty where none is."""
    codes = record.lists.countries
    if text.upper() in codes and text:
        return text.upper()
    folded = text.casefold()
    return next((code for code in codes if code and wording.country(code).casefold() == folded), "")


def _who(record: OpenRecord, text: str) -> Who:
    text = " ".join(text.split())
    if text.startswith("name:"):
        return Who("name", text.removeprefix("name:").strip())
    if code := _country(record, text):
        return Who("country", code)
    return Who("name", text)


def _actor(record: OpenRecord, who: Who) -> Actor:
    return Actor(
        kind=who.kind, value=who.value, title=wording.country(who.value) if who.kind == "country" else who.value
    )


def _pair(record: OpenRecord, asked: Asked) -> Pair:
    a = _who(record, asked.a)
    b = _who(record, asked.b) if asked.b.strip() else None
    if not a.value or (b is not None and not b.value):
        raise HTTPException(
            422, f"{(asked.a if not a.value else asked.b)[:80]!r} names nobody; give a country or the name of somebody"
        )
    if a == b:
        raise HTTPException(422, f"{a.value!r} stands on both sides; name two, or leave one empty")
    for one in (a, b):
        if one is not None and one.kind == "name" and not _is_known(record, one.value):
            reason = f"the record has no actor or recipient called {one.value[:80]!r}"
            raise HTTPException(404, f"{reason}; choose one that is offered, or search")
    return record.kept(("pair numbers", a, b, asked.filter), lambda: Pair(record, a, b, asked.filter))


def _is_known(record: OpenRecord, name: str) -> bool:
    with record.rows() as rows:
        return rows.execute("select 1 from name where text = ?", (name,)).fetchone() is not None


def _choice(record: OpenRecord) -> Choice:
    selection = select(record, Filter())
    counted: dict[tuple[str, str], int] = {}
    for code, events in selection.top("dyad", 60):
        actor, recipient = record.lists.dyad(code)
        if actor and recipient and actor != recipient:
            first, second = sorted((actor, recipient))
            counted[first, second] = counted.get((first, second), 0) + events
    most = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:24]
    return Choice(pairs=[(a, b, events) for (a, b), events in most])


def _page(pair: Pair, asked: Asked, speakers: Speakers | None) -> PairPage:
    record = pair.record
    a = _actor(record, pair.a)
    b = _actor(record, pair.b) if pair.b else None
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
