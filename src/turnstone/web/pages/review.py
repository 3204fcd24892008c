"""Review: one event, one question; what is said is added to the reviews of the record."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Annotated, Any
from urllib.parse import quote, unquote, urlencode

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from turnstone.knowledge.entity_files import SECTORS
from turnstone.reviews import Changes, Judged, Queue, Review, Trigger, append
from turnstone.reviews.agreement import agreement, differing
from turnstone.reviews.lost import lost
from turnstone.reviews.precision import Precision
from turnstone.reviews.queues import SEED, Wanted
from turnstone.reviews.verdicts import FIELDS
from turnstone.web import wording
from turnstone.web.index.opened import OpenRecord
from turnstone.web.index.rows import EventRow
from turnstone.web.navigation import Link
from turnstone.web.pages.review_forms import Answer, Missing, Name, changes_of, new_event, refused
from turnstone.web.pages.review_names import Suggestion, suggestions
from turnstone.web.pages.review_question import Question, Said, question, said
from turnstone.web.rendering import answer
from turnstone.web.review_desk import Desk, QueueChoice
from turnstone.web.workbench import Bench, Record, Workbench

router = APIRouter(tags=["review"])
LINKS = (Link("Review", "/review", ("/review",)),)

QUEUES: dict[QueueChoice, str] = {
    "random": "random sample",
    "uncertain": "least certain first",
    "disagreement": "where reviewers or reports differ",
}
NAMES = {
    "event": "is there an event", "event_type": "type", "modes": "modes", "status": "status", "actors": "who",
    "recipients": "to whom", "days": "when", "place": "where", "speaker": "on whose word",
}  # fmt: skip


async def _form(request: Request) -> FormData:
    return await request.form()


Form = Annotated[FormData, Depends(_form)]


_DISPUTES = 20


class Asked(BaseModel):
    """Which event to ask about: the next of a queue, or one by its ids."""

    model_config = ConfigDict(frozen=True)

    queue: QueueChoice = "random"
    type: str = Field("", max_length=40, description="only events of a PLOVER type")
    country: str = Field("", max_length=10, description="only events with an actor or recipient of a country")
    past: int = Field(0, ge=0, le=100_000, description="of those on which reviewers differ, leave out so many")
    article: str = Field("", max_length=1000, description="with `event`: this event, whatever the queue")
    event: str = Field("", max_length=300)
    again: bool = Field(False, description="the event was met in the queue, and is asked once more")

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.type, self.country.upper())

    def address(self, **changes: object) -> str:
        """The address of this queue; without changes, of its next event."""
        given: dict[str, object] = {"queue": self.queue, "type": self.type, "country": self.country} | changes
        return "/review?" + urlencode({name: value for name, value in given.items() if value not in ("", 0)})


class ShareOf(BaseModel):
    """`right` of `of`, with its 95 % interval (Wilson), from 0 to 1; null of none."""

    right: int
    of: int
    value: float | None
    low: float | None
    high: float | None


class PrecisionOf(BaseModel):
    """How often what was coded is right, from the random sample: `there` counts events of the right type, `whole` those
    with nothing to correct. `type` is empty for all types together."""

    type: str
    there: ShareOf
    whole: ShareOf
    disputed: int
    skipped: int


class ReviewPage(BaseModel):
    """The next question of a queue, null where it is empty, and how far the reviewing is. `last` is what the reviewer
    said last, `said` what others said of an event on which they differ, `reports` are others of the same happening that
    tell it differently; `fields` says in what. `lost` reviewed events are not in this coding."""

    reviewer: str
    queue: QueueChoice
    type: str
    country: str
    question: Question | None
    done: int
    total: int
    disputes: int
    lost: int
    precision: list[PrecisionOf]
    last: Said | None
    last_article: str
    last_event: str
    said: list[Said]
    reports: list[EventRow]
    fields: list[str]


class LostEvent(BaseModel):
    """A reviewed event that this coding does not have, by the ids it had; `becomes` says what it counts for now."""

    article: str
    event: str
    word: str
    event_type: str
    reviewers: list[str]
    at: dt.datetime
    becomes: str


class LostEvents(BaseModel):
    """Reviewed events that this coding does not have, the latest first."""

    lost: list[LostEvent]


class AgreementOf(BaseModel):
    """How far reviewers agree on a field, over events that two or more have reviewed."""

    field: str
    events: int
    share: float | None
    kappa: float | None
    alpha: float | None


class Dispute(BaseModel):
    """An event on which reviewers differ: in which `fields`, and what each said. `event` is empty where the coding
    has no such event any more."""

    article: str
    event: str
    trigger: str
    fields: list[str]
    said: list[Said]


class Comparison(BaseModel):
    """Reviewers compared. Of the `waiting` events that nobody has settled, `disputes` are the first."""

    reviewer: str
    reviewers: dict[str, int]
    agreement: list[AgreementOf]
    waiting: int
    disputes: list[Dispute]
    settled: int


class History(BaseModel):
    """All that was said of an event, the oldest first."""

    article: str
    event: str
    state: str
    said: list[Said]


class Undo(BaseModel):
    """Takes back a line of the reviewer's own, the last that holds if no id is given."""

    model_config = ConfigDict(extra="forbid")

    review: str = Field("", pattern="^([0-9a-f]{16})?$")
    reviewer: Name = ""


