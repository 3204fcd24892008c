"""Dates as inputs state them. Nothing here knows what day it is today."""

from __future__ import annotations

import datetime as dt
import re

from turnstone.reading.unreadable import Unreadable, shown

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|" + (
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ISO = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?[ ]?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?", re.ASCII | re.I
)
_COMPACT = re.compile(r"\d{8}", re.ASCII)
_DAY_FIRST = rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?[ ](?:of[ ])?(?P<m1>{_MONTH}),?[ ](?P<y1>\d{{4}})"
_MONTH_FIRST = rf"(?P<m2>{_MONTH})[ ](?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?[ ](?P<y2>\d{{4}})"
_YEAR_FIRST = r"(?P<y3>\d{4})[-/](?P<m3>\d{1,2})[-/](?P<d3>\d{1,2})(?:T[\d:.,]+(?:Z|[+-]\d{2}:?\d{2})?)?"

WRITTEN = re.compile(rf"(?<![\w/-])(?:{_DAY_FIRST}|{_MONTH_FIRST}|{_YEAR_FIRST})(?![\w/-])", re.ASCII | re.IGNORECASE)
"""A full date in English words or year first. Month and day in figures alone (03/04/2023) are ambiguous: no match."""

_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})(?:/|$)", re.ASCII)

FIRST_YEAR, LAST_YEAR = 1600, 2999


def bad_date(found: object) -> Unreadable:
    """The refusal of something that stands where a date should."""
    return Unreadable(
        f"the date {shown(found)} is not one turnstone reads",
        "write it as 2023-03-21, as 2023-03-21T10:30:00Z or as 20230321",
    )


def no_date() -> Unreadable:
    """The refusal of an article without a date."""
    return Unreadable("no date is given", "give each article its date, or one date for all that have none (--date)")


def parse(value: object) -> dt.date:
    """The day of an ISO date, an ISO datetime (the day as written, in its own zone), YYYYMMDD (also as an int), or a
    date or datetime object. Anything else raises `Unreadable`."""
    if isinstance(value, dt.datetime):
        return in_range(value.date(), value)
    if isinstance(value, dt.date):
        return in_range(value, value)
    if isinstance(value, int) and not isinstance(value, bool) and 10**7 <= value < 10**8:
        return parse(str(value))
    if not isinstance(value, str):
        raise bad_date(value)
    text = value.strip()
    try:
        if _ISO.fullmatch(text):
            day = dt.datetime.fromisoformat(_plain_iso(text)).date()
        elif _COMPACT.fullmatch(text):
            day = dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))
        else:
            raise bad_date(value)
    except ValueError:
        raise bad_date(value) from None
    return in_range(day, value)


def _plain_iso(text: str) -> str:
    """The form every Python from 3.11 on parses: no space before the zone, at most six digits of a second."""
    text = text[:10] + text[10:].upper().replace(",", ".")
    text = text[:11] + text[11:].replace(" ", "")
    return re.sub(r"(\.\d{6})\d+", r"\1", text)


def in_range(day: dt.date, found: object) -> dt.date:
    """The day, unless its year is a placeholder (0001, 9999) rather than one that news is from."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise bad_date(found)
    return day


def parse_written(match: re.Match[str]) -> dt.date:
    """The day of a match of `WRITTEN`; a day no calendar has raises `Unreadable`."""
    for form in "123":
        if match[f"y{form}"]:
            month = match[f"m{form}"].lower().rstrip(".")
            number = int(month) if month.isdigit() else _month_number(month)
            try:
                return in_range(dt.date(int(match[f"y{form}"]), number, int(match[f"d{form}"])), match[0])
            except ValueError:
                break
    raise bad_date(match[0])


def _month_number(name: str) -> int:
    return next(i for i, month in enumerate(_MONTHS, 1) if month.startswith(name[:3]))


def stated_day(found: str) -> dt.date | None:
    """The day of a metadata value: ISO, or one full date in words (also as e-mails and RSS write it); None for
    anything else."""
    found = found.strip()
    try:
        return parse(found)
    except Unreadable:
        days = written_days(found)
    return days.pop() if len(days) == 1 else None


def written_days(text: str) -> set[dt.date]:
    """The days that a text writes out, those that no calendar has left out."""
    days = set()
    for match in WRITTEN.finditer(" ".join(text.split())):
        try:
            days.add(parse_written(match))
        except Unreadable:
            continue
    return days


def day_in_address(address: str) -> dt.date | None:
    """The day in the path of a web address (/2021/05/04/), None without one."""
    match = _IN_ADDRESS.search(address)
    return stated_day(f"{match[1]}/{match[2]}/{match[3]}") if match else None
