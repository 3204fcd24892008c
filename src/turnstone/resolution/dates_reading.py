"""What the reading of a dated expression is given and gives, and what several readings share.

A reading returns a `Value`, None where the words are no date after all (a shorter reading may hold), or `NO_DATE`
where they are, as a whole, something else or undecidable ("Bloody Sunday", 3/4/2023), so that no part of them is one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import regex

from turnstone.records import Granularity
from turnstone.resolution import dates_calendar as calendar
from turnstone.resolution.dates_calendar import Days
from turnstone.resolution.dates_tense import Tense


@dataclass(frozen=True, slots=True)
class Value:
    """Days with their reason. `free` is what the words leave open: which week, or which year."""

    days: Days
    granularity: Granularity
    basis: str
    free: Literal["", "week", "year"] = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a reading may ask: the text, the article's day, the clause's tense, and the day last told of before it."""

    text: str
    published: date
    tense: Callable[[int, int], Tense]
    told: Value | None = None


NO_DATE = Value((date.min, date.min), "day", "")
Reading = Callable[["regex.Match[str]", Setting], Value | None]
MONTH_NAMES = "January|February|March|April|May|June|July|August|September|October|November|December"
COUNTED = (
    r"(?:\w+\s)?(?:people|persons|men|women|children|villages|towns|cities|homes|houses|households|families|schools"
    r"|troops|soldiers|"
    r"fighters|police|officers|cases|deaths|votes|seats|tonnes|tons|barrels|dollars|euros|pounds|rubles|roubles"
    r"|percent|"
    r"per\scent|miles|km|kilomet\w+|met(?:er|re)s?|feet|foot|mile|ton|strong|members?|pages?|seat|hectares|acres"
    r"|times|points|jobs|workers|refugees|prisoners|"
    r"detainees|protesters\swho|million|billion|thousand|hundred|%|companies|sites|locations|of\sthem|others"
    r"|civilians|migrants)\b"
)


def capital(words: str | None) -> bool:
    return not words or words[0].isupper()


def yearless(
    setting: Setting, match: regex.Match[str], of_year: Callable[[int], Days], granularity: Granularity, what: str
) -> Value | None:
    """The such period the clause means: the last begun, or with the future the next not over."""
    published, past, ahead = setting.published, None, None
    for number in range(published.year - 8, published.year + 9):
        try:
            days = of_year(number)
        except ValueError:  # 29 February
            continue
        if days[0] <= published:
            past = days
        if days[1] >= published and ahead is None:
            ahead = days
    tense = setting.tense(*match.span())
    if past and ahead and not tense:
        near = (ahead[0] - published).days < 60 and (published - past[1]).days > 180
        tense = "future" if near else "past"
    if tense == "future" and ahead:
        return Value(ahead, granularity, f"{what} on or after the article's day", "year")
    return Value(past, granularity, f"{what} on or before the article's day", "year") if past else None


def parted(value: Value, part: str | None) -> Value:
    if not part:
        return value
    return Value(calendar.part_of(value.days, part), "range", f"{part.casefold()}: {value.basis}", value.free)


def direction(words: str) -> int:
    first = words.casefold().split()
    if first[0] in ("last", "previous", "past") or first[-1] == "past":
        return -1
    return 1 if first[0] in ("next", "following", "coming") or "coming" in first else 0
