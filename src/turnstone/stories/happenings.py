"""Reports of one happening, joined across articles.

Reports are taken by day and article, and each joins a happening of the days before it or begins one. It joins where it
is likely of one happening with one of its reports, with its last twelve on average, and with none of them quite
unlikely; so one happening never leads to another by small steps. What was decided of a report depends on the reports of
the days before it alone: ids stay, no two happenings are ever made one, and a record that grew at its end is joined as
if it had always been whole.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from turnstone.stories.contradiction import lies_elsewhere
from turnstone.stories.link_words import likely
from turnstone.stories.reports import Report
from turnstone.stories.sameness import reason, shared

DAYS: Final = 14
"""How many days after its last report a happening can be joined."""

COUNTED_DAYS: Final = 30
"""Of how many days' reports the words are counted, to know which are rare."""

LEAST_LINK: Final = 0.5
LEAST_MEAN: Final = 0.45
LEAST_OF_EACH: Final = 0.1
"""How likely a report must be of one happening with one of its reports; with its last twelve on average, and with each
of these."""

_WORDS_ASKED: Final = 8
_LATEST: Final = 40
_COMPARED: Final = 24
_MEMBERS: Final = 12
_LEAST_WEIGHT: Final = 0.1
_LEAST_COMMON: Final = 3.5
_LEAST_OF_OTHERS: Final = 8.0
"""What two reports must at least share of words by weight, about one rare one, of different types two, for the one to
join by the other: a third do, and of those that are likely hardly two in a hundred are lost."""
_ONE_TITLE: Final = 0.95
_STANDING: Final = 400
"""As how many reports the shares of words count that are known beforehand, beside those of the record."""


@dataclass(frozen=True, slots=True)
class Link:
    """A report in its happening. `linked_*` is the report by which it joined, empty for the first one; `score` says how
    likely the two are of one happening, `reason` why, in words."""

    article_id: str
    event_id: str
    happening_id: str
    linked_article_id: str
    linked_event_id: str
    score: float
    reason: str


@cache
def word_shares() -> Mapping[str, float]:
    """In what share of sentences of the news words stand, by their dictionary form."""
    path = Path(__file__).parent.parent / "data" / "word_shares.json"
    shares: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return MappingProxyType(shares)


def happening_id(report: Report) -> str:
    """The id of a happening that begins with this report."""
    return "h" + hashlib.sha256(f"{report.article_id}\0{report.event_id}".encode()).hexdigest()[:15]


