"""On which days and where the events of annotated articles were."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import articles as article_files
import sheets
from corpus import CorpusError

WHEN_HEADER = "# article\tstart of the trigger\tdays\tplace"

Whereabouts = dict[int, tuple[str, str]]
"""By the start of the trigger: a day, month, year or "first/last", and "name/code"; each "-" where the report does not
tell it and empty where nobody has looked."""


def whereabouts(path: Path) -> dict[str, Whereabouts]:
    """By report: what sheets say of their events; else the file of that name in the folder `when` beside it, which has
    days and places alone, or, beside articles, NAME_who.tsv (`articles.py`). Raises CorpusError."""
    found: dict[str, Whereabouts] = {}
    if sheets.is_sheet(path):
        for sheet in sheets.sheets_of(path):
            pairs = zip(sheet.report.events, sheet.who, strict=True)
            found[sheet.report.id] = {event.trigger[0]: (who.days, who.place) for event, who in pairs}
        return found
    for (name, start), told in _beside(path).items():
        found.setdefault(name, {})[start] = told
    return found


def _beside(path: Path) -> dict[tuple[str, int], tuple[str, str]]:
    who, when = path.with_name(f"{path.stem}_who.tsv"), path.parent / "when" / f"{path.stem}.tsv"
    if who.exists():
        return {key: (one.days, one.place) for key, one in article_files.read_who(who).items()}
    if not when.exists():
        return {}
    rows = [line.split("\t") for line in when.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    try:
        return {(name, int(start)): (days, place) for name, start, days, place in rows}
    except ValueError as error:
        raise CorpusError(f"{when}: each line has {WHEN_HEADER.removeprefix('# ')} ({error})") from error


def days_of(said: str) -> tuple[date, date] | None:
    """The first and last day of "2016-02-09", "2016-02", "2016" or "FIRST/LAST"; None where it is no day."""
    first, slash, last = said.partition("/")
    if slash:
        one, other = days_of(first), days_of(last)
        return (one[0], other[1]) if one and other else None
    parts = said.split("-")
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", said):
        return None
    year, month, day = (int(part) for part in (*parts, "0", "0")[:3])
    if day:
        return date(year, month, day), date(year, month, day)
    following = date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
    return date(year, month or 1, 1), date.fromordinal(following.toordinal() - 1)
