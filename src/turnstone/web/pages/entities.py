"""Names that the record holds and the data lacks, and whom they are; the offices of a state on a time line."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, HTTPException, Query, Request
from pydantic import BaseModel, Field, field_validator
from starlette.responses import RedirectResponse, Response

from turnstone.errors import KnowledgeError
from turnstone.web import wording
from turnstone.web.commands import Command
from turnstone.web.index.opened import OpenRecord
from turnstone.web.merged_names import MergedName, MergedNames, NewEntity, known
from turnstone.web.navigation import Link
from turnstone.web.office_terms import OfficeLine, offices_of
from turnstone.web.pages.review_names import Suggestion, suggestions
from turnstone.web.rendering import answer
from turnstone.web.workbench import Bench, Record, Workbench

router = APIRouter(tags=["entities"])
LINKS = (Link("Entities", "/entities", ("/entities", "/offices")),)

AT_ONCE = 300_000
"""Of a record with more events, names are only looked for when somebody asks for it: it takes minutes."""

_NAMES, _LISTED = 25, 2000
_Words = Annotated[str, Field(min_length=1, max_length=300)]


class Sentence(BaseModel):
    """Where a name stands."""

    article: str
    published: dt.date
    text: str


class Name(BaseModel):
    """A name without an entity. `kind` is PER, ORG, LOC or empty; `country` and `sectors` are what the texts say of it.
    `merged` is whom it was given in the workbench since, empty where nobody.
    """

    name: str
    kind: str
    mentions: int
    articles: int
    country: str
    sectors: list[str]
    examples: list[Sentence]
    merged: str = ""


class EntitiesPage(BaseModel):
    """Names without an entity, the most frequent first. `state` is done, working or not begun; `total` is how many
    there are, `found` how many the words asked for leave. `already` are the names merged in the workbench.
    """

    state: Literal["done", "working", "not begun"]
    seconds: float
    total: int
    found: int
    names: list[Name]
    offset: int
    already: list[MergedName]


class Merge(BaseModel):
    """A name, and whom it is: an `entity` by its id or name, or a new one of a `kind`."""

    name: _Words
    entity: Annotated[str, Field(max_length=300)] = ""
    kind: Literal["", "person", "organisation"] = ""
    called: Annotated[str, Field(max_length=300)] = Field(default="", description="the new entity's name, if another")
    country: Annotated[str, Field(max_length=10)] = ""
    sectors: Annotated[str, Field(max_length=100)] = Field(default="", description="PLOVER sectors, blanks between")
    back: Annotated[str, Field(max_length=1000)] = ""

    @field_validator("country")
    @classmethod
    def _code(cls, value: str) -> str:
        return value.strip().upper()


class TakeBack(BaseModel):
    """A merged name that is none any more."""

    name: _Words


class Merged(BaseModel):
    """What a name was given, and the command with which a coding knows it."""

    merged: MergedName
    command: str


class Offices(BaseModel):
    """The offices of a state or body, with who held them and where nobody is known."""

    country: str
    title: str
    offices: list[OfficeLine]
    first: dt.date
    last: dt.date


class NamesAsked(BaseModel):
    """Which names."""

    q: Annotated[str, Field(max_length=200)] = Field(default="", description="only names with these letters")
    kind: Literal["", "PER", "ORG", "LOC"] = Field(default="", description="only names of this kind")
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0


@router.get("/entities", include_in_schema=False)
@router.get("/api/entities", response_model=EntitiesPage)
def entities(request: Request, record: Record, bench: Bench, asked: Annotated[NamesAsked, Query()]) -> Response:
    """Names that the record holds and the data lacks, the most frequent first."""
    command = bench.commands.known(_key(record))
    if command is None and record.columns.events <= AT_ONCE:
        command = _begin(bench, record)
        if command is not None:
            command.done.wait(0.5)
    page = _page(bench, command, asked)
    return answer(
        request, "entities.html", page, asked=asked, query=_query(asked), sectors=wording.codebook().sectors,
        failure=command.failure if command else "", file=MergedNames(bench.directory).path,
    )  # fmt: skip


@router.post("/entities/look", include_in_schema=False)
@router.post("/api/entities/look", response_model=EntitiesPage)
def look(request: Request, record: Record, bench: Bench) -> Response:
    """Looks through a large record for names without an entity, in a process of its own."""
    if _begin(bench, record) is None:
        raise HTTPException(409, "two such commands are at work already; ask again when one has ended")
    if request.url.path.startswith("/api/"):
        return answer(request, "entities.html", _page(bench, bench.commands.known(_key(record)), NamesAsked()))
    return RedirectResponse("/entities", 303)


@router.post("/api/entities/merge", response_model=Merged)
def merge(bench: Bench, given: Merge) -> Merged:
    """Gives a name an entity, for the next coding."""
    merged = _merge(bench, given)
    return Merged(merged=merged, command=_coding(bench))


@router.post("/entities/merge", include_in_schema=False)
def merge_here(bench: Bench, given: Annotated[Merge, Form()]) -> Response:
    """Gives a name an entity, and shows the names again."""
    _merge(bench, given)
    back = given.back if given.back.startswith("?") else ""
    return RedirectResponse(f"/entities{back}#merged", 303)


@router.post("/api/entities/take-back", response_model=list[MergedName])
def take_back(bench: Bench, given: TakeBack) -> list[MergedName]:
    """Takes a merged name out of the file again."""
    if not MergedNames(bench.directory).take_back(given.name):
        raise HTTPException(404, f"{given.name!r} was not merged here; /api/entities lists under already what was")
    return MergedNames(bench.directory).names()


@router.post("/entities/take-back", include_in_schema=False)
def take_back_here(bench: Bench, given: Annotated[TakeBack, Form()]) -> Response:
    """Takes a merged name out of the file again, and shows the names."""
    take_back(bench, given)
    return RedirectResponse("/entities#merged", 303)


@router.get("/api/entities/known", response_model=list[Suggestion])
def known_entities(q: Annotated[str, Query(max_length=100)] = "") -> list[Suggestion]:
    """Whom and what the data knows by a name that begins with some letters."""
    return suggestions(q, dt.date.today())


@router.get("/offices", include_in_schema=False)
@router.get("/api/offices", response_model=Offices)
def offices(request: Request, country: Annotated[str, Query(max_length=10)] = "") -> Response:
    """The offices of a state on a time line: who held each from when to when, and the days of which nobody is known."""
    codes = {office.country for office in known().offices if office.country}
    listed = sorted(((code, wording.country(code)) for code in codes), key=lambda one: one[1])
    chosen = country.strip().upper() or ("USA" if "USA" in codes else listed[0][0])
    if chosen not in codes:
        raise HTTPException(404, f"no office of {country!r} is known; give a code of three letters, as RUS")
    today = dt.date.today()
    lines = offices_of(chosen, today)
    first = min((term.first for line in lines for term in line.terms), default=today)
    page = Offices(
        country=chosen, title=wording.country(chosen), offices=lines, first=max(first, dt.date(1990, 1, 1)), last=today
    )
    return answer(request, "offices.html", page, listed=listed, drawn=_drawing(page))


def _drawing(page: Offices) -> dict[str, Any]:
    """Where days and years stand on the time line, in percent of its width."""
    start, end = dt.date(page.first.year, 1, 1).toordinal(), max(page.last.toordinal(), page.first.toordinal() + 365)

    def at(day: dt.date) -> float:
        return round(100 * min(1.0, max(0.0, (day.toordinal() - start) / (end - start))), 2)

    years = [year for year in range(page.first.year + 1, page.last.year) if year % 5 == 0]
    return {"at": at, "years": [(year, at(dt.date(year, 1, 1))) for year in years]}


def _key(record: OpenRecord) -> tuple[str, ...]:
    return ("unresolved", record.mark)


def _begin(bench: Workbench, record: OpenRecord) -> Command | None:
    arguments = ["entities", "unresolved", str(record.directory), "--limit", str(_LISTED), "--json"]
    return bench.commands.begin(_key(record), arguments)


def _page(bench: Workbench, command: Command | None, asked: NamesAsked) -> EntitiesPage:
    already = MergedNames(bench.directory).names()
    done = command is not None and command.done.is_set() and not command.failure
    known_as = {one.name: one.entity for one in already}
    names = command.answer["names"] if done and command is not None else []
    folded = asked.q.strip().casefold()
    found = [
        one for one in names if (not folded or folded in one["name"].casefold()) and asked.kind in ("", one["kind"])
    ]
    shown = [Name(**one, merged=known_as.get(one["name"], "")) for one in found[asked.offset : asked.offset + _NAMES]]
    return EntitiesPage(
        state="done" if done else "working" if command is not None and not command.failure else "not begun",
        seconds=round(command.seconds, 1) if command is not None and not done else 0.0,
        total=command.answer["total"] if done and command is not None else 0,
        found=len(found),
        names=shown,
        offset=asked.offset,
        already=already,
    )


def _query(asked: NamesAsked, **changes: object) -> str:
    values = {name: value for name, value in (asked.model_dump() | changes).items() if value}
    return f"?{urlencode(values)}" if values else ""


def _merge(bench: Workbench, given: Merge) -> MergedName:
    file = MergedNames(bench.directory)
    if bool(given.entity.strip()) == bool(given.kind):
        raise HTTPException(
            422,
            f"{given.name[:80]!r}: say whom the name stands for, or what is new: give entity or kind, one of the two",
        )
    try:
        if given.entity.strip():
            return file.merge(given.name, given.entity)
        sectors = tuple(given.sectors.upper().replace(",", " ").split())
        return file.found(given.name, NewEntity(given.kind, given.called, given.country, sectors))
    except KnowledgeError as error:
        raise HTTPException(422, str(error).replace(f"{file.path}:", "").strip()) from error


def _coding(bench: Workbench) -> str:
    return f"turnstone code INPUT -o {bench.directory} --entities {MergedNames(bench.directory).path}"