class Happenings:
    """Joins reports, which are given by day and article. `copy_groups` has the group of an article's copies."""

    def __init__(self, copy_groups: Mapping[str, str] | None = None) -> None:
        self._groups = copy_groups or {}
        self._held: dict[int, tuple[Report, str]] = {}
        self._order: deque[tuple[int, int]] = deque()
        self._counted: deque[tuple[int, frozenset[str]]] = deque()
        self._counts: Counter[str] = Counter()
        self._postings: defaultdict[str, deque[int]] = defaultdict(deque)
        self._members: defaultdict[str, deque[int]] = defaultdict(deque)
        self._titles: defaultdict[frozenset[str], deque[int]] = defaultdict(deque)
        self._shares = word_shares()
        self._next = 0

    def take(self, report: Report, known: Link | None = None) -> Link:
        """Where a report belongs; `known` where that was found before."""
        self.forget(report.published)
        link = known or self._judged(report)
        number = self._next
        self._next += 1
        self._held[number] = report, link.happening_id
        self._order.append((report.published, number))
        self._members[link.happening_id].append(number)
        for word in report.words:
            self._postings[word].append(number)
        if report.title:
            self._titles[report.title].append(number)
        self._counts.update(report.words)
        self._counted.append((report.published, report.words))
        return link

    def forget(self, day: int) -> None:
        """Drops what is too old to count on this day; `take` does it for the day of its report."""
        while self._order and self._order[0][0] < day - DAYS:
            _, number = self._order.popleft()
            report, happening = self._held.pop(number)
            self._members[happening].popleft()
            if not self._members[happening]:
                del self._members[happening]
            for word in report.words:
                self._postings[word].popleft()
                if not self._postings[word]:
                    del self._postings[word]
            if report.title:
                self._titles[report.title].popleft()
                if not self._titles[report.title]:
                    del self._titles[report.title]
        while self._counted and self._counted[0][0] < day - COUNTED_DAYS:
            _, words = self._counted.popleft()
            self._counts.subtract(words)
            for word in words:
                if not self._counts[word]:
                    del self._counts[word]

    def _judged(self, report: Report) -> Link:
        if report.title and (titled := self._titles.get(report.title)):
            return self._joined(report, titled[-1], _ONE_TITLE, f"both of the {' '.join(sorted(report.title))}")
        weigh = cache(self.weigh)
        found: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
        scored: dict[int, float] = {}
        for number in self._candidates(report, weigh):
            if not self._share_enough(report, number, weigh):
                continue
            scored[number] = self._score(report, number, weigh)
            if scored[number] >= LEAST_LINK:
                found[self._held[number][1]].append((scored[number], number))
        best: tuple[float, float, int, str] | None = None
        for happening, links in found.items():
            members = list(self._members[happening])[-_MEMBERS:]
            values = [scored[one] if one in scored else self._score(report, one, weigh) for one in members]
            mean = sum(values) / len(values)
            if mean < LEAST_MEAN or min(values) < LEAST_OF_EACH:
                continue
            link, number = max(links, key=lambda one: (one[0], -one[1]))
            offer = mean, link, -number, happening
            if best is None or offer[:3] > best[:3]:
                best = offer
        if best is None:
            return Link(report.article_id, report.event_id, happening_id(report), "", "", 1.0, "")
        _, link, number, _ = best
        other = self._held[-number][0]
        why = reason(report, other, shared(report, other, weigh))
        if self._copied(report, other):
            why = f"copies of one text; {why}"
        return self._joined(report, -number, link, why)

    def _joined(self, report: Report, number: int, link: float, why: str) -> Link:
        other, happening = self._held[number]
        return Link(
            report.article_id, report.event_id, happening, other.article_id, other.event_id, round(link, 4), why
        )

    def weigh(self, word: str) -> float:
        """What a word tells: the more, the fewer reports have it."""
        seen = self._counts[word] + _STANDING * self._shares.get(word, 0.0) + 1.0
        return max(_LEAST_WEIGHT, math.log((len(self._counted) + _STANDING) / seen))

    def _candidates(self, report: Report, weigh: Callable[[str], float]) -> list[int]:
        """The numbers of the reports that share most of its rarest words, at most two dozen. Words that its own article
        alone has are not asked for, or a second event of a sentence would find nothing but the first."""

        def elsewhere(word: str) -> bool:
            row = self._postings.get(word)
            return row is not None and self._held[row[0]][0].article_id != report.article_id

        rare = sorted(filter(elsewhere, report.words), key=lambda word: (self._counts[word], word))
        shared_weight: defaultdict[int, float] = defaultdict(float)
        for word in rare[:_WORDS_ASKED]:
            row = self._postings[word]
            for place in range(1, min(len(row), _LATEST) + 1):
                shared_weight[row[-place]] += weigh(word)
        ranked = sorted(shared_weight, key=lambda number: (-shared_weight[number], number))
        return ranked[:_COMPARED]

    def _score(self, report: Report, number: int, weigh: Callable[[str], float]) -> float:
        other = self._held[number][0]
        if report.article_id == other.article_id and report.sentence == other.sentence:
            return 0.0
        if self._copied(report, other) and report.event_type == other.event_type and report.trigger == other.trigger:
            return 1.0
        # What was judged has hardly any texts of one template, which agencies print of many towns and years.
        other_title = bool(report.title and other.title) and report.title != other.title
        if other_title or lies_elsewhere(report, other):
            return 0.0
        return likely(report, other, shared(report, other, weigh))

    def _share_enough(self, report: Report, number: int, weigh: Callable[[str], float]) -> bool:
        other = self._held[number][0]
        least = _LEAST_COMMON if report.event_type == other.event_type else _LEAST_OF_OTHERS
        return math.fsum(map(weigh, report.words & other.words)) >= least

    def _copied(self, report: Report, other: Report) -> bool:
        group = self._groups.get(report.article_id)
        return (
            group is not None and report.article_id != other.article_id and group == self._groups.get(other.article_id)
        )