class Complete(BaseModel):
    """Says that every event of an article is reviewed and none is missing."""

    model_config = ConfigDict(extra="forbid")

    article: str = Field(max_length=1000)
    reviewer: Name = ""


class Settle(BaseModel):
    """Settles what reviewers differ on by one of their reviews."""

    model_config = ConfigDict(extra="forbid")

    review: str = Field(pattern="^[0-9a-f]{16}$")
    note: str = Field("", max_length=4000)
    reviewer: Name = ""


def _no_event(article: str, event: str) -> HTTPException:
    what = f"The record has no event {event[:80]!r} of an article {article[:80]!r}"
    return HTTPException(404, f"{what}; it may have been coded anew. Go on with the queue.")


# --- pages


@router.get("/review", include_in_schema=False)
@router.get("/api/review", response_model=ReviewPage)
def review(request: Request, bench: Bench, record: Record, asked: Annotated[Asked, Query()]) -> Response:
    """The next event of a queue, and how good the coding is so far."""
    page, desk = _page(request, bench, record, asked)
    codebook = wording.codebook()
    choices = {
        "types": {name: one.description for name, one in codebook.types.items()},
        "modes": {name: {m: mode.description for m, mode in one.modes.items()} for name, one in codebook.types.items()},
        "statuses": codebook.statuses,
        "sectors": {name: codebook.sectors.get(name, "") for name in sorted(SECTORS)},
    }
    return answer(request, "review.html", page, asked=asked, queues=QUEUES, choices=choices, names=NAMES, desk=desk)


def _page(request: Request, bench: Workbench, record: OpenRecord, asked: Asked) -> tuple[ReviewPage, Desk]:
    desk = Desk(record)
    reviewer = _reviewer(request, bench)
    key = (asked.article, asked.event) if asked.article else None
    if key is None and (reviewer or asked.queue == "disagreement"):
        key = desk.next(asked.queue, asked.wanted, reviewer, asked.past)
    shown = _question(desk, *key) if key else None
    if asked.article and shown is None:
        raise _no_event(asked.article, asked.event)
    overall, types = desk.precision(asked.wanted.country)
    judged = desk.standing.of.get(key) if key else None
    is_open = judged is not None and judged.state == "disputed"
    reports, told = desk.told_with(key) if key and asked.queue == "disagreement" and not is_open else ([], ())
    lines = desk.journal.holding()
    last = next((one for one in reversed(lines) if one.reviewer == reviewer), None) if reviewer else None
    return ReviewPage(
        reviewer=reviewer, queue=asked.queue, type=asked.type, country=asked.wanted.country, question=shown,
        done=desk.done(asked.wanted, reviewer), total=desk.total(asked.wanted), disputes=len(desk.disputes(Wanted())),
        lost=len(desk.standing.lost),
        precision=[_precision("", overall), *(_precision(name, one) for name, one in types.items())],
        last=said(last) if last else None, last_article=last.article if last else "",
        last_event=last.event if last else "",
        said=[said(one) for one in judged.reviews] if judged and is_open and asked.queue == "disagreement" else [],
        reports=reports, fields=list(differing(judged) if judged and is_open else told),
    ), desk  # fmt: skip


