"""Coded events as reports of happenings: what of the tables of a record they are compared by."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import regex
import simplemma

from turnstone.day_basis import OWN, standing_of
from turnstone.stories.texts import EMPTY, is_name, numbers_in

Row = Mapping[str, Any]

EVENT_COLUMNS: Final = (
    "article_id", "event_id", "event_type", "modes", "status", "first_day", "last_day", "date_basis", "place_name",
    "place_country", "place_geonames_id", "place_latitude", "place_longitude", "place_resolution", "outlet",
    "trigger_start", "trigger_text", "evidence_start", "evidence_end", "evidence_text",
)  # fmt: skip
PARTICIPANT_COLUMNS: Final = (
    "article_id", "event_id", "role", "position", "text", "name", "entity_id", "country", "sectors",
)  # fmt: skip
PLACE_COLUMNS: Final = ("article_id", "start", "text", "country", "geonames_id", "latitude", "longitude", "resolution")

_WORD: Final = regex.compile(r"\p{L}[\p{L}-]+")
_RENEWED: Final = regex.compile(
    r"\b(?:another|again|fresh|further|renew(?:s|ed)|resum(?:es|ed)|continu(?:es?|ed|ing)|successive|"
    r"second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|\w+ more (?:people|soldiers))\b",
    regex.IGNORECASE,
)
_ORDINAL: Final = regex.compile(
    r"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th))\b", regex.IGNORECASE
)
_NTH_DAY: Final = regex.compile(rf"{_ORDINAL.pattern}\s(?:\p{{Ll}}+\s)?(?:day|night)\b", regex.IGNORECASE)
_TITLE: Final = regex.compile(
    r"(?:^|[,;:(]\s*|\b[Tt]he\s)((?:19|20)\d\d)(?:[–-]\d{2,4})?((?:\s\p{L}[\p{L}–-]*){0,3})\s$"
)
_OF_WHOM: Final = regex.compile(r"^\s(?:of|in|on|at|against)\s(?:the\s)?(\p{Lu}[\p{L}-]*(?:\s\p{Lu}[\p{L}-]*)*)")
_TITLED: Final = frozenset(
    "invasion attack bombing massacre shooting airstrike coup siege visit summit assassination kidnapping raid mutiny "
    "intervention referendum hijacking".split()
)
"""What is one thing that happened when it is called by its year; protests and wars are many."""
_LABEL: Final = regex.compile(r"^[\p{Lu}\d][^:.!?;]{3,70}:\s+(?=[\p{Lu}\d])")
_CLOSE: Final = (
    r"(?:sons?|daughters?|wi(?:fe|ves)|husband|widow|brothers?|sisters?|father|mother|parents|family|relatives|lawyers?|"
    r"aides?|all(?:y|ies)|supporters|followers|compound|residence|home|house)"
)
_SOMEBODYS: Final = regex.compile(
    rf"\b{_CLOSE}\sof\s(?:\p{{Ll}}+\s){{0,3}}\p{{Lu}}|['’]s?\s(?:\p{{Ll}}+\s){{0,2}}{_CLOSE}\b(?!\s\p{{Lu}})"
)
"""Who or what is only called by somebody else's name: "the son of Ana Sapt", "Ana Sapt's house"."""
_TOLL: Final = regex.compile(r"\b(?:death toll|toll|rises? to|rose to|raising|has risen|updated?)\b", regex.IGNORECASE)
_MONTHS_AND_DAYS: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday tomorrow".split()
)
_BELOW_A_COUNTRY: Final = frozenset({"point", "city", "district", "province"})
RECENT_DAYS: Final = 3
_BACKGROUND: Final = 45
_AHEAD: Final = 21


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or recipient: whom the data knows it for, the words of its name, country and sectors; `is_place` says
    that its name is that of a place."""

    entity_id: str
    names: frozenset[str]
    country: str
    sectors: frozenset[str]
    is_place: bool = False

    @property
    def is_state(self) -> bool:
        """Whether it is a country, which may stand for any of its people."""
        return bool(self.country) and self.entity_id == self.country

    @property
    def known(self) -> bool:
        """Whether anything tells it from others."""
        return bool(self.entity_id or self.country or self.names)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map. Degrees are WGS 84."""

    geonames_id: int | None
    country: str
    latitude: float
    longitude: float
    resolution: str

    @property
    def exact(self) -> bool:
        """Whether its point can be measured from."""
        return self.resolution in ("point", "city", "district")


@dataclass(frozen=True, slots=True)
class Report:
    """One event as one article has it. Days are ordinals; `earliest` and `latest` bound the day it can have happened:
    those of the event where the text gives a day, else what news of the article's day can be about. `named` are the
    places below a country that its evidence names, `words` what its evidence tells, `names` those of them that are
    names; `renewed` says that something happens once more, `ordinals` for the how manieth time, `nth_day` that it is
    the "second day" of something, `toll` that a count goes on. `sentence` is where its evidence begins. `title` has the
    words of a name with a year, as "the 2019 Zenda uprising" or "the 2019 siege of Zenda"; it is empty where the report
    is of no such name."""

    article_id: str
    event_id: str
    published: int
    event_type: str
    modes: frozenset[str]
    status: str
    first_day: int
    last_day: int
    dated: bool
    earliest: int
    latest: int
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    spot: Spot | None
    named: tuple[Spot, ...]
    sentence: int
    trigger: str
    title: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    renewed: bool
    ordinals: frozenset[str]
    nth_day: bool
    toll: bool
    outlet: str


