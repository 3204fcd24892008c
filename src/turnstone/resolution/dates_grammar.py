"""The grammar of dated expressions: patterns, each with the reading that says what it means."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from turnstone.resolution import dates_absolute as absolute
from turnstone.resolution import dates_relative as relative
from turnstone.resolution.dates_calendar import NUMBER, ORDINALS
from turnstone.resolution.dates_reading import COUNTED, MONTH_NAMES, Reading


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and its reading; `anchored` ones are read after the others, since they lean on the day told before."""

    pattern: regex.Pattern[str]
    reading: Reading
    anchored: bool = False


_S = r"\s{1,2}"
_MONTH = rf"(?:(?:{MONTH_NAMES})(?![\w])|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|(?![\w])))"
_YEAR = r"(?:(?:19|20)[0-9]{2}|2100)(?![\w%]|[.,:][0-9])"
_OLD_YEAR = r"1[5-8][0-9]{2}(?![\w%]|[.,:][0-9])"
# after a month any year since 1000 is one: "in August 1799" must not become the last August
_DATED_YEAR = rf"(?:{_YEAR}|1[0-8][0-9]{{2}}(?![\w%]|[.,:][0-9])(?!\s(?:{COUNTED})))"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_ORD = r"(?:st|nd|rd|th)"
_DAY_WORDS = "|".join(sorted((w for w in ORDINALS if w not in ("last", "final")), key=len, reverse=True))
_WEEKDAY = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_WEEKDAY_ANY = rf"(?:{_WEEKDAY}|(?:Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun)\.?)"
# by itself only where it cannot be the paper or a verb
_WEEKDAY_SHORT = r"(?:(?:Tues?|Weds?|Thurs?|Thu)|(?<=\b(?:on|late|early|last|next)\s)(?:Mon|Fri|Sat|Sun))\."
_AFTER_DAY = r"(?:the|a|an|and|but|as|when|he|she|they|it|his|her|their|in|at|near|by|after|before|for|with)"
_HOURS = r"(?:morning|afternoon|evening|night|lunchtime)"
_SEASON = "(?:spring|summer|autumn|fall|winter)"
_OF_YEAR = r"(?:,?\s(?:of\s)?(?P<which>this|last|next)\syear\b)"
_PART = r"(?P<part>early|mid|late|(?:start|beginning|middle|end|close|first\shalf|second\shalf)\sof)"
_PART_OF = rf"(?:{_PART}(?:\s|-|–)(?:on\s|in\s)?(?:the\s)?)"
_REL = r"(?P<rel>(?:this\s)?(?:past|coming)|last|next|this|previous|(?<=\bthe\s)following)"
_FREE = r"(?<![\w$£€/:.+-]|[0-9],)"  # no number begins before these
_STOP = r"(?![\w%]|[:/]\w|[.,][0-9]|[-–—]\w)"


def _rule(pattern: str, reading: Reading, anchored: bool = False) -> Rule:
    return Rule(regex.compile(pattern, regex.IGNORECASE), reading, anchored)


