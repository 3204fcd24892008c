"""Readings of days told from the article's day or from the day told before: weekdays, yesterday, a week ago."""

from __future__ import annotations

from datetime import date, timedelta

import regex

from turnstone.records import Granularity
from turnstone.resolution import dates_calendar as calendar
from turnstone.resolution.dates_reading import NO_DATE, Setting, Value, capital, direction, parted

_LOWER_TOO = ("tuesday", "wednesday", "thursday", "saturday")


def read_weekday(match: regex.Match[str], setting: Setting) -> Value | None:
    if match["no"] or match["title"]:
        return NO_DATE
    if match["weekday"].casefold() not in _LOWER_TOO and not capital(match["weekday"]):
        return None
    published, number = setting.published, calendar.weekday_number(match["weekday"])
    name = match["weekday"].capitalize()
    if match["week"] or match["week_before"]:
        week = calendar.unit_of(
            calendar.shift(published, direction(match["week"] or match["week_before"]), "week"), "week"
        )
        day = week[0] + timedelta(days=number)
        return Value((day, day), "day", f"{name} of the week told from the article's")
    rel = (match["rel"] or "").casefold()
    if rel == "following" and setting.tense(*match.span()) != "future":  # told from a day we do not know
        return NO_DATE
    if rel in ("last", "past", "this past", "previous"):
        day = calendar.weekday_from(published - timedelta(days=1), number, False)
        return Value((day, day), "day", f"{name} before the article's day")
    if rel in ("next", "coming", "this coming", "following"):
        day = calendar.weekday_from(published + timedelta(days=1), number, True)
        return Value((day, day), "day", f"{name} after the article's day")
    tense = setting.tense(*match.span())
    back, ahead = (calendar.weekday_from(published, number, forward) for forward in (False, True))
    if rel == "this" and not tense:
        tense = "future" if ahead - published < published - back else "past"
    if tense == "future":
        return Value((ahead, ahead), "day", f"{name} on or after the article's day", "week")
    return Value((back, back), "day", f"{name} on or before the article's day", "week")


def read_weekday_weeks(match: regex.Match[str], setting: Setting) -> Value | None:
    """A week from Thursday, Thursday week, a week ago on Thursday."""
    count = calendar.number(match["count"]) if match["count"] else 1
    day = calendar.weekday_from(setting.published, calendar.weekday_number(match["weekday"]), not match["ago"])
    day = calendar.shift(day, -count if match["ago"] else count, "week")
    return Value((day, day), "day", f"{match['weekday'].capitalize()}, weeks counted from the article's day")


def read_weekend(match: regex.Match[str], setting: Setting) -> Value | None:
    published, rel = setting.published, (match["rel"] or "").casefold()
    saturday = calendar.weekday_from(published, 5, False)
    tense = setting.tense(*match.span())
    if direction(rel or "this") > 0 or (not direction(rel or "this") and (tense == "future" or (rel and not tense))):
        saturday += timedelta(days=0 if (published - saturday).days < 2 and "next" not in rel else 7)
    elif direction(rel or "this") < 0 and (published - saturday).days < 2:
        saturday -= timedelta(days=7)
    return Value((saturday, saturday + timedelta(days=1)), "range", "the weekend told from the article's day")


_DEICTIC = {
    "yesterday": -1, "today": 0, "tomorrow": 1, "tonight": 0, "day before yesterday": -2, "day after tomorrow": 2,
    "last night": -1, "last evening": -1,
}  # fmt: skip


def _in_title(match: regex.Match[str], text: str) -> bool:
    """CBS This Morning, Trending Today USA: capitals before and within or after."""
    if not regex.search(r"\p{Lu}\w* $", text[max(0, match.start() - 30) : match.start()]):
        return False
    following = text[match.start() : match.end() + 2]
    return regex.match(r"This \p{Lu}|Today \p{Lu}", following) is not None


def read_deictic(match: regex.Match[str], setting: Setting) -> Value | None:
    word = " ".join(match["word"].casefold().split())
    if match["epoch"] and word in ("today", "tomorrow"):  # the Russia of today
        return NO_DATE
    if regex.match(r"['’]s\s(?:men|man|news|people|world|generation)\b", setting.text[match.end() :]):
        return NO_DATE
    if match["title"] or _in_title(match, setting.text):
        return NO_DATE
    if word == "overnight":
        return Value(
            (setting.published - timedelta(days=1), setting.published), "range", "the night to the article's day"
        )
    day = setting.published + timedelta(days=_DEICTIC.get(word, 0))
    return Value((day, day), "day", "told from the article's day")


def read_count(match: regex.Match[str], setting: Setting) -> Value | None:
    """N units ago or ahead: the unit that holds that day."""
    if match["in"] and not match["ahead"] and setting.tense(*match.span()) != "future":
        return None  # "in two days" of a past clause is a duration
    unit = match["unit"].casefold()
    count = calendar.number(match["count"]) * (-1 if match["ago"] else 1)
    if unit == "hour":
        if count % 24:
            return None
        unit, count = "day", int(count / 24)
    if unit == "fortnight":
        unit, count = "week", count * 2
    days = calendar.unit_of(calendar.shift(setting.published, count, unit), unit)
    granularity: Granularity = unit  # type: ignore[assignment]
    return Value(days, granularity, "counted from the article's day")


