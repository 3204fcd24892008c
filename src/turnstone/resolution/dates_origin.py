"""The day that an expression is told from, where that is not the article's: a dateline's, or that of a quotation.

"Yesterday" in what somebody said on Tuesday is Monday, whenever the report appeared; a report filed on 7 September
means that day by "today" though it was published on the 8th.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import regex

from turnstone.resolution.dates_reading import Value

Found = tuple[int, int, Value]

_NAME = r"\p{Lu}[\p{L}.'’-]+"
_DATELINE = regex.compile(
    rf"\s*{_NAME}(?:[\s/]{_NAME}){{0,3}}(?:,\s{_NAME}(?:\s{_NAME}){{0,2}})?(?:,\s|\s\()(?P<date>[^()\n–—0-9]{{0,20}}[0-9][^()\n–—]{{0,20}}?)\)?"
    r"(?:\s\([^)\n]{1,40}\))?\s?(?:--|(?<=\s)[-–—])\s"
)
_FILED_WITHIN = 7  # days before the article's
_QUOTED = regex.compile(r'"[^"\n]{2,800}"|“[^”\n]{2,800}”')
_SENTENCE = regex.compile(r"(?:[.!?]['\"”’)]?\s+(?=[\p{Lu}\"“])|\n)")
_SAYING = regex.compile(
    r"\b(?:said|says|saying|told|wrote|writes|added|noted|tweeted|posted|announced|declared|stated|asked|replied|warned"
    r"|insisted|claimed|argued|explained|recalled|testified|dated|statement|letter|speech|interview)\b"
)
# what may stand between the saying and its day: nothing that opens a clause or a topic of its own
_STRAIGHT = regex.compile(
    r"(?:(?!\b(?:that|who|which|after|before|when|about|of|over|since|following|for)\b)[^,;:.()])*"
)
_FRONTED = regex.compile(r"\W*(?:(?:on|late|early|in|a|the|statement|dated|issued|speaking)\s+)*", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Origin:
    """Expressions within text[start:end] are told from `day`; `name` says whose day it is."""

    start: int
    end: int
    day: date
    name: str

    def told(self, value: Value) -> Value:
        """The value with a basis that names this origin instead of the article."""
        basis = value.basis.replace("the article's", f"the {self.name}'s")
        return Value(value.days, value.granularity, basis, value.free)


def dateline_end(text: str) -> int:
    """Where a dateline with a date ends ("CAIRO, March 3 (Agency) - "), 0 without one."""
    match = _DATELINE.match(text)
    return match.end() if match else 0


def dateline(text: str, published: date, readings: Sequence[Found]) -> Origin | None:
    """The whole text as told from its dateline's day, where that is a few days before the article's."""
    match = _DATELINE.match(text)
    if match:
        for start, end, value in readings:
            here = start == match.start("date") and end >= match.end("date") and value.granularity == "day"
            if here and 0 < (published - value.days[0]).days <= _FILED_WITHIN:
                return Origin(match.end(), len(text), value.days[0], "dateline")
    return None


def quotations(text: str, published: date, readings: Sequence[Found]) -> tuple[Origin, ...]:
    """The quotations in quotation marks whose sentence tells on which day, other than the article's, they were said."""
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    outside = [
        (start, end, value.days[0])
        for start, end, value in readings
        if value.granularity == "day" and not any(low <= start < high for low, high in quoted)
    ]
    found = []
    for at, (low, high) in enumerate(quoted) if outside else ():
        previous = quoted[at - 1][1] if at else 0
        following = quoted[at + 1][0] if at + 1 < len(quoted) else len(text)
        day = _said_after(text, high, following, outside) or _said_before(text, previous, low, outside)
        if day and day < published:
            found.append(Origin(low, high, day, "quotation"))
    return tuple(found)


def _said_after(text: str, start: int, limit: int, days: Sequence[tuple[int, int, date]]) -> date | None:
    """ "...," he said on Tuesday."""
    stop = _SENTENCE.search(text, start, limit)
    return _said(text, start, stop.start() + 1 if stop else limit, days, fronted=False)


def _said_before(text: str, limit: int, end: int, days: Sequence[tuple[int, int, date]]) -> date | None:
    """On Tuesday he said: "..." """
    breaks = [match.end() for match in _SENTENCE.finditer(text, limit, end)]
    if breaks and breaks[-1] == end:  # the quotation is a sentence by itself
        return None
    return _said(text, breaks[-1] if breaks else limit, end, days, fronted=True)


def _said(text: str, start: int, end: int, days: Sequence[tuple[int, int, date]], fronted: bool) -> date | None:
    saying = _SAYING.search(text, start, end)
    if not saying:
        return None
    for first, last, day in days:
        if not (start <= first and last <= end):
            continue
        if first >= saying.end():
            if _STRAIGHT.fullmatch(text, saying.end(), first):
                return day
        elif fronted and _FRONTED.fullmatch(text, start, first):
            return day
        elif not fronted and _STRAIGHT.fullmatch(text, start, first) and last + 2 >= saying.start():
            return day
    return None