def _question(desk: Desk, article: str, event: str) -> Question | None:
    with desk.tables() as tables:
        return question(tables, article, event, desk.standing.of, desk.standing.complete)


def _precision(name: str, found: Precision) -> PrecisionOf:
    def share(one: Any) -> ShareOf:
        return ShareOf(right=one.right, of=one.of, value=one.value, low=one.low, high=one.high)

    return PrecisionOf(
        type=name, there=share(found.there), whole=share(found.whole), disputed=found.disputed, skipped=found.skipped
    )


@router.get("/review/compare", include_in_schema=False)
@router.get("/api/review/compare", response_model=Comparison)
def compare(request: Request, bench: Bench, record: Record) -> Response:
    """How far reviewers agree, and what they differ on."""
    desk = Desk(record)
    judged, disputes = desk.standing.judged, desk.disputes(Wanted())
    counts: dict[str, int] = {}
    for one in desk.journal.holding():
        counts[one.reviewer] = counts.get(one.reviewer, 0) + 1
    page = Comparison(
        reviewer=_reviewer(request, bench),
        reviewers=counts,
        agreement=[
            AgreementOf(field=one.field, events=one.events, share=one.share, kappa=one.kappa, alpha=one.alpha)
            for one in agreement(judged)
        ],
        waiting=len(disputes),
        disputes=[_dispute(one) for one in disputes[:_DISPUTES]],
        settled=sum(any(r.adjudicates for r in one.reviews) for one in judged),
    )
    return answer(request, "review_compare.html", page, names=NAMES, fields=FIELDS)


def _dispute(judged: Judged) -> Dispute:
    by = judged.by
    return Dispute(
        article=judged.coded.article if judged.coded else by.article,
        event=judged.coded.event if judged.coded else "",
        trigger=by.trigger.text if by.trigger else "",
        fields=list(differing(judged)),
        said=[said(one) for one in judged.reviews if one.verdict != "skip"],
    )


@router.get("/review/lost", include_in_schema=False)
@router.get("/api/review/lost", response_model=LostEvents)
def lost_events(request: Request, record: Record) -> Response:
    """Reviewed events that this coding does not have."""
    found = [LostEvent(**{**asdict(one), "reviewers": list(one.reviewers)}) for one in lost(Desk(record).standing)]
    return answer(request, "review_lost.html", LostEvents(lost=found))


@router.get("/review/history", include_in_schema=False)
@router.get("/api/review/history", response_model=History)
def history(
    request: Request, bench: Bench, record: Record,
    article: Annotated[str, Query(max_length=1000)], event: Annotated[str, Query(max_length=300)],
) -> Response:  # fmt: skip
    """All that was said of an event, also what was taken back."""
    page = history_of(record, article, event)
    return answer(request, "review_history.html", page, names=NAMES, fields=FIELDS, reviewer=_reviewer(request, bench))


def history_of(record: OpenRecord, article: str, event: str) -> History:
    """All that was said of an event, for a page that shows it."""
    desk = Desk(record)
    judged = desk.standing.of.get((article, event))
    holding = {one.id for one in desk.journal.holding()}
    about = {(one.sha256, one.event) for one in judged.reviews} if judged else set()
    lines = [
        one
        for one in desk.journal.reviews
        if one.trigger is not None
        and ((one.article, one.event) == (article, event) or (one.sha256, one.event) in about)
    ]
    return History(
        article=article, event=event, state=judged.state if judged else "unreviewed",
        said=[said(one, one.id in holding) for one in lines],
    )  # fmt: skip