def read_unit(match: regex.Match[str], setting: Setting) -> Value | None:
    """Last week, this month, earlier this year."""
    unit, rel, published = match["unit"].casefold(), match["rel"], setting.published
    if unit != "year" and not match["part"] and regex.match(r"\sof\s", setting.text[match.end() : match.end() + 4]):
        return None  # "the last week of March"
    word = rel.casefold()
    if unit == "fortnight":
        return _rolling(2, "week", word, published) if word in ("last", "past", "next", "coming") else None
    if word == "following" and setting.tense(*match.span()) != "future":  # told from a day we do not know
        return None
    rolling = regex.search(
        r"\b(?:the|over|his|her|its|their)\s$", setting.text[max(0, match.start() - 8) : match.start()], regex.I
    )
    if rolling and not match["part"] and not match["within"] and word in ("last", "past", "next", "coming"):
        return _rolling(1, unit, word, published)
    if word == "past":
        return _rolling(1, unit, word, published)
    days = calendar.unit_of(calendar.shift(published, direction("this" if word == "the" else word), unit), unit)
    if match["within"] and days[0] <= published <= days[1]:  # "later last month" is some day of that month
        back = match["within"].casefold().startswith(("earlier", "so"))
        days = (days[0], published) if back else (published, days[1])
        return Value(days, "range", f"{match['within'].casefold()} in the {unit} of the article's day")
    if word == "the" and not match["part"]:
        return None
    granularity: Granularity = unit  # type: ignore[assignment]
    return parted(Value(days, granularity, f"the {unit} told from the article's day"), match["part"])


def read_new_year(_: regex.Match[str], setting: Setting) -> Value | None:
    """In the new year: the one that begins next, or that has just begun."""
    number = setting.published.year + (setting.published.month > 6)
    return Value(calendar.year(number), "year", "the new year nearest to the article's day")


def _rolling(count: int, unit: str, rel: str, published: date) -> Value:
    other = calendar.shift(published, direction(rel) * count, unit)
    return Value((min(other, published), max(other, published)), "range", "counted from the article's day")


def read_span(match: regex.Match[str], setting: Setting) -> Value | None:
    """The past three days, the next 48 hours."""
    unit, count = match["unit"].casefold(), calendar.number(match["count"])
    if unit == "hour":
        unit, count = "day", -(-count // 24)
    if regex.match(r"\s(?:of)\s", setting.text[match.end() :]):
        return None
    return _rolling(count, unit, match["rel"], setting.published)


def _tells(told: Value, unit: str) -> bool:
    """Whether a unit can be counted from what was told: a day from a day, a year also from a month or year."""
    return told.granularity in ("day", unit.casefold()) or (told.granularity, unit.casefold()) == ("month", "year")


def read_told(match: regex.Match[str], setting: Setting) -> Value | None:
    """Two days later, the same day, a week earlier: from the day told just before, else from the article's."""
    groups = match.groupdict()
    told = setting.told if setting.told and _tells(setting.told, groups["unit"] or groups["unit2"] or "day") else None
    way = (groups["way"] or groups["which"] or "").casefold()
    step = -1 if way in ("earlier", "previous", "before") else 0 if way in ("same", "that") else 1
    if groups["which"] and way in ("earlier", "later"):  # earlier in the day
        step = 0
    if not told and (way in ("that", "after") or (way == "before" and groups["unit2"] != "day")):
        return None
    if not told and step > 0 and setting.tense(*match.span()) != "future":
        return None
    unit = (groups["unit"] or groups["unit2"] or "day").casefold()
    if unit in ("night", "evening", "morning", "afternoon"):
        unit = "day"
    count = calendar.number(groups["count"]) if groups["count"] else 1
    if unit == "fortnight":
        unit, count = "week", count * 2
    start = told.days[0] if told else setting.published
    days = calendar.unit_of(calendar.shift(start, step * count, unit), unit)
    granularity: Granularity = unit  # type: ignore[assignment]
    return Value(days, granularity, "counted from the day told before it" if told else "counted from the article's day")


def read_following(match: regex.Match[str], setting: Setting) -> Value | None:
    """The following Monday, March, autumn, month: the first after what was told, or ahead of the article."""
    told = setting.told
    if not told and setting.tense(*match.span()) != "future":
        return None
    basis = "the first after the day told before it" if told else "the first after the article's day"
    after = (told.days[1] if told else setting.published) + timedelta(days=1)
    if match["weekday"]:
        day = calendar.weekday_from(after, calendar.weekday_number(match["weekday"]), True)
        return Value((day, day), "day", basis)
    if match["unit"]:
        unit = match["unit"].casefold()
        days = calendar.unit_of(calendar.shift(after - timedelta(days=1), 1, unit), unit)
        granularity: Granularity = unit  # type: ignore[assignment]
        return Value(days, granularity, basis)
    first = calendar.SEASONS[match["season"].casefold()] if match["season"] else calendar.month_number(match["month"])
    year = after.year + (calendar.month(after.year, first)[0] < after)
    if match["season"]:
        return Value(calendar.month(year, first, 3), "season", basis)
    return Value(calendar.month(year, first), "month", basis)


def read_of_month(match: regex.Match[str], setting: Setting) -> Value | None:
    day = int(match["day"])
    if match["rel"]:
        start = calendar.shift(setting.published.replace(day=1), direction(match["rel"]), "month").replace(day=day)
    else:
        start = setting.published.replace(day=1)
        if day > setting.published.day and setting.tense(*match.span()) != "future":
            start = calendar.shift(start, -1, "month")
        start = start.replace(day=day)
    return Value((start, start), "day", "such a day of the month told from the article's")
