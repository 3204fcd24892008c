"""Runs: those of the record, a coding begun and watched in the browser, what failed and why, two records compared."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import pyarrow.parquet as pq
from fastapi import APIRouter, File, Form, HTTPException, Query, Request, UploadFile
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from turnstone.errors import StoreError
from turnstone.provenance.diff import KINDS
from turnstone.store import manifest_of, set_aside, table_path
from turnstone.store.runs import NAME, LoggedRun, logged
from turnstone.web.index.build import newest
from turnstone.web.navigation import Link
from turnstone.web.rendering import answer
from turnstone.web.uploads import KINDS as READ
from turnstone.web.uploads import MOST_FILES, Coding
from turnstone.web.workbench import Bench, Workbench

router = APIRouter(tags=["runs"])
LINKS = (Link("Runs", "/runs", ("/runs",)),)

_EXAMPLES, _DIFFERENCES, _FAILED = 10, 100, 5000


class RunRow(BaseModel):
    """A run of a record: when it was begun (UTC), how it stands, what became of its inputs, what coded them."""

    record: str
    number: int
    begun: str
    ended: str
    state: str
    reason: str
    counts: dict[str, int]
    rate: float | None = Field(description="inputs a second; null where nobody knows")
    turnstone: str
    model: str
    inputs: list[str]


class CodingState(BaseModel):
    """A coding begun in the browser since the workbench started. `given` inputs were read so far, `done` of them have
    an outcome; `rate` is inputs a second.
    """

    files: list[str]
    state: str
    running: bool
    given: int
    done: int
    rate: float
    seconds: float
    counts: dict[str, int]
    failure: str


class Failed(BaseModel):
    """An input that failed. `title` is that of its article, where it was set aside."""

    origin: str
    article: str
    published: dt.date | None
    title: str


class Failure(BaseModel):
    """A reason with what to do about it, and the inputs it concerns."""

    reason: str
    remedy: str
    inputs: int
    examples: list[Failed]


class RunsPage(BaseModel):
    """The runs of the record and of records in its folder, the latest first; what failed; what can be compared."""

    runs: list[RunRow]
    coding: CodingState | None
    outcomes: dict[str, int]
    failures: list[Failure]
    compare: list[str]


class Difference(BaseModel):
    """An article or event in which two records differ."""

    kind: str
    article_id: str
    published: str
    event_a: str
    event_b: str
    event_type: str
    evidence: str
    fields: list[dict[str, str]]
    reasons: list[str]


class Comparison(BaseModel):
    """In what two records differ; `state` is done, working or not begun. `unknown` says what the records do not tell
    about the reasons, and what to do.
    """

    a: str
    b: str
    state: str
    seconds: float
    articles: int
    same: int
    counts: dict[str, int]
    fields: dict[str, int]
    reasons: dict[str, int]
    unknown: list[str]
    differences: list[Difference]


@router.get("/runs", include_in_schema=False)
@router.get("/api/runs", response_model=RunsPage)
def runs(request: Request, bench: Bench) -> Response:
    """The runs of the record, what failed and why, and the coding that was begun here."""
    page = RunsPage(
        runs=_runs(bench),
        coding=_state(bench.uploads.last),
        outcomes=_outcomes(bench.directory),
        failures=_failures(bench),
        compare=[str(path) for path in bench.settings.compare],
    )
    return answer(request, "runs.html", page, kinds=READ, largest=bench.settings.largest, most=MOST_FILES)


@router.get("/runs/coding", include_in_schema=False)
@router.get("/api/runs/coding", response_model=CodingState)
def coding(request: Request, bench: Bench) -> Response:
    """How far the coding is that was begun here."""
    state = _state(bench.uploads.last)
    if state is None:
        raise HTTPException(404, "no coding was begun here since the workbench started; send files to /api/runs/code")
    return answer(request, "runs_coding.html", state)


@router.post("/runs/code", include_in_schema=False)
def code(
    bench: Bench,
    files: Annotated[list[UploadFile], File()],
    date: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Codes uploaded files into the record, and shows how far that is."""
    _begin(bench, files, date)
    return RedirectResponse("/runs#coding", 303)


@router.post("/api/runs/code", response_model=CodingState, status_code=202)
def code_files(
    bench: Bench,
    files: Annotated[list[UploadFile], File(description="what `turnstone code` reads, by the ends of their names")],
    date: Annotated[str, Form(max_length=10, description="for what has no date of its own")] = "",
) -> CodingState:
    """Codes uploaded files into the record, as a form with the token of a page."""
    return _told(_begin(bench, files, date))