@router.get("/api/review/names", response_model=list[Suggestion])
def names(
    q: Annotated[str, Query(max_length=100, description="the beginning of a name")],
    day: Annotated[dt.date | None, Query(description="who is what on this day; today if not given")] = None,
) -> Response:
    """Names that the entities have."""
    found = suggestions(q, day or dt.datetime.now(dt.UTC).date())
    return JSONResponse([one.model_dump(mode="json") for one in found])


# --- what is said


@router.post("/api/review", response_model=Said)
def say(request: Request, bench: Bench, record: Record, given: Answer) -> Response:
    """Accept, reject, correct or skip an event."""
    return _json(_say(request, bench, record, given))


def _say(request: Request, bench: Workbench, record: OpenRecord, given: Answer) -> Review:
    desk = Desk(record)
    shown = _question(desk, given.article, given.event)
    if shown is None:
        raise _no_event(given.article, given.event)
    if given.mark and given.mark != shown.mark:
        raise HTTPException(409, "This event was coded anew meanwhile; look at it again.")
    changes = given.changes if given.verdict == "correct" else None
    verdict = "accept" if given.verdict == "correct" and changes is None else given.verdict
    start, end = shown.trigger
    return _append(
        record,
        reviewer=given.reviewer or _reviewer(request, bench), verdict=verdict, article=given.article,
        event=given.event, sha256=shown.sha256, saw=shown.values, changes=changes, note=given.note,
        trigger=Trigger(start=start, end=end, text=shown.shown[start - shown.start : end - shown.start][:300]),
        queue=Queue(name=given.queue, seed=SEED if given.queue == "random" else 0), adjudicates=given.adjudicates,
    )  # fmt: skip


@router.post("/review", include_in_schema=False)
def say_by_form(
    request: Request, bench: Bench, record: Record, form: Form, asked: Annotated[Asked, Query()]
) -> Response:
    """The same by the form of the page."""
    article, event = str(form.get("article", "")), str(form.get("event", ""))
    settles = form.get("adjudicates") == "yes"
    verdict = str(form.get("verdict", ""))
    if verdict == "skip" and settles:
        return RedirectResponse(asked.address(past=asked.past + 1), 303)
    shown = _question(Desk(record), article, event)
    if shown is None:
        raise _no_event(article, event)
    changes = changes_of(form, shown) if verdict == "correct" else None
    try:
        given = Answer.model_validate(
            {
                "article": article, "event": event, "mark": str(form.get("mark", "")), "verdict": verdict,
                "changes": changes, "queue": str(form.get("queue", "none")), "adjudicates": settles,
                "note": _lines(form.get("note")),
            }
        )  # fmt: skip
    except ValidationError as error:
        raise refused(error) from error
    _say(request, bench, record, given)
    back = str(form.get("then", ""))
    return RedirectResponse(_local(back) or asked.address(past=asked.past), 303)


@router.post("/api/review/missing", response_model=Said)
def add(request: Request, bench: Bench, record: Record, given: Missing) -> Response:
    """Add an event that was not coded."""
    return _json(_add(request, bench, record, given))


def _add(request: Request, bench: Workbench, record: OpenRecord, given: Missing) -> Review:
    with Desk(record).tables() as tables:
        found = tables.execute("select text, sha256 from articles where id = $1", [given.article]).fetchall()
    if not found:
        raise HTTPException(404, f"The record has no article {given.article[:80]!r}; /events lists those with events.")
    ((text, sha256),) = found
    if not given.start < given.end <= len(text):
        where = f"start, end: {given.start} to {given.end}"
        raise HTTPException(422, f"{where} are no words of a text of {len(text)} characters; give offsets into it.")
    return _append(
        record, reviewer=given.reviewer or _reviewer(request, bench), verdict="missing", article=given.article,
        sha256=sha256, changes=given.changes, note=given.note,
        trigger=Trigger(start=given.start, end=given.end, text=text[given.start : given.end][:300]),
    )  # fmt: skip


