"""What a reviewer says is added to the reviews of the record: by the form of a page or as JSON."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from turnstone.reviews import Changes, Queue, Review, Trigger, append
from turnstone.reviews.queues import SEED
from turnstone.web import wording
from turnstone.web.index.opened import OpenRecord
from turnstone.web.navigation import Link
from turnstone.web.pages.review_asked import Asked, no_event, question_of
from turnstone.web.pages.review_forms import Answer, Missing, Name, changes_of, new_event, refused
from turnstone.web.pages.review_question import Said, said
from turnstone.web.pages.reviewer import Form, local, reviewer_of
from turnstone.web.review_desk import Desk
from turnstone.web.workbench import Bench, Record, Workbench

router = APIRouter(tags=["review"])
LINKS: tuple[Link, ...] = ()


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


@router.post("/api/review", response_model=Said)
def say(request: Request, bench: Bench, record: Record, given: Answer) -> Response:
    """Accept, reject, correct or skip an event."""
    return _json(_say(request, bench, record, given))


def _say(request: Request, bench: Workbench, record: OpenRecord, given: Answer) -> Review:
    desk = Desk(record)
    shown = question_of(desk, given.article, given.event)
    if shown is None:
        raise no_event(given.article, given.event)
    if given.mark and given.mark != shown.mark:
        raise HTTPException(409, "This event was coded anew meanwhile; look at it again.")
    changes = given.changes if given.verdict == "correct" else None
    verdict = "accept" if given.verdict == "correct" and changes is None else given.verdict
    start, end = shown.trigger
    return _append(
        record,
        reviewer=given.reviewer or reviewer_of(request, bench), verdict=verdict, article=given.article,
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
    shown = question_of(Desk(record), article, event)
    if shown is None:
        raise no_event(article, event)
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
    return RedirectResponse(local(back) or asked.address(past=asked.past), 303)


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
        record, reviewer=given.reviewer or reviewer_of(request, bench), verdict="missing", article=given.article,
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
    reviewer = given.reviewer or reviewer_of(request, bench)
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
    reviewer = given.reviewer or reviewer_of(request, bench)
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
    back = local(str(form.get("then", "")))
    if back:
        return RedirectResponse(back, 303)
    if not event or question_of(Desk(record), article, event) is None:
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
        record, reviewer=given.reviewer or reviewer_of(request, bench), adjudicates=True, note=given.note,
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
    return RedirectResponse(local(str(form.get("then", ""))) or "/review/compare", 303)


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


def _lines(note: object) -> str:
    return note.replace("\r\n", "\n").strip() if isinstance(note, str) else ""
