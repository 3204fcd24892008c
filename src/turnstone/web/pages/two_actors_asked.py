"""Which two actors are asked for, and whom the record knows by what was given."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import HTTPException
from pydantic import BaseModel, Field, field_validator

from turnstone.web import wording
from turnstone.web.filters import Filter
from turnstone.web.index.opened import OpenRecord
from turnstone.web.index.pair import Pair, Side, Who

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


def name_value(record: OpenRecord, name: str) -> str:
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


def actor_of(record: OpenRecord, who: Who) -> Actor:
    return Actor(
        kind=who.kind, value=who.value, title=wording.country(who.value) if who.kind == "country" else who.value
    )


def pair_of(record: OpenRecord, asked: Asked) -> Pair:
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