_WEEKDAY_BEFORE = rf"(?:(?:{_HOURS}\s)?(?P<weekday>{_WEEKDAY_ANY})(?:,?{_S}|{_S}(?P<open>\())(?:the\s)?)?"
_CLOSE = r"(?(open)\))"
_JOIN = r"(?P<join>\s?[-–—/]\s?|\s(?:to|and|&|until|through)\s)"
_NOT_TO = r"(?<!\b(?:to|will|would|could|may|might|can|should|not|n['’]t|or|only)\s)"  # talks may last a week
_UNIT = "(?P<unit>day|week|fortnight|month|year|decade)"
RULES: tuple[Rule, ...] = (
    # 21 March 2023; Tuesday, the 21st of March; the second of May
    _rule(
        rf"{_FREE}{_WEEKDAY_BEFORE}(?P<bare_in>(?!))?(?P<day>{_DAY}(?={_ORD}?\s)|(?<=\b)"
        rf"(?:{_DAY_WORDS})(?=\sof\s)){_ORD}?{_S}(?:of\s)?"
        rf"(?P<month>{_MONTH})(?:,?{_S}(?P<year>{_DATED_YEAR})|{_OF_YEAR})?{_CLOSE}",
        absolute.read_day,
    ),
    # March 21, 2023; Tue. (March 21)
    _rule(
        rf"\b{_WEEKDAY_BEFORE}(?:(?<=(?P<bare_in>\bin\s)))?(?P<month>{_MONTH}){_S}(?:the\s)?(?P<day>{_DAY}){_ORD}?"
        rf"(?!\s(?:{COUNTED}))(?:,?{_S}(?P<year>{_DATED_YEAR})|{_OF_YEAR}|{_STOP}){_CLOSE}",
        absolute.read_day,
    ),
    _rule(
        r"(?<![\w/.-])(?P<year>(?:19|20)[0-9]{2})(?P<sep>[-/.])(?P<month>[0-9]{2})(?P=sep)(?P<day>[0-9]{2})(?![\w/-])",
        absolute.read_iso,
    ),
    _rule(
        r"(?<![\w/.,-])(?P<one>[0-9]{1,2})(?P<sep>[-/.])(?P<two>[0-9]{1,2})(?P=sep)(?P<year>(?:19"
        r"|20)[0-9]{2})(?![\w/-])",
        absolute.read_slashed,
    ),
    # from 3 to 5 May; March 3-5, 2023
    _rule(
        rf"{_FREE}(?P<open>(?:from|between)\s)?(?P<one>{_DAY}){_ORD}?{_JOIN}(?P<two>{_DAY}){_ORD}?\s(?:of\s)?"
        rf"(?P<month>{_MONTH})"
        rf"(?:,?\s(?P<year>{_DATED_YEAR}))?",
        absolute.read_days_in_month,
    ),
    _rule(
        rf"\b(?P<open>(?:from|between)\s)?(?P<month>{_MONTH})\s(?P<one>{_DAY}){_ORD}?{_JOIN}"
        rf"(?P<two>{_DAY}){_ORD}?(?!\s(?:{COUNTED}))"
        rf"(?:,?\s(?P<year>{_DATED_YEAR})|{_STOP})",
        absolute.read_days_in_month,
    ),
    _rule(
        rf"\b{_PART_OF}?(?:{_REL}\s)?(?P<month>{_MONTH})(?:,?\s(?:of\s)?(?P<year>{_DATED_YEAR})|{_OF_YEAR})?",
        absolute.read_month,
    ),
    # in 2014; early 2014; in 2014, 2015 and 2016
    _rule(
        rf"(?:\b{_PART_OF}(?:the\syear\s)?|(?<=\b(?:in|for|since|until|till|from|by|during|before|after|through"
        rf"|throughout|year|back\sin)\s(?:the\syear\s)?)|"
        r"(?<!\b(?:total|altitude|height|depth|average|distance|population|maximum|speed|number|capacity"
        r"|length)\s)(?<=\bof\s)|"
        rf"(?<=\b(?:in|since|of|from|until|during)\s{_YEAR}(?:,\s(?:19|20)[0-9]{{2}}){{0,3}}(?:,|,?\s(?:and|or))\s))"
        rf"(?P<year>{_YEAR})(?!-[0-9])",
        absolute.read_year,
    ),
    # in 1859, circa 1880, (1967)
    _rule(
        rf"(?:(?<=\b(?:in|since|during|until|till|by)\s(?:the\syear\s)?)|(?<=\b(?:c\.|circa)\s))(?P<year>{_OLD_YEAR})"
        rf"(?!-[0-9]|\s(?!was\b|is\b|has\b|his\b|its\b|this\b|as\b)\p{{Ll}}+s\b)",
        absolute.read_year,
    ),
    _rule(
        rf"(?:(?<=\()(?P<year>{_YEAR}|{_OLD_YEAR})(?=\))|(?<=\b(?:c\.|circa)\s)(?P<year>{_YEAR}))", absolute.read_year
    ),
    # the 2014 annexation
    _rule(
        rf"(?<=(?:\b(?:an?|the|its|his|her|their|our)|['’]s)\s)(?P<year>{_YEAR})(?=\s(?!{COUNTED})"
        rf"(?P<noun>[\w-]{{3,}}))",
        absolute.read_year_before_noun,
    ),
    _rule(
        rf"\b(?:from|between|(?:the\s)?(?:years|period))\s(?P<one>{_YEAR})(?:\s(?:to|and|until|through)\s|[-–])"
        rf"(?P<two>{_YEAR})",
        absolute.read_years,
    ),
    _rule(
        r"(?<![\w$£€/:.+-]|[0-9],)(?P<one>(?:19|20)[0-9]{2})[-–/](?P<two>(?:19|20)[0-9]{2}|[0-9]{2})(?![\w%/–-]"
        r"|[.,:][0-9])",
        absolute.read_years,
    ),
    _rule(
        r"\b(?:(?:fiscal|financial|budget)(?:\syear)?\s|FY\s?)(?P<year>(?:19|20)[0-9]{2})(?:[-–/](?P<two>"
        r"(?:20)?[0-9]{2}))?(?![\w%/–-])",
        absolute.read_fiscal,
    ),
    _rule(
        rf"{_FREE}(?P<year>(?:19|20)[0-9]{{2}})(?:[-–/](?P<two>(?:20)?[0-9]{{2}}))?\s(?:fiscal|financial|budget)\syear\b",
        absolute.read_fiscal,
    ),
    _rule(
        rf"(?:\b{_PART_OF}|(?<![\w$£€.,-]))(?:(?P<decade>(?:1[5-9]|20)[0-9]0)['’]?s|['’‘](?P<short>[2-9]0)s)\b",
        absolute.read_decade,
    ),
    _rule(
        r"\b(?P<century>eighteen|nineteen)[-\s](?P<tens>twenties|thirties|forties|fifties|sixties|seventies|eighties"
        r"|nineties)\b",
        absolute.read_decade_in_words,
    ),
    _rule(
        rf"\b(?:(?P<nth>first|second|third|fourth|final|last(?=\squarter\sof\s[0-9])|1st|2nd|3rd|4th)\squarter|Q(?P<q>[1-4])\b)"
        rf"(?:(?:\sof)?\s(?:(?P<year>{_YEAR})|(?P<which>this|last|next)\syear))?\b",
        absolute.read_quarter,
    ),
    _rule(
        rf"(?<!\b(?:Arab|Prague|hot)\s)\b{_PART_OF}?(?:{_REL}\s)?(?P<season>{_SEASON})(?:\s(?:of\s)?(?P<year>(?:19"
        rf"|20)[0-9]{{2}})(?:[-–/][0-9]{{2,4}})?|{_OF_YEAR})?\b",
        absolute.read_season,
    ),
    # Tuesday; late on Tuesday; Tuesday night of last week; every Tuesday
    _rule(
        rf"\b(?:(?P<week_before>(?:last|next|this)\sweek)\son\s)?(?:(?:early|late|later|earlier)\s(?:on\s)?)?"
        rf"(?P<no>(?:every|each|Man|Girl|Bloody|Black|Good|Palm|Easter|Ash|Holy|Super|Cyber|Sheffield|Mail\son|on\sany)\s)?"
        rf"(?:{_REL}\s)?"
        rf"(?P<weekday>{_WEEKDAY}|(?<=\b(?:on|last|next)\s)(?:Tues|Weds|Thurs)\b\.?|{_WEEKDAY_SHORT})(?P<title>\s(?:Times|Telegraph"
        rf"|Mirror|Mail|Express|Post|World|Herald)\b)?"
        rf"(?:\s{_HOURS})?(?:,?\s(?:of\s)?(?P<week>(?:last|next|this)\sweek))?(?!\w)",
        relative.read_weekday,
    ),
    # a week from Thursday, two weeks on Friday, Thursday week
    _rule(
        rf"\b(?P<count>{NUMBER})\sweeks?\s(?P<ago>ago\s)?(?:from|on|after)\s(?P<weekday>{_WEEKDAY})\b",
        relative.read_weekday_weeks,
    ),
    _rule(rf"\b(?P<weekday>{_WEEKDAY})\sweek(?=[,.;]|$)(?P<count>(?!))?(?P<ago>(?!))?", relative.read_weekday_weeks),
    # the weekend of 14-15 February is those days
    _rule(rf"(?:\b{_REL}\s|(?<=\bthe\s))weekend\b(?!\sof\s(?:{_DAY}|{_MONTH}))", relative.read_weekend),
    _rule(
        rf"\b(?P<name>New\sYear['’]s\s(?:Day|Eve)|(?:Orthodox\s)?Christmas(?:\s(?:Day|Eve|[Mm]orning))?(?!\sIsland)"
        rf"|Boxing\sDay|May\sDay|(?:(?:Saint|St\.?)\s)?Valentine['’]s\sDay|(?:International\s)?Women['’]s\sDay"
        rf"|St\.?\sPatrick['’]s\sDay|April\sFools['’]\sDay|Anzac\sDay|Victory\sDay|Europe\sDay|Juneteenth|Canada\sDay"
        rf"|Fourth\sof\sJuly|Bastille\sDay|Halloween|All\sSaints['’]\sDay|Guy\sFawkes\sNight|Bonfire\sNight"
        rf"|Armistice\sDay|Remembrance\sDay|Veterans\sDay|(?:International\s)?Human\sRights\sDay|Australia\sDay)"
        rf"(?:,?\s(?P<year>{_YEAR}))?(?!\w)",
        absolute.read_named_day,
    ),
    _rule(
        rf"(?:(?<=(?P<title>\b(?:USA|Russia|India|Malaysia|Turkey|Nepal|Africa)\s)))?"
        rf"(?:(?<=(?P<epoch>(?<!\bas\s)\bof\s)))?\b(?:earlier\s|later\s|late\s"
        rf"|early\s)?"
        rf"(?P<word>day\sbefore\syesterday|day\safter\stomorrow|last\s(?:night|evening)|tonight|overnight|this\s"
        rf"(?:morning|afternoon|evening)|"
        rf"(?:yesterday|today|tomorrow)(?:(?=\s{_HOURS})|\b))(?:\s{_HOURS})?\b",
        relative.read_deictic,
    ),
    _rule(
        rf"\b(?<![.,-])(?P<count>{NUMBER})\s(?P<unit>hour|day|week|fortnight|month|year|decade)s?\s"
        rf"(?:(?P<ago>ago)|(?P<ahead>from\snow)(?P<in>(?!))?)\b",
        relative.read_count,
    ),
    _rule(
        rf"\b(?P<in>in)\s(?P<count>{NUMBER})\s{_UNIT}(?:s['’]|['’]s|s)?(?P<ahead>\stime)?(?P<ago>(?!))?\b",
        relative.read_count,
    ),
    _rule(
        rf"{_NOT_TO}\b(?:{_PART_OF}|(?P<within>earlier|later|so\sfar)\s(?:in\s)?)?(?P<rel>last|this|next|past|previous"
        rf"|coming|following|current|the)\s"
        rf"(?P<unit>week|fortnight|month|quarter|year|decade)\b",
        relative.read_unit,
    ),
    _rule(r"(?<=\b(?:in|until|till|by|into|before|early\sin)\s)the\snew\syear\b", relative.read_new_year),
    _rule(
        rf"{_NOT_TO}\b(?P<rel>past|last|next|coming|previous)\s(?P<count>{NUMBER})\s(?P<unit>hour|day|week|month|year"
        rf"|decade)s?\b",
        relative.read_span,
    ),
    _rule(
        rf"\b(?:(?P<count>{NUMBER})\s{_UNIT}s?\s(?P<way>earlier|later)|(?P<which>same|previous|following|next)\s"
        rf"(?P<unit2>day|night)|(?P<which>that)\s(?:very\s|same\s)?(?P<unit2>day|night|evening|morning|afternoon)"
        rf"|(?P<which>earlier|later)\s(?:in\sthe|that)\s(?P<unit2>day)"
        rf"|(?:the\s)?(?P<unit2>day|night|week|month|year)\s(?P<way>before|after)(?=[.,;]|$|\s(?:in|at|by|with|to|from)\b))(?!\w)",
        relative.read_told,
        anchored=True,
    ),
    _rule(
        rf"\bthe\sfollowing\s(?:(?P<weekday>{_WEEKDAY})|(?P<month>{MONTH_NAMES})|(?P<season>{_SEASON})"
        rf"|(?P<unit>week|month|year))\b",
        relative.read_following,
        anchored=True,
    ),
    _rule(
        rf"(?<=\bon\sthe\s)(?P<day>{_DAY}){_ORD}(?:(?=[,.;]|$|\s{_AFTER_DAY}\b)|\sof\s(?P<rel>this|last|next)\smonth\b)",
        relative.read_of_month,
    ),
)
