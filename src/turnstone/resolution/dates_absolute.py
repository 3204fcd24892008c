"""Readings of days, months, seasons, quarters, years and decades called by name or number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import regex

from turnstone.resolution import dates_calendar as calendar
from turnstone.resolution.dates_calendar import Days
from turnstone.resolution.dates_fiscal import days_of, fiscal_year_at
from turnstone.resolution.dates_reading import (
    COUNTED,
    MONTH_NAMES,
    NO_DATE,
    Setting,
    Value,
    capital,
    direction,
    parted,
    yearless,
)

_NAMED = {
    "new year's day": (1, 1), "new year's eve": (12, 31), "christmas": (12, 25), "christmas day": (12, 25),
    "christmas eve": (12, 24), "boxing day": (12, 26), "may day": (5, 1), "orthodox christmas": (1, 7),
    "valentine's day": (2, 14), "women's day": (3, 8), "st patrick's day": (3, 17), "april fools' day": (4, 1),
    "anzac day": (4, 25), "victory day": (5, 9), "europe day": (5, 9), "juneteenth": (6, 19), "canada day": (7, 1),
    "fourth of july": (7, 4), "bastille day": (7, 14), "halloween": (10, 31), "all saints' day": (11, 1),
    "guy fawkes night": (11, 5), "bonfire night": (11, 5), "armistice day": (11, 11), "remembrance day": (11, 11),
    "veterans day": (11, 11), "human rights day": (12, 10), "christmas morning": (12, 25), "australia day": (1, 26),
}  # fmt: skip


def read_day(match: regex.Match[str], setting: Setting) -> Value | None:
    if not (capital(match["month"]) and capital(match["weekday"])):
        return None
    if _NAMED_AFTER.match(setting.text, match.end()):
        return NO_DATE
    words = match["day"].casefold()
    day = calendar.ORDINALS[words] if words in calendar.ORDINALS else int(words)
    month, weekday = calendar.month_number(match["month"]), match["weekday"]
    if not 1 <= day <= (29 if month == 2 else calendar.month(2023, month)[1].day):
        return NO_DATE
    if match["year"] or match["which"]:
        year = int(match["year"]) if match["year"] else setting.published.year + direction(match["which"])
        try:
            exact = date(year, month, day)
        except ValueError:
            return NO_DATE
        return Value((exact, exact), "day", "as written")
    if match["bare_in"]:  # "in March 30 people died"
        return None

    def of_year(year: int) -> Days:
        exact = date(year, month, day)
        if weekday and exact.weekday() != calendar.weekday_number(weekday):
            raise ValueError(weekday)
        return exact, exact

    if (month, day) == (9, 11) and _THE_ATTACKS.match(setting.text[match.end() : match.end() + 40]):
        return Value((date(2001, 9, 11), date(2001, 9, 11)), "day", "the attacks known by that day")
    if weekday:
        return _nearest(of_year, setting) or NO_DATE
    return yearless(setting, match, of_year, "day", "such a day")


_NAMED_AFTER = regex.compile(  # the April 6 Movement
    r"\s(?:Movement|Alliance|Coalition|Brigades?|Front|Square|Bridge|Street|Avenue|Stadium|University)\b|"
    r"\s(?:movement|alliance|coalition|bloc|brigades?)\b"
)
_THE_ATTACKS = regex.compile(r"\s(?:terror(?:ist)?\s)?(?:attacks|hijack\w+|Commission)\b")


def _nearest(of_year: Callable[[int], Days], setting: Setting) -> Value | None:
    found = []
    for year in range(setting.published.year - 8, setting.published.year + 9):
        try:
            found.append(of_year(year))
        except ValueError:
            continue
    days = min(found, key=lambda days: abs((days[0] - setting.published).days), default=None)
    return Value(days, "day", "the nearest such day on that weekday") if days else None


def read_iso(match: regex.Match[str], _: Setting) -> Value | None:
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return NO_DATE
    return Value((day, day), "day", "as written")


def read_slashed(match: regex.Match[str], _: Setting) -> Value | None:
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    found = set()
    for month, day in ((one, two), (two, one)):
        try:
            found.add(date(year, month, day))
        except ValueError:
            continue
    if len(found) != 1:
        return NO_DATE
    day_found = found.pop()
    return Value((day_found, day_found), "day", "as written, the only order that makes a date")


def read_days_in_month(match: regex.Match[str], setting: Setting) -> Value | None:
    if not capital(match["month"]):
        return None
    first, last, month = int(match["one"]), int(match["two"]), calendar.month_number(match["month"])
    joined = match["join"].strip().casefold()
    if first >= last or (joined in ("and", "&") and not match["open"] and last - first > 1):
        return None

    def of_year(year: int) -> Days:
        return date(year, month, first), date(year, month, last)

    if match["year"]:
        return Value(of_year(int(match["year"])), "range", "as written")
    return yearless(setting, match, of_year, "range", "such days")


def read_month(match: regex.Match[str], setting: Setting) -> Value | None:
    if not capital(match["month"]):
        return None
    number = calendar.month_number(match["month"])
    if match["year"] or match["which"]:
        exact = int(match["year"]) if match["year"] else setting.published.year + direction(match["which"])
        value = Value(calendar.month(exact, number), "month", "as written")
        return parted(value, match["part"])
    name, part = match["month"].casefold().rstrip("."), match["part"]
    before = setting.text[max(0, match.start() - 60) : match.start()]
    clear = _CLEAR_MONTH.search(before) or _CONTINUED_MONTH.search(before)
    if not (match["rel"] or part or clear):
        if name == "may" and regex.search(r"(?:Theresa|Mrs\.?|Ms\.?|Minister|Brian)\sMay\b", setting.text):
            return None
        of_event = _OF_EVENT.search(before) and _EVENT.match(setting.text, match.end())
        if name not in _SURE_MONTHS and not _NEAR_MONTH.search(before) and not of_event:
            return None
        if regex.match(r"\s(?:Revolution|Manifesto|Movement)|\s\p{Lu}\w+\ssaid", setting.text[match.end() :]):
            return NO_DATE
    year, published = setting.published.year, setting.published
    rel = (match["rel"] or "").casefold()
    if rel in ("last", "past", "this past", "previous"):
        year -= calendar.month(year, number)[1] >= published.replace(day=1)
        found: Value | None = Value(
            calendar.month(year, number), "month", "the last such month before this one", "year"
        )
    elif rel in ("next", "coming", "this coming", "following"):
        year += calendar.month(year, number)[0] <= published
        found = Value(calendar.month(year, number), "month", "the next such month after this one", "year")
    elif rel == "this":
        found = Value(calendar.month(year, number), "month", "such a month of the article's year", "year")
    else:
        found = yearless(setting, match, lambda year: calendar.month(year, number), "month", "such a month")
    return parted(found, part) if found else None


_SURE_MONTHS = frozenset(["january", "february", "july", "september", "october", "november", "december"])
_CLEAR_MONTH = regex.compile(r"\b(?:in|since|during|until|till)\s$", regex.IGNORECASE)
_OF_EVENT = regex.compile(r"(?:\b(?:an?|the|its|their|his|her)|['’]s)\s$", regex.IGNORECASE)
_EVENT = regex.compile(  # a June summit
    r"\s(?:summit|elections?|votes?|referendum|meeting|talks|agreement|accord|deal|deadline|uprising|coup|attacks?"
    r"|bombings?|raid|protests?|ceasefire|truce|war|conference|session|ballot|polls?|offensive|massacre)\b"
)
_NEAR_MONTH = regex.compile(r"\b(?:by|from|of|before|after|through|between|for|to)\s$", regex.IGNORECASE)
_CONTINUED_MONTH = regex.compile(
    rf"\b(?:in|since|from|between|during|early|mid|late)[\s-]"
    rf"(?:(?:{MONTH_NAMES}),\s){{0,3}}(?:{MONTH_NAMES})(?:,|,?\s(?:and|or|to|through|until))\s$",
    regex.IGNORECASE,
)


def read_year(match: regex.Match[str], setting: Setting) -> Value | None:
    number = int(match["year"])
    rest = setting.text[match.end() : match.end() + 40]
    if _COUNTED_AFTER.match(rest) or (number % 100 == 0 and regex.match(r"\s\p{Ll}+s\b", rest)):
        return None
    value = Value(calendar.year(number), "year", "as written")
    return parted(value, match.groupdict().get("part"))


_COUNTED_AFTER = regex.compile(rf"\s(?:{COUNTED})", regex.IGNORECASE)


def read_year_before_noun(match: regex.Match[str], setting: Setting) -> Value | None:
    if int(match["year"]) % 100 == 0 and match["noun"].endswith("s"):
        return None
    return read_year(match, setting)


def read_years(match: regex.Match[str], setting: Setting) -> Value | None:
    first, tail = int(match["one"]), match["two"]
    last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
    if not first < last <= 2100 or _COUNTED_AFTER.match(setting.text[match.end() : match.end() + 40]):
        return None
    return Value((date(first, 1, 1), date(last, 12, 31)), "range", "as written")


def read_fiscal(match: regex.Match[str], setting: Setting) -> Value | None:
    first, tail = int(match["year"]), match["two"]
    if tail and int(tail) % 100 != (first + 1) % 100:
        return None
    whose = fiscal_year_at(setting.text, *match.span())
    if whose:
        return Value(days_of(whose, first, bool(tail)), "year", f"the fiscal year of {whose.state}")
    basis = "fiscal year, taken as the calendar year"
    if tail:
        last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
        return Value((date(first, 1, 1), date(last, 12, 31)), "range", basis) if last > first else None
    return Value(calendar.year(first), "year", basis)


def read_decade(match: regex.Match[str], _: Setting) -> Value | None:
    first = int(match["decade"]) if match["decade"] else 1900 + int(match["short"])
    return parted(Value((date(first, 1, 1), date(first + 9, 12, 31)), "decade", "as written"), match["part"])


_TENS = "twenties thirties forties fifties sixties seventies eighties nineties".split()


def read_decade_in_words(match: regex.Match[str], _: Setting) -> Value | None:
    century = 1900 if match["century"].casefold() == "nineteen" else 1800
    first = century + 10 * (_TENS.index(match["tens"].casefold()) + 2)
    return Value((date(first, 1, 1), date(first + 9, 12, 31)), "decade", "as written")


def read_quarter(match: regex.Match[str], setting: Setting) -> Value | None:
    if match["q"]:
        quarter = int(match["q"])
    else:
        words = match["nth"].casefold()
        quarter = int(words[0]) if words[0].isdigit() else calendar.ORDINALS[words]

    def of_year(year: int) -> Days:
        return calendar.month(year, quarter * 3 - 2, 3)

    if match["year"]:
        return Value(of_year(int(match["year"])), "quarter", "as written")
    if match["which"]:
        year = setting.published.year + direction(match["which"])
        return Value(of_year(year), "quarter", "of the year told from the article's")
    return yearless(setting, match, of_year, "quarter", "such a quarter")


def read_season(match: regex.Match[str], setting: Setting) -> Value | None:
    name = match["season"].casefold()
    start = calendar.SEASONS[name]
    published, rel = setting.published, (match["rel"] or "").casefold()

    def of_year(year: int) -> Days:
        return calendar.month(year, start, 3)

    if match["year"] or match["which"]:
        exact = int(match["year"]) if match["year"] else published.year + direction(match["which"])
        value: Value | None = Value(of_year(exact), "season", "as written, northern seasons")
    elif rel in ("last", "past", "this past", "previous"):
        year = published.year - (of_year(published.year)[1] >= published)
        year -= of_year(year)[1] >= published
        value = Value(of_year(year), "season", "the last such season over on the article's day")
    elif rel in ("next", "coming", "this coming", "following"):
        year = published.year + (of_year(published.year)[0] <= published)
        value = Value(of_year(year), "season", "the next such season to begin")
    elif rel == "this":
        year = published.year - (start == 12 and published.month < 3)
        value = Value(of_year(year), "season", "such a season of the article's year")
    else:
        before = setting.text[max(0, match.start() - 24) : match.start()]
        if not (match["part"] or _BEFORE_SEASON.search(before)):
            return None
        if regex.match(r"\sof\s", setting.text[match.end() :]) and name in ("fall", "spring"):
            return None
        value = yearless(setting, match, of_year, "season", "such a season")
    return parted(value, match["part"]) if value else None


_BEFORE_SEASON = regex.compile(
    r"\b(?:(?:in|by|during|since|until|before|over|throughout)\s(?:the\s)?)$", regex.IGNORECASE
)


def read_named_day(match: regex.Match[str], setting: Setting) -> Value | None:
    if not capital(match["name"]):
        return None
    name = " ".join(match["name"].casefold().replace("’", "'").split())
    found = _NAMED.get(regex.sub(r"^(?:saint|st\.?)\s(?=valentine)|^international\s|(?<=^st)\.", "", name))
    if not found:
        return None

    def of_year(year: int) -> Days:
        return date(year, *found), date(year, *found)

    if match["year"]:
        return Value(of_year(int(match["year"])), "day", "the day of that name")
    return yearless(setting, match, of_year, "day", "the day of that name")
