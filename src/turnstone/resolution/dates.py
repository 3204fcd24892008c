"""Dated expressions in a report, as days told from the day it was published."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import regex

from turnstone.records import DateMention, Granularity, Status, Token
from turnstone.resolution import dates_calendar as calendar
from turnstone.resolution.dates_grammar import RULES, Rule
from turnstone.resolution.dates_origin import Origin, dateline, dateline_end, quotations
from turnstone.resolution.dates_reading import NO_DATE, Reading, Setting, Value
from turnstone.resolution.dates_tense import Tense, tense_at

_SINCE = regex.compile(r"\bsince\s(?:the\s)?$", regex.IGNORECASE)
_FROM = regex.compile(r"\b(?P<word>from|between)\s(?:the\s)?$", regex.IGNORECASE)
_MOVED = regex.compile(
    r"\b(?:postponed|moved|delayed|brought\sforward|rescheduled|shifted|changed|pushed\sback|advanced)\b[^.;]{0,40}$",
    regex.IGNORECASE,
)
_TO = regex.compile(r"(?P<word>,?\sto\s|\suntil\s|\sthrough\s|\sand\s|\s?[-–—]\s?)(?:the\s)?", regex.IGNORECASE)
_BREAK = regex.compile(r"[.!?]\s+\p{Lu}|\n\s*\n")
_SAME_STORY = 200

Found = tuple[int, int, Value]
Match = tuple[regex.Match[str], Rule]


def find_dates(text: str, published: date, tokens: Sequence[Token] = ()) -> tuple[DateMention, ...]:
    """The dated expressions of `text` in order, never overlapping; offsets are into `text`.

    `tokens`, where given, settle the tense of a clause and words like May. Expressions without a value ("in recent
    days"), with two (3/4/2023) or outside the years 1 to 9999 are left out. Raises nothing.
    """

    filed = dateline_end(text)

    def tense(start: int, end: int) -> Tense:
        if start < filed:
            return "past"
        if _SINCE.search(text, max(0, start - 12), start):
            return "past"
        return tense_at(text, start, end, tokens)

    setting = Setting(text, published, tense)
    matches = _matches(text)
    plain = _read(matches, setting, tokens)
    origin = dateline(text, published, plain)
    if origin:
        plain = _read(matches, setting, tokens, (origin,))
    said = quotations(text, origin.day if origin else published, plain)
    if said:
        plain = _read(matches, setting, tokens, (*said, origin) if origin else said)
    readings = _since(text, published, _joined(text, plain))
    return tuple(
        DateMention(start, end, value.days[0], value.days[1], value.granularity, value.basis)
        for start, end, value in readings
    )


def _matches(text: str) -> list[Match]:
    """What looks like a dated expression, the longest first, with its rule."""
    found = [(match, rule) for rule in RULES for match in rule.pattern.finditer(text) if match.group()]
    return sorted(found, key=lambda pair: (pair[0].start() - pair[0].end(), pair[0].start()))


def _read(
    matches: Sequence[Match], setting: Setting, tokens: Sequence[Token], origins: Sequence[Origin] = ()
) -> list[Found]:
    """The longest expressions that have a reading, in order, each told from the first of `origins` that holds it."""
    taken: list[tuple[int, int]] = []
    plain: list[Found] = []
    anchored = []
    for match, rule in matches:
        start, end = match.span()
        at = bisect_left(taken, (start, end))
        if (at and taken[at - 1][1] > start) or (at < len(taken) and taken[at][0] < end):
            continue
        if rule.anchored:
            anchored.append((match, rule))
            insort(taken, (start, end))
            continue
        value = _value(match, rule.reading, setting, origins) if not _no_date(start, end, tokens) else None
        if value is None:
            continue
        insort(taken, (start, end))
        if value is not NO_DATE:
            plain.append((start, end, value))
    plain.sort(key=lambda reading: reading[:2])
    for match, rule in sorted(anchored, key=lambda pair: pair[0].start()):
        at = bisect_right(plain, match.start(), key=lambda reading: reading[1])
        told = None
        if (
            at
            and plain[at - 1][2].granularity in ("day", "month", "year")
            and match.start() - plain[at - 1][1] < _SAME_STORY
        ):
            between = setting.text[plain[at - 1][1] : match.start()]
            told = plain[at - 1][2] if len(_BREAK.findall(between)) < 2 else None
        value = _value(match, rule.reading, replace(setting, told=told), origins)
        if value is not None:
            plain.insert(at, (*match.span(), value))
    return plain


def _value(match: regex.Match[str], reading: Reading, setting: Setting, origins: Sequence[Origin]) -> Value | None:
    origin = next((one for one in origins if one.start <= match.start() and match.end() <= one.end), None)
    try:
        if not origin:
            return reading(match, setting)
        value = reading(match, replace(setting, published=origin.day))
        return value if value is None or value is NO_DATE else origin.told(value)
    except (ValueError, OverflowError):  # a day or year the calendar does not have
        return None


def _no_date(start: int, end: int, tokens: Sequence[Token]) -> bool:
    """Whether the parse sees a lone word (may, march, Wednesday) as a verb or as part of a name."""
    at = bisect_left(tokens, start, key=lambda token: token.start)
    if at >= len(tokens) or tokens[at].start != start or tokens[at].end < end:
        return False
    word = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].start == end + 1 else None
    if following and following.upos == "PROPN" and word.upos == "PROPN":
        article = at > 0 and tokens[at - 1].lemma == "the"
        if article and word.relation == "compound" and word.head == at + 1:  # the Wednesday League
            return True
        if following.relation == "flat" and following.head in (at, word.head):  # Sergeant Friday Okoro
            return True
    return word.upos in ("AUX", "VERB") or (word.upos == "PROPN" and word.relation == "flat")


def _joined(text: str, readings: list[Found]) -> list[Found]:
    """From Monday to Wednesday, Nov. 30-Dec. 2, between January and March: one range."""
    joined: list[Found] = []
    for start, end, value in readings:
        if joined:
            first_start, first_end, first = joined[-1]
            link = _TO.fullmatch(text, first_end, start)
            opening = _FROM.search(text, max(0, first_start - 14), first_start)
            if link and _may_join(text, link["word"].strip(" ,"), opening, first, value, first_start):
                days = _in_order(first, value)
                if days:
                    begin = opening.start() if opening else first_start
                    joined[-1] = (begin, end, Value(days, "range", f"{first.basis}; {value.basis}"))
                    continue
        joined.append((start, end, value))
    return joined


def _may_join(text: str, word: str, opening: regex.Match[str] | None, first: Value, last: Value, start: int) -> bool:
    if _MOVED.search(text, max(0, start - 60), start):
        return False
    if word.casefold() == "and":
        return opening is not None and opening["word"].casefold() == "between"
    if opening is not None:
        return opening["word"].casefold() == "from"
    return first.granularity == last.granularity and first.granularity in ("day", "month")


def _in_order(first: Value, last: Value) -> tuple[date, date] | None:
    """The two ends in order, where the words leave a week or a year open: the latest beginning before the end."""
    begin, end = first.days[0], last.days[1]
    try:
        while first.free and begin > end:
            begin = calendar.shift(begin, -1, first.free)
        while first.free == "year" and not last.free and calendar.shift(begin, 1, "year") <= end:
            begin = calendar.shift(begin, 1, "year")
    except (ValueError, OverflowError):
        return None
    return (begin, end) if begin <= end else None


def _since(text: str, published: date, readings: list[Found]) -> list[Found]:
    """Since 2014: from its first day to the article's."""
    found: list[Found] = []
    for start, end, value in readings:
        since = _SINCE.search(text, max(0, start - 12), start)
        if since and value.days[0] <= published:
            value = Value((value.days[0], published), "range", f"since then to the article's day; {value.basis}")
            start = since.start()
        found.append((start, end, value))
    return found


def event_day(
    dates: Sequence[DateMention], clause: tuple[int, int], published: date, status: Status, trigger: int
) -> tuple[date, date, Granularity, str]:
    """First day, last day, granularity and basis of the event told at offset `trigger`.

    The dated expression inside `clause` (half-open offsets) nearest to the trigger that the status allows: what has
    happened lies not after the article's day, what is to come not before it. Without one the article's day, and the
    basis says so.
    """
    inside = [mention for mention in dates if clause[0] <= mention.start and mention.end <= clause[1]]
    if status in ("happened", "historical"):
        inside = [mention for mention in inside if mention.first_day <= published]
    elif status == "future":
        inside = [mention for mention in inside if mention.last_day >= published]
    if inside:
        chosen = min(inside, key=lambda m: (max(m.start - trigger, trigger - m.end, 0), m.start))
        return chosen.first_day, chosen.last_day, chosen.granularity, chosen.basis
    basis = {"future": "announced; no day given", "historical": "before the article's day, none given"}
    return published, published, "day", basis.get(status, "the article's day")