@router.post("/review/missing", include_in_schema=False)
def add_by_form(
    request: Request, bench: Bench, record: Record, form: Form, asked: Annotated[Asked, Query()]
) -> Response:
    """The same by the form of the page."""
    changes = new_event(form)
    try:
        given = Missing.model_validate(
            {
                "article": str(form.get("article", "")), "start": form.get("start"), "end": form.get("end"),
                "changes": changes, "note": _lines(form.get("note")),
            }
        )  # fmt: skip
    except ValidationError as error:
        raise refused(error) from error
    _add(request, bench, record, given)
    return RedirectResponse(asked.address(article=asked.article, event=asked.event), 303)


@router.post("/api/review/complete", response_model=Said)
def complete(request: Request, bench: Bench, record: Record, given: Complete) -> Response:
    """Mark an article complete: it is gold then."""
    return _json(_complete(request, bench, record, given))


def _complete(request: Request, bench: Workbench, record: OpenRecord, given: Complete) -> Review:
    desk = Desk(record)
    with desk.tables() as tables:
        found = tables.execute(
            "select a.sha256, count(e.event_id) from articles a left join events e on e.article_id = a.id "
            "where a.id = $1 group by all",
            [given.article],
        ).fetchall()
    if not found:
        raise HTTPException(404, f"The record has no article {given.article[:80]!r}; /events lists those with events.")
    ((sha256, events),) = found
    states = [one.state for (article, _), one in desk.standing.of.items() if article == given.article]
    left = events - len(states) + sum(state in ("disputed", "skipped") for state in states)
    if left:
        raise HTTPException(
            409, f"{left} of the {events} events of {given.article[:80]!r} are not settled; review them first."
        )
    reviewer = given.reviewer or _reviewer(request, bench)
    return _append(record, reviewer=reviewer, verdict="complete", article=given.article, sha256=sha256)


@router.post("/review/complete", include_in_schema=False)
def complete_by_form(
    request: Request, bench: Bench, record: Record, form: Form, asked: Annotated[Asked, Query()]
) -> Response:
    """The same by the form of the page."""
    _complete(request, bench, record, Complete(article=str(form.get("article", ""))[:1000]))
    return RedirectResponse(asked.address(), 303)


@router.post("/api/review/undo", response_model=Said)
def undo(request: Request, bench: Bench, record: Record, given: Undo) -> Response:
    """Take back what was said last, or one line."""
    return _json(_undo(request, bench, record, given))


def _undo(request: Request, bench: Workbench, record: OpenRecord, given: Undo) -> Review:
    reviewer = given.reviewer or _reviewer(request, bench)
    lines = Desk(record).journal.holding()
    own = next((one for one in reversed(lines) if one.reviewer == reviewer and given.review in ("", one.id)), None)
    if own is None:
        raise HTTPException(
            409,
            f"{reviewer[:80]!r} has no such review to take back; /api/review/history lists what was said of an event.",
        )
    _append(record, reviewer=reviewer, verdict="undo", undoes=own.id)
    return own


@router.post("/review/undo", include_in_schema=False)
def undo_by_form(
    request: Request, bench: Bench, record: Record, form: Form, asked: Annotated[Asked, Query()]
) -> Response:
    """The same by the form of the page; the event that it was about is asked again."""
    try:
        given = Undo(review=str(form.get("review", "")))
    except ValidationError as error:
        raise refused(error) from error
    own = _undo(request, bench, record, given)
    coded = next((one.coded for one in Desk(record).standing.judged if own in one.reviews and one.coded), None)
    article, event = (coded.article, coded.event) if coded else (own.article, own.event)
    back = _local(str(form.get("then", "")))
    if back:
        return RedirectResponse(back, 303)
    if not event or _question(Desk(record), article, event) is None:
        return RedirectResponse(asked.address(), 303)
    if own.queue.name == "none":
        return RedirectResponse(asked.address(article=article, event=event), 303)
    return RedirectResponse(asked.address(queue=own.queue.name, article=article, event=event, again="yes"), 303)


