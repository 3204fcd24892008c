"""When the events of an article were, and whether they were at all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from turnstone.coding.clauses import Clauses
from turnstone.coding.counsel import Counsel, Day
from turnstone.coding.day_words import DayWords
from turnstone.coding.event_days import EventDays
from turnstone.coding.layout import Layout
from turnstone.coding.likely_days import LikelyDays
from turnstone.coding.status import status_of, told_with
from turnstone.coding.told_days import Timed
from turnstone.day_basis import NO_DAY_TOLD
from turnstone.records import Analysis, Article, DateMention, Proposal, Status
from turnstone.settings import Settings

_BRIEF = 8
"""Sentences of news in brief. There the likely day of the news itself was nearer than that of publication in 6 of 28
cases that differ, that of what is background or to come in 46 of 58; in longer articles both in nearly all."""


class Times:
    """The status and day of each of some proposals of one article: first what its sentence tells, then, of those of
    which it tells no day, that which is likely by all that the article tells. `children` are the words below each
    word."""

    def __init__(
        self, article: Article, analysis: Analysis, dates: Sequence[DateMention], proposals: Sequence[Proposal],
        children: Sequence[Sequence[int]], clauses: Clauses, layout: Layout, settings: Settings, counsel: Counsel,
    ) -> None:  # fmt: skip
        self._article, self._analysis, self._dates = article, analysis, dates
        self._children, self._clauses = children, clauses
        whole = analysis.is_whole_article
        self._background_days = settings.background_days_of_whole_articles if whole else settings.background_days
        self._by_trigger = {p.trigger: p for p in sorted(proposals, key=lambda p: p.trigger)}
        self._layout, self._filed = layout, counsel.filed(article.text)
        days = EventDays(article, dates, clauses, self._by_trigger, counsel.event_day, self._filed)
        self._found = {word: self._by_its_sentence(p, days) for word, p in self._by_trigger.items()}
        self.events = [self._timed(word, *found) for word, found in self._found.items()]
        still_open = [one for one in self.events if self._may_be_told_elsewhere(one)] if dates else []
        likely = LikelyDays(article.text, counsel.days, settings.least_day)
        self._found |= {one.trigger: self._by_the_article(one, likely) for one in still_open}

    def _may_be_told_elsewhere(self, event: Timed) -> bool:
        """Whether another sentence may tell its day: in news in brief not that of the news itself."""
        return event.days is None and (event.status != "happened" or len(self._analysis.sentences) > _BRIEF)

    def of(self, trigger: int) -> tuple[Status, Day]:
        """The status and day of the proposal of that word."""
        return self._found[trigger]

    def words(self, event: Timed) -> DayWords:
        """The days that the article tells, to be asked of one of `events`, which have those that their own sentences
        tell: of what stands outside quotation marks, the days that stand outside."""
        return self._all_days if self._is_quoted(self._analysis.tokens[event.trigger].start) else self._days_outside

    @cached_property
    def _all_days(self) -> DayWords:
        return self._words(self._dates)

    @cached_property
    def _days_outside(self) -> DayWords:
        outside = [one for one in self._dates if not self._is_quoted(one.start)]
        return self._all_days if len(outside) == len(self._dates) else self._words(outside)

    def _words(self, dates: Sequence[DateMention]) -> DayWords:
        article = self._article
        given = (self._analysis, self._children, dates, self._clauses, self._layout, self.events, self._filed)
        return DayWords(article.text, article.published, *given)

    @cached_property
    def _quoted(self) -> list[tuple[int, int]]:
        """Where somebody's very words stand, in order and none in another."""
        said = (one.content for one in self._analysis.quotations if one.kind == "direct")
        merged: list[tuple[int, int]] = []
        for start, end in sorted((span.start, span.end) for content in said for span in content):
            if merged and start <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((start, end))
        return merged

    def _is_quoted(self, at: int) -> bool:
        """Whether an offset is in somebody's very words."""
        place = bisect_right(self._quoted, (at, len(self._article.text))) - 1
        return place >= 0 and at < self._quoted[place][1]

    def _timed(self, word: int, status: Status, day: Day) -> Timed:
        days = None if day[3] in NO_DAY_TOLD else day[:2]
        event_type = self._by_trigger[word].types[0][0]
        return Timed(word, event_type, status, self._layout.sentence_of(word), days)

    def _by_its_sentence(self, proposal: Proposal, days: EventDays) -> tuple[Status, Day]:
        word, tokens = proposal.trigger, self._analysis.tokens
        judged = told_with(self._article.text, proposal, self._by_trigger, tokens, self._children)
        status = status_of(self._article.text, judged, tokens, self._children)
        if status == "happened" and self._is_background(proposal):
            status = "historical"
        day = days.of(proposal, self._layout.span(word, word), self._layout.sentence_of(word), status)
        return self._status_on(status, day), day

    def _by_the_article(self, event: Timed, likely: LikelyDays) -> tuple[Status, Day]:
        status, day = self._found[event.trigger]
        found = likely.of(event, day, self.words(event))
        # what is told as news was not long ago
        return (status, found) if self._status_on(status, found) == status else (status, day)

    def _status_on(self, status: Status, day: Day) -> Status:
        """What happened long before the report is historical."""
        long_ago = (self._article.published - day[1]).days > self._background_days
        return "historical" if status == "happened" and long_ago else status

    def _is_background(self, proposal: Proposal) -> bool:
        """Whether the words say that something came before the news."""
        if self._clauses.is_measured_from(proposal.trigger):
            return True
        # of an attack it is mostly the news itself: "two are dead after gunmen stormed ..."
        attack = proposal.types[0][0] == "ASSAULT"
        return not attack and self._clauses.is_told_before(proposal.trigger, self._article.text)
