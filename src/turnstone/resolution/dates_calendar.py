"""The calendar's units as inclusive pairs of days, and the English words for numbers, months and weekdays.

Every function may raise ValueError or OverflowError for days outside the years 1 to 9999.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date, date]

_MONTHS = "january february march april may june july august september october november december".split()
MONTHS = {name[:3]: i for i, name in enumerate(_MONTHS, 1)}
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
WEEKDAYS = {name[:3]: i for i, name in enumerate(_WEEKDAYS)}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth"
).split()
ORDINALS = {word: i for i, word in enumerate(_ORDINALS, 1)} | {
    "twentieth": 20,
    "thirtieth": 30,
    "final": 4,
    "last": 4,
    **{f"twenty-{word}": 20 + i for i, word in enumerate(_ORDINALS[:9], 1)},
    "thirty-first": 31,
}
_ONES = "|".join(_UNITS[1:10])
NUMBER = (
    rf"(?:[0-9]{{1,3}}|(?:{'|'.join(_TENS)})(?:-(?:{_ONES}))?|{'|'.join(sorted(_UNITS[1:], reverse=True))}"
    r"|a\s(?:couple\sof|dozen)|an?)"
)


def number(words: str) -> int:
    """The value of a number in words or digits; ValueError where it is none."""
    words = words.casefold()
    if words.isdecimal():
        return int(words)
    if words in ("a", "an"):
        return 1
    if words.startswith("a"):
        return 12 if words.endswith("dozen") else 2
    ten, _, one = words.partition("-")
    if ten in _TENS:
        return _TENS[ten] + (_UNITS.index(one) if one else 0)
    return _UNITS.index(words)


def month_number(words: str) -> int:
    """1 to 12 for a month's name or short form; ValueError where it is none."""
    try:
        return MONTHS[words.casefold()[:3]]
    except KeyError:
        raise ValueError(words) from None


def weekday_number(words: str) -> int:
    """0 for Monday to 6 for Sunday; ValueError where it is none."""
    try:
        return WEEKDAYS[words.casefold()[:3]]
    except KeyError:
        raise ValueError(words) from None


def shift(day: date, count: int, unit: str) -> date:
    """`count` days, weeks, months, quarters, years or decades after `day`; a day the month lacks becomes its last."""
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month(year: int, number: int, length: int = 1) -> Days:
    """`length` whole months from this one."""
    first = date(year, number, 1)
    last = shift(first, length - 1, "month")
    return first, last.replace(day=monthrange(last.year, last.month)[1])


def year(number: int) -> Days:
    """A calendar year."""
    return date(number, 1, 1), date(number, 12, 31)


def unit_of(day: date, unit: str) -> Days:
    """The day, ISO week, month, quarter, year or decade in which `day` lies."""
    if unit == "day":
        return day, day
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return month(day.year, day.month)
    if unit == "quarter":
        return month(day.year, (day.month - 1) // 3 * 3 + 1, 3)
    if unit == "year":
        return year(day.year)
    first = day.year // 10 * 10
    return date(max(first, 1), 1, 1), date(first + 9, 12, 31)


def weekday_from(day: date, weekday: int, forward: bool) -> date:
    """The weekday on or before `day`, or on or after it."""
    gap = (weekday - day.weekday()) % 7 if forward else -((day.weekday() - weekday) % 7)
    return day + timedelta(days=gap)


def part_of(days: Days, part: str) -> Days:
    """The early, mid or late third of a period, its first or second half, its start or its end.

    Thirds of a month are 1-10, 11-20 and the rest; of a year four months each; of a decade 4, 3 and 3 years. The
    start and end of a year are its first and last month; of shorter periods they are the early and late third.
    """
    first, last = days
    length = (last - first).days + 1
    word = part.casefold()
    if length > 366:
        cuts = (first.replace(year=first.year + 4), first.replace(year=first.year + 7))
        half = first.replace(year=first.year + 5)
    elif length > 360:
        edge = word.split()[0] in ("start", "beginning", "end", "close")
        cuts = (date(first.year, 2, 1), date(first.year, 12, 1))
        if not edge:
            cuts = (date(first.year, 5, 1), date(first.year, 9, 1))
        half = date(first.year, 7, 1)
    elif length > 27:
        step = 10 if length < 32 else length // 3
        cuts = (first + timedelta(days=step), first + timedelta(days=2 * step))
        half = first + timedelta(days=15 if length < 32 else length // 2)
    else:
        cuts = (first + timedelta(days=2), first + timedelta(days=max(length - 3, 2)))
        half = first + timedelta(days=max(length // 2, 1))
    day = timedelta(days=1)
    if word.startswith("first half"):
        return first, half - day
    if word.startswith("second half"):
        return half, last
    if word.startswith(("early", "start", "beginning")):
        return first, cuts[0] - day
    if word.startswith("mid"):
        return cuts[0], cuts[1] - day
    return cuts[1], last