def reports(published: int, events: Iterable[Row], participants: Iterable[Row], places: Iterable[Row]) -> list[Report]:
    """The events of an article as reports, in their order; `published` is its day as an ordinal."""
    parties: defaultdict[str, list[Row]] = defaultdict(list)
    for row in participants:
        parties[row["event_id"]].append(row)
    named = [row for row in places if row["resolution"] in _BELOW_A_COUNTRY]
    return [_report(row, published, parties[row["event_id"]], named) for row in events]


def _report(row: Row, day: int, parties: list[Row], named: list[Row]) -> Report:
    evidence, trigger = row["evidence_text"], row["trigger_text"]
    first, last = row["first_day"].toordinal(), row["last_day"].toordinal()
    dated = standing_of(row["date_basis"]) == OWN
    earliest, latest = _days(first, last, dated, row["status"], day)
    start = row["trigger_start"] - row["evidence_start"]
    label = _LABEL.match(evidence)
    # "2019 Zenda protests: police shoot two dockers": the label says what it is part of.
    told = evidence[label.end() :] if label and label.end() <= start else evidence

    within = [one for one in named if row["evidence_start"] <= one["start"] < row["evidence_end"]]
    places = frozenset(word for one in within for word in proper_words(one["text"]))

    def who(role: str) -> tuple[Party, ...]:
        rows = sorted((one for one in parties if one["role"] == role), key=lambda one: int(one["position"]))
        return tuple(_party(one, places) for one in rows)

    return Report(
        article_id=row["article_id"],
        event_id=row["event_id"],
        published=day,
        event_type=row["event_type"],
        modes=frozenset(row["modes"]),
        status=row["status"],
        first_day=first,
        last_day=last,
        dated=dated,
        earliest=earliest,
        latest=latest,
        actors=who("actor"),
        recipients=who("recipient"),
        spot=_spot(row, "place_"),
        named=tuple(spot for one in within if (spot := _spot(one, ""))),
        sentence=row["evidence_start"],
        trigger=stem(trigger),
        title=_title(evidence, start, start + len(trigger)),
        words=content_words(told) | content_words(trigger),
        names=_names(told),
        numbers=numbers_in(told),
        renewed=_RENEWED.search(evidence) is not None,
        ordinals=frozenset(match[0].lower() for match in _ORDINAL.finditer(evidence)),
        nth_day=_NTH_DAY.search(evidence) is not None,
        toll=_TOLL.search(evidence) is not None,
        outlet=row["outlet"],
    )


def _days(first: int, last: int, dated: bool, status: str, day: int) -> tuple[int, int]:
    if dated and not (status == "future" and last <= day):
        # What is promised for a day is news before it; what is promised for none has the day of the promise.
        return (min(first, day - RECENT_DAYS), last) if status == "future" else (first, last)
    if status == "historical":
        return day - _BACKGROUND, day
    if status == "future":
        return day, day + _AHEAD
    if status == "hypothetical":
        return day - RECENT_DAYS, day + _AHEAD
    return day - RECENT_DAYS, day


def _party(row: Row, places: frozenset[str]) -> Party:
    """`places` has the words of the names of places that stand near."""
    if _SOMEBODYS.search(row["text"]):
        return Party("", frozenset(), row["country"], frozenset(row["sectors"]))
    names = proper_words(row["name"] or row["text"])
    return Party(row["entity_id"], names, row["country"], frozenset(row["sectors"]), bool(names) and names <= places)


def _spot(row: Row, prefix: str) -> Spot | None:
    latitude = row[f"{prefix}latitude"]
    if latitude is None or math.isnan(latitude):
        return None
    return Spot(
        row[f"{prefix}geonames_id"],
        row[f"{prefix}country"] or "",
        latitude,
        row[f"{prefix}longitude"],
        row[f"{prefix}resolution"] or "",
    )


def _title(evidence: str, start: int, end: int) -> frozenset[str]:
    name = stem(evidence[start:end])
    before = _TITLE.search(evidence[:start])
    if before is None or name not in _TITLED:
        return frozenset()
    whom = _OF_WHOM.match(evidence[end:])
    words = content_words(f"{before[2]} {whom[1] if whom else ''}")
    return frozenset({before[1], name, *words}) if words else frozenset()


def _names(text: str) -> frozenset[str]:
    return frozenset(
        stem(word)
        for match in _WORD.finditer(text)
        if (word := match[0])[0].isupper()
        and word.lower() not in EMPTY
        and word.lower() not in _MONTHS_AND_DAYS
        and is_name(word)
    )


def content_words(text: str) -> frozenset[str]:
    """The words of a text that tell something, in dictionary form and lower case."""
    return frozenset(
        stem(word)
        for match in _WORD.finditer(text)
        if (word := match[0]).lower() not in EMPTY and word.lower() not in _MONTHS_AND_DAYS
    )


def proper_words(name: str) -> frozenset[str]:
    """The capitalised words of a name in lower case."""
    return frozenset(
        match[0].lower() for match in _WORD.finditer(name) if match[0][0].isupper() and match[0].lower() not in EMPTY
    )


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word's dictionary form in lower case."""
    return simplemma.lemmatize(word.lower(), lang="en").lower()