@router.post("/api/review/settle", response_model=Said)
def settle(request: Request, bench: Bench, record: Record, given: Settle) -> Response:
    """Settle what reviewers differ on: one of them is right."""
    return _json(_settle(request, bench, record, given))


def _settle(request: Request, bench: Workbench, record: OpenRecord, given: Settle) -> Review:
    right = next((one for one in Desk(record).journal.holding() if one.id == given.review), None)
    if right is None or right.verdict not in ("accept", "reject", "correct"):
        raise HTTPException(
            404,
            f"There is no review {given.review!r}, or it was taken back; /api/review/compare lists those that differ.",
        )
    kept = {
        name: getattr(right, name) for name in ("verdict", "article", "event", "sha256", "trigger", "saw", "changes")
    }
    return _append(
        record, reviewer=given.reviewer or _reviewer(request, bench), adjudicates=True, note=given.note,
        queue=Queue(name="disagreement"), **kept,
    )  # fmt: skip


@router.post("/review/settle", include_in_schema=False)
def settle_by_form(request: Request, bench: Bench, record: Record, form: Form) -> Response:
    """The same by the form of the page."""
    try:
        given = Settle.model_validate({"review": str(form.get("review", ""))})
    except ValidationError as error:
        raise refused(error) from error
    _settle(request, bench, record, given)
    return RedirectResponse(_local(str(form.get("then", ""))) or "/review/compare", 303)


def _append(record: OpenRecord, **values: Any) -> Review:
    if not values["reviewer"]:
        raise HTTPException(422, "reviewer: nobody is named; give a reviewer's name.")
    if isinstance(values.get("changes"), Changes):
        _check_words(record, values["article"], values["changes"])
    try:
        made = Review(**values)
    except ValidationError as error:
        raise refused(error) from error
    append(record.directory, made, wording.codebook())
    return made


def _check_words(record: OpenRecord, article: str, changes: Changes) -> None:
    """Words that a reviewer points at stand in the text as they say."""
    with Desk(record).tables() as tables:
        ((text,),) = tables.execute("select text from articles where id = $1", [article]).fetchall()
    given = [*(changes.actors or ()), *(changes.recipients or ())]
    for one in (*given, *(some for some in (changes.place, changes.speaker) if some is not None)):
        if one.start is not None and one.end is not None and text[one.start : one.end][:300] != one.text:
            said = f"The words {one.text[:40]!r} do not stand at {one.start} to {one.end}"
            raise HTTPException(422, f"{said}; give their offsets into the text.")


def _json(made: Review) -> Response:
    return JSONResponse(said(made).model_dump(mode="json"))


# --- who reviews


def _cookie(bench: Workbench) -> str:
    return f"turnstone_reviewer_{bench.settings.port}"


def _reviewer(request: Request, bench: Workbench) -> str:
    """The reviewer's name as the cookie has it; empty where it has none that will do."""
    name = unquote(request.cookies.get(_cookie(bench), "")).strip()
    return name if 0 < len(name) <= 80 and name.isprintable() else ""


@router.post("/review/reviewer", include_in_schema=False)
def call_reviewer(bench: Bench, form: Form, asked: Annotated[Asked, Query()]) -> Response:
    """Keeps the reviewer's name in a cookie."""
    name = " ".join(str(form.get("reviewer", "")).split())
    if not 0 < len(name) <= 80 or not name.isprintable():
        raise HTTPException(422, f"reviewer: {name[:40]!r} will not do; a name has 1 to 80 letters or signs.")
    response = RedirectResponse(_local(str(form.get("then", ""))) or asked.address(), 303)
    response.set_cookie(_cookie(bench), quote(name), max_age=365 * 86400, httponly=True, samesite="lax", path="/")
    return response


def _local(address: str) -> str:
    """An address of this workbench's review pages; empty for any other."""
    return address if address.startswith(("/review?", "/review/compare", "/event?")) and "\\" not in address else ""


def _lines(note: object) -> str:
    return note.replace("\r\n", "\n").strip() if isinstance(note, str) else ""
