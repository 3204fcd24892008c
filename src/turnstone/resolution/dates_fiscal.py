"""Fiscal years: whose they are, by the words of the same sentence, and when that state's begin."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from turnstone.resolution import dates_calendar as calendar
from turnstone.resolution.dates_calendar import Days


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """A state's: its first month, and whether a single number names the year it begins in or that it ends in."""

    state: str
    month: int
    named_by_end: bool = True


_WORDS: dict[FiscalYear, str] = {
    FiscalYear("the United States", 10): r"U\.?S\.?(?:A\.?)?|United\sStates|America(?:n|['’]s)?|Washington|Pentagon"
    r"|Congress(?:ional)?|White\sHouse|Capitol|federal",
    FiscalYear("the United Kingdom", 4): r"Britain|Britain['’]s|British|U\.?K\.?|United\sKingdom|Treasury|London",
    FiscalYear("India", 4): "India(?:n|['’]s)?|New\\sDelhi",
    FiscalYear("Japan", 4, named_by_end=False): "Japan(?:ese|['’]s)?|Tokyo(?:['’]s)?",
    FiscalYear("Canada", 4): "Canada(?:['’]s)?|Canadian|Ottawa",
    FiscalYear("South Africa", 4): "South\\sAfrica(?:n|['’]s)?|Pretoria",
    FiscalYear("Singapore", 4, named_by_end=False): "Singapore(?:an|['’]s)?",
    FiscalYear("Australia", 7): "Australia(?:n|['’]s)?|Canberra",
    FiscalYear("New Zealand", 7): "New\\sZealand(?:['’]s)?|Wellington",
    FiscalYear("Pakistan", 7): "Pakistan(?:i|['’]s)?|Islamabad",
    FiscalYear("Bangladesh", 7): "Bangladesh(?:i|['’]s)?|Dhaka",
    FiscalYear("Egypt", 7): "Egypt(?:ian|['’]s)?|Cairo",
    FiscalYear("Kenya", 7): "Kenya(?:n|['’]s)?|Nairobi",
    FiscalYear("Uganda", 7): "Uganda(?:n|['’]s)?|Kampala",
}
_PATTERNS = tuple((year, regex.compile(rf"\b(?:{words})(?![\w])")) for year, words in _WORDS.items())
_SENTENCE = regex.compile(r"[.!?]['\"”’]?\s+(?=\p{Lu}\p{Ll})|\n")
_WINDOW = 240


def fiscal_year_at(text: str, start: int, end: int) -> FiscalYear | None:
    """The fiscal year of the state named nearest to text[start:end] in its sentence, None where none we know is."""
    low = max(0, start - _WINDOW)
    breaks = [match.end() for match in _SENTENCE.finditer(text, low, start)]
    first = breaks[-1] if breaks else low
    following = _SENTENCE.search(text, end, end + _WINDOW)
    last = following.start() if following else min(len(text), end + _WINDOW)
    found = [
        (max(start - match.end(), match.start() - end), year)
        for year, pattern in _PATTERNS
        for match in pattern.finditer(text, first, last)
    ]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def days_of(year: FiscalYear, number: int, paired: bool) -> Days:
    """The twelve months of fiscal `number`; with `paired` (2021-22) the number is the year in which they begin."""
    begins = number if paired or not year.named_by_end else number - 1
    return calendar.month(begins, year.month, 12)
