"""On which days and where the events of annotated reports were."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import articles as article_files
import sheets
from corpus import CorpusError

Whereabouts = dict[int, tuple[str, str]]
"""By the start of the trigger: a day, month, year or "first/last", and "name/code"; each "-" where the report does not
tell it and empty where nobody has looked."""


def whereabouts(path: Path, added: bool = True) -> dict[str, Whereabouts]:
    """By report: what sheets say of their events, or, beside articles, NAME_who.tsv (`articles.py`); else, with
    `added`, the file of that name in the folder `when` beside it, which has days and places alone. Raises
    CorpusError."""
    found: dict[str, Whereabouts] = {}
    if sheets.is_sheet(path):
        for sheet in sheets.sheets_of(path):
            pairs = zip(sheet.report.events, sheet.who, strict=True)
            found[sheet.report.id] = {event.trigger[0]: (who.days, who.place) for event, who in pairs}
        return found
    who, when = path.with_name(f"{path.stem}_who.tsv"), path.parent / "when" / f"{path.stem}.tsv"
    if who.exists():
        for (name, start), told in article_files.read_who(who).items():
            found.setdefault(name, {})[start] = (told.days, told.place)
    elif added and when.exists():
        for number, line in enumerate(when.read_text(encoding="utf-8").splitlines(), 1):
            if not line.startswith("#"):
                try:
                    name, start, days, place = line.split("\t")
                    found.setdefault(name, {})[int(start)] = _day(days), _place(place)
                except ValueError as error:
                    columns = "report, start of the trigger, day and place"
                    raise CorpusError(f"{when}:{number}: {error}; a line has {columns}") from error
    return found


def _day(said: str) -> str:
    days = days_of(said)
    if (days is None and said != "-") or (days is not None and days[0] > days[1]):
        raise ValueError(f"{said!r} is no day, month, year or 'FIRST/LAST', nor '-'")
    return said


def _place(said: str) -> str:
    if said != "-" and not re.fullmatch(r".+/(?:[A-Z]{3}|-)", said):
        raise ValueError(f"{said!r} is no place as 'Name/CODE', nor '-'")
    return said


def days_of(said: str) -> tuple[date, date] | None:
    """The first and last day of "2016-02-09", "2016-02", "2016" or "FIRST/LAST"; None where it is no day. Raises
    ValueError for one that the calendar does not have."""
    first, slash, last = said.partition("/")
    if slash:
        one, other = days_of(first), days_of(last)
        return (one[0], other[1]) if one and other else None
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", said):
        return None
    parts = said.split("-")
    year, month, day = (int(part) for part in (*parts, "0", "0")[:3])
    if day:
        return date(year, month, day), date(year, month, day)
    following = date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
    return date(year, month or 1, 1), date.fromordinal(following.toordinal() - 1)
