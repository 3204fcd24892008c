"""What a reviewer sends: an answer as JSON, or the fields of the form."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from turnstone.reviews import Changes
from turnstone.reviews.journal import explained
from turnstone.reviews.verdicts import Modes, Parties, Where, Who
from turnstone.web.pages.review_question import Question, differs

_Text = Annotated[str, Field(max_length=1000)]
_Note = Annotated[str, Field(max_length=4000)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Answer(BaseModel):
    """What somebody says of an event. `mark` is that of the question, so that nobody judges what they have not seen;
    `reviewer` may be left out where a cookie says who it is."""

    model_config = ConfigDict(extra="forbid")

    article: _Text
    event: _Text
    mark: str = Field("", max_length=16, description="of the question; it is refused where the event has changed since")
    verdict: Literal["accept", "reject", "correct", "skip"]
    changes: Changes | None = None
    queue: Literal["random", "uncertain", "disagreement", "none"] = "none"
    adjudicates: bool = False
    note: _Note = ""
    reviewer: Name = ""


class Missing(BaseModel):
    """An event that was not coded: `start` and `end` are the word that tells of it."""

    model_config = ConfigDict(extra="forbid")

    article: _Text
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    changes: Changes
    note: _Note = ""
    reviewer: Name = ""


class Fields(BaseModel):
    """All fields of the form, as far as they are given."""

    event_type: str | None = None
    modes: Modes = ()
    status: str | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    actors: Parties = ()
    recipients: Parties = ()
    place: Where | None = None
    speaker: Who | None = None


_PARTY = re.compile(r"(actors|recipients)\.(\d{1,2})\.([a-z_]{1,12})")
_OTHER = re.compile(r"(place|speaker)\.([a-z_]{1,12})")


def read_fields(form: FormData) -> dict[str, Any]:
    """The fields of the form by name, as plain values; a participant without a name is left out."""
    parties: dict[str, dict[int, dict[str, Any]]] = {"actors": {}, "recipients": {}}
    others: dict[str, dict[str, Any]] = {"place": {}, "speaker": {}}
    for key, value in form.multi_items():
        if not isinstance(value, str):
            continue
        if found := _PARTY.fullmatch(key):
            parties[found[1]].setdefault(int(found[2]), {})[found[3]] = value.strip()
        elif found := _OTHER.fullmatch(key):
            others[found[1]][found[2]] = value.strip()
    fields: dict[str, Any] = {
        name: [_who(party) for _, party in sorted(some.items()) if party.get("name")] for name, some in parties.items()
    }
    for name in ("event_type", "status", "first_day", "last_day"):
        if form.get(name):
            fields[name] = form.get(name)
    fields["modes"] = [str(one) for one in form.getlist("modes")]
    fields["place"] = _where(others["place"]) if others["place"].get("name") else None
    fields["speaker"] = _who(others["speaker"]) if others["speaker"].get("name") else None
    return fields


def _who(given: Mapping[str, str]) -> dict[str, Any]:
    who: dict[str, Any] = {key: given[key] for key in ("name", "entity_id", "text") if given.get(key)}
    who["country"] = given.get("country", "").upper()
    who["sectors"] = given.get("sectors", "").upper().split()
    who["remember"] = given.get("remember") == "yes"
    who["kind"] = given.get("kind", "")
    return who | _offsets(given)


def _where(given: Mapping[str, str]) -> dict[str, Any]:
    where: dict[str, Any] = {key: given[key] for key in ("name", "text", "resolution") if given.get(key)}
    where["country"] = given.get("country", "").upper()
    for key in ("geonames_id", "latitude", "longitude"):
        if given.get(key):
            where[key] = given[key]
    return where | _offsets(given)


def _offsets(given: Mapping[str, str]) -> dict[str, Any]:
    return {key: given[key] for key in ("start", "end") if given.get(key)}


def changes_of(form: FormData, shown: Question) -> Changes | None:
    """What the form says otherwise than what was coded; None where nothing. Raises HTTPException 422."""
    try:
        fields = Fields.model_validate(read_fields(form))
        given = {name: getattr(fields, name) for name in Fields.model_fields if _is_given(name, fields)}
        changed = {name: value for name, value in given.items() if differs(shown.values, name, value)}
        return Changes.model_validate(changed) if changed else None
    except ValidationError as error:
        raise refused(error) from error


def new_event(form: FormData) -> Changes:
    """A missing event as the form has it. Raises HTTPException 422."""
    try:
        fields = Fields.model_validate(read_fields(form))
        given = {name: getattr(fields, name) for name in Fields.model_fields if getattr(fields, name)}
        changes = Changes.model_validate(given)
        changes.over(None)
        return changes
    except ValidationError as error:
        raise refused(error) from error


def _is_given(name: str, fields: Fields) -> bool:
    return name not in ("event_type", "status", "first_day", "last_day") or getattr(fields, name) is not None


def refused(error: ValidationError) -> HTTPException:
    return HTTPException(422, f"{explained(error)}; mend it and send it again")