@router.get("/runs/compare", include_in_schema=False)
@router.get("/api/runs/compare", response_model=Comparison)
def compare(
    request: Request,
    bench: Bench,
    other: Annotated[int, Query(ge=0, le=1000, alias="with", description="which of those given by --compare")] = 0,
) -> Response:
    """In what this record differs from another that the workbench was started with."""
    if other >= len(bench.settings.compare):
        raise HTTPException(
            404, f"no such record to compare with; start again as: turnstone serve {bench.directory} --compare OTHER"
        )
    a, b = bench.directory, bench.settings.compare[other]
    marks = newest(a), newest(b)
    if None in marks:
        raise HTTPException(404, f"{a if marks[0] is None else b}: holds no record yet; code articles into it first")
    key = ("diff", str(marks[0]), str(marks[1]))
    command = bench.commands.known(key) or bench.commands.begin(key, ["diff", str(a), str(b), "--json"])
    if command is not None:
        command.done.wait(0.5)
        if command.failure:
            raise HTTPException(409, command.failure)
    found: dict[str, Any] = command.answer if command is not None and command.done.is_set() else {}
    page = Comparison(
        a=str(a),
        b=str(b),
        state="done" if found else "working" if command is not None else "not begun",
        seconds=round(command.seconds, 1) if command is not None and not found else 0.0,
        articles=found.get("articles", 0),
        same=found.get("same", 0),
        counts={kind: found[kind] for kind in KINDS if kind in found},
        fields=found.get("fields", {}),
        reasons=found.get("reasons", {}),
        unknown=found.get("unknown", []),
        differences=[Difference(**one) for one in found.get("differences", [])[:_DIFFERENCES]],
    )
    return answer(request, "runs_compare.html", page)


def _begin(bench: Workbench, files: list[UploadFile], date: str) -> Coding:
    if date:
        try:
            dt.date.fromisoformat(date)
        except ValueError as error:
            raise HTTPException(422, f"{date!r} is no day; give it as 2023-03-21, or leave it empty") from error
    given = [(one.filename or "", one.file) for one in files if one.filename]
    try:
        return bench.uploads.begin(given, date)
    except StoreError as error:
        raise HTTPException(409, str(error)) from error


def _told(coding: Coding) -> CodingState:
    return CodingState(
        files=list(coding.names.values()), state=coding.state, running=coding.running, given=coding.given,
        done=coding.done, rate=round(coding.rate, 1), seconds=round(coding.seconds, 1), counts=coding.counts,
        failure=coding.failure,
    )  # fmt: skip


def _state(coding: Coding | None) -> CodingState | None:
    return None if coding is None else _told(coding)


def _runs(bench: Workbench) -> list[RunRow]:
    places = [bench.directory, *sorted(path.parent for path in bench.directory.glob(f"[!.]*/{NAME}"))]
    places += [path for path in bench.settings.compare if path not in places]
    rows = [_row(bench, place, run) for place in places for run in logged(place)]
    return sorted(rows, key=lambda one: (one.state != "running", _backwards(one.begun), one.record, -one.number))


def _backwards(begun: str) -> float:
    try:
        return -dt.datetime.fromisoformat(begun).timestamp()
    except ValueError:
        return 0.0


def _row(bench: Workbench, place: Path, run: LoggedRun) -> RunRow:
    given = run.asked.get("input", {})
    inputs = ["what was set aside"] if given.get("set_aside") else [str(one) for one in given.get("inputs", [])]
    return RunRow(
        record=place.absolute().name, number=run.number, begun=run.begun, ended=run.ended, state=run.state,
        reason=run.reason, counts=dict(run.counts), rate=_rate(run), turnstone=run.version, model=run.model[:12],
        inputs=[bench.uploads.name_of(one) for one in inputs[:20]],
    )  # fmt: skip


def _rate(run: LoggedRun) -> float | None:
    try:
        ended = dt.datetime.fromisoformat(run.ended) if run.ended else dt.datetime.now(dt.UTC)
        seconds = (ended - dt.datetime.fromisoformat(run.begun)).total_seconds()
    except ValueError:
        return None
    done = sum(run.counts.get(name, 0) for name in ("coded", "empty", "failed"))
    if seconds < 1 or not done or not (run.ended or run.state == "running"):
        return None
    return round(done / seconds, 1)


def _outcomes(directory: Path) -> dict[str, int]:
    try:
        return {name: int(count) for name, count in manifest_of(directory)["outcomes"].items()}
    except StoreError:
        return {}


def _failures(bench: Workbench) -> list[Failure]:
    """What failed, by reason, the most frequent first."""
    directory = bench.directory
    if not _outcomes(directory).get("failed"):
        return []
    columns = ["origin", "article_id", "reason", "remedy", "published", "digest"]
    path = table_path(directory, "ledger")
    rows = pq.read_table(path, columns=columns, filters=[("outcome", "=", "failed")]).slice(0, _FAILED).to_pylist()
    titles = {row["digest"]: row["title"] for row in set_aside.rows_in(directory)}
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault((row["reason"], row["remedy"]), []).append(row)
    found = [
        Failure(
            reason=reason,
            remedy=remedy,
            inputs=len(some),
            examples=[
                Failed(
                    origin=bench.uploads.name_of(one["origin"]), article=one["article_id"],
                    published=one["published"], title=titles.get(one["digest"], ""),
                )
                for one in some[:_EXAMPLES]
            ],
        )
        for (reason, remedy), some in grouped.items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.inputs, one.reason))
