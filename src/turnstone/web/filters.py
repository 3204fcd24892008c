"""What a page is asked to show: the filters in its address, which every page and address of the API understands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlencode

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Unit = Literal["reports", "happenings"]
Band = Literal["under 50", "50 to 70", "70 to 90", "over 90"]
BANDS: Mapping[Band, tuple[int, int]] = {
    "over 90": (90, 101),
    "70 to 90": (70, 90),
    "50 to 70": (50, 70),
    "under 50": (0, 50),
}
"""Bands of confidence: the least percentage that belongs to one, and the least that no longer does."""

ReviewState = Literal["unreviewed", "accepted", "corrected", "rejected", "disputed", "added"]
STATES: tuple[ReviewState, ...] = get_args(ReviewState)
"""What became of an event in review; one that was only skipped counts as unreviewed."""

MOST_VALUES = 50
NONE = "-"
"""In a filter, what an event has none of: source=- is the events without a source."""


def _none_if_blank(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _without_blanks(value: object) -> object:
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list | tuple):
        return tuple(dict.fromkeys(one for one in value if not isinstance(one, str) or one))
    return value


_Text = Annotated[str, Field(max_length=300)]
_Many = BeforeValidator(_without_blanks)
_Texts = Annotated[tuple[_Text, ...], _Many, Field(max_length=MOST_VALUES)]
_Day = Annotated[dt.date | None, BeforeValidator(_none_if_blank)]


def _several(description: str) -> Any:
    return Field((), description=description)


class Filter(BaseModel):
    """Which events. Several values of one filter are joined by or, different filters by and."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    q: Annotated[str, Field(max_length=500)] = Field(
        default="", description='words to search; "in quotes" for a phrase, -word for none of it'
    )
    since: _Day = Field(default=None, alias="from", description="events that begin on this day or later")
    until: _Day = Field(default=None, alias="to", description="events that end on this day or earlier")
    actor: _Texts = _several("names of actors")
    actor_country: _Texts = _several("countries of actors, ISO 3166 alpha-3 or PLOVER codes")
    recipient: _Texts = _several("names of recipients")
    recipient_country: _Texts = _several("countries of recipients")
    type: _Texts = _several("PLOVER event types")
    quad: Annotated[tuple[Annotated[int, Field(ge=0, le=4)], ...], _Many, Field(max_length=5)] = _several(
        "quad classes, 1 to 4"
    )
    status: _Texts = _several("happened, historical, future, hypothetical or negated")
    place: _Texts = _several("names of places")
    place_country: _Texts = _several("countries of places")
    source: _Texts = _several("outlets, or publishers where no outlet is named")
    confidence: Annotated[tuple[Band, ...], _Many] = _several("bands of confidence, in percent")
    review: Annotated[tuple[ReviewState, ...], _Many] = _several(
        "what became of an event in review; without it, all but the rejected"
    )
    coded: bool = Field(default=False, description="what was coded, whatever reviewers said of it")
    unit: Unit = Field(default="reports", description="count every report of an event, or each happening once")

    def query(self, **changes: object) -> str:
        """The address of this filter with some values changed; begins with ? unless nothing is filtered."""
        values = self.model_dump(by_alias=True, mode="json") | {_ALIASES.get(k, k): v for k, v in changes.items()}
        pairs: list[tuple[str, str]] = []
        for name, value in values.items():
            if (name, value) in (("unit", "reports"), ("coded", False)):
                continue
            for one in value if isinstance(value, list | tuple) else [value]:
                if one not in (None, ""):
                    pairs.append((name, str(one)))
        return f"?{urlencode(pairs)}" if pairs else ""

    def having(self, name: str, value: object) -> str:
        """The address with one more value of a filter."""
        now = getattr(self, name)
        return self.query(**{name: (*now, value) if value not in now else now})

    def lacking(self, name: str, value: object) -> str:
        """The address with one value of a filter taken away."""
        now = getattr(self, name)
        return self.query(**{name: tuple(one for one in now if one != value) if isinstance(now, tuple) else None})

    def given(self) -> list[tuple[str, Any]]:
        """Every (filter, value) that is set; what is counted (unit, coded) is none."""
        found: list[tuple[str, Any]] = []
        for name in type(self).model_fields:
            if name in ("unit", "coded"):
                continue
            value = getattr(self, name)
            for one in value if isinstance(value, tuple) else (value,):
                if one not in (None, ""):
                    found.append((name, one))
        return found


EVERYTHING = Filter.model_validate({})
"""The filter that lets all through."""

_ALIASES = {"since": "from", "until": "to"}

LABELS = {
    "q": "words", "since": "from", "until": "to", "actor": "actor", "actor_country": "actor of",
    "recipient": "recipient", "recipient_country": "recipient of", "type": "type", "quad": "class",
    "status": "status", "place": "place", "place_country": "in", "source": "source", "confidence": "confidence",
    "review": "review",
}  # fmt: skip
"""A filter as people call it."""

FACET_NAMES = {
    "type": "Type", "status": "Status", "actor_country": "Actor’s country", "actor": "Actor",
    "recipient_country": "Recipient’s country", "recipient": "Recipient", "place_country": "Place", "source": "Source",
    "confidence": "Confidence", "review": "Review",
}  # fmt: skip
