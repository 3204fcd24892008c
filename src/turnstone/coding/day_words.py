"""What words, tree and the telling of an article say of whether an event was on a day that the article names.

Most sentences do not tell the day of what they tell: the lead told it ("on Tuesday"), or the paragraph did ("in May
1998 ..."), or it is the day of publication. A small table that was counted on annotated articles says what speaks for
which (`Model.event_days`); here are the names of the features that it is asked of.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import islice

from turnstone.coding.clauses import Clauses, relations_of
from turnstone.coding.days_inside import DaysInside
from turnstone.coding.layout import Layout
from turnstone.coding.tenses import tense_of
from turnstone.coding.told_days import Asked, Beside, Days, Timed, Told
from turnstone.records import Analysis, DateMention

_BACK = (1, 2, 3, 4, 8, 15, 32, 101, 401, 3701)  # days; where a step of what is told of them begins
_LENGTHS = (1, 2, 4, 8, 16)  # sentences; where a step of what is told of them ends
_LEAD = 2  # paragraphs after the headline
_BESIDE = 8  # events before and after among which the nearest that tells a day is looked for
_BEFORE, _AFTER, _OF_LEAD = 12, 3, 6  # days that are asked for, the nearest before and after, and the first of the lead
_SINCE = 40  # dates before an event that are looked at
_NEAR = 24  # characters before a date


class DayWords:
    """The days that an article tells, to ask for the features of each with an event.

    `children` are the words below each word, `events` all events of the article in the order of their triggers, `filed`
    is where its dateline ends.
    """

    def __init__(
        self, text: str, published: date, analysis: Analysis, children: Sequence[Sequence[int]],
        dates: Sequence[DateMention], clauses: Clauses, layout: Layout, events: Sequence[Timed], filed: int,
    ) -> None:  # fmt: skip
        self._text, self._published, self._tokens, self._children = text, published, analysis.tokens, children
        self._clauses, self._events, self._layout = clauses, events, layout
        self._triggers = [one.trigger for one in events]
        self._inside = DaysInside(self._tokens, clauses, self._triggers)
        self._length = bisect_left(_LENGTHS, len(analysis.sentences))
        self._told = [self._of_date(one) for one in dates if one.start >= filed]
        self._of: dict[Days, list[Told]] = {}
        for one in self._told:
            self._of.setdefault(one.days, []).append(one)
        self._timed = [one for one in events if one.days is not None]
        self._count = Counter(one.days for one in self._timed)
        self._most = self._count.most_common(1)[0][0] if self._count else None
        self._sentences = [one.sentence for one in self._told]
        lead = [one.days for one in self._told if one.paragraph <= _LEAD and self._is_of_news(one.mention)]
        self._lead, self._first_of_lead = dict.fromkeys(lead), lead[0] if lead else None
        self._lead_back = min((published - max(last for _, last in lead)).days, 4) if lead else -1
        self._latest = max((d for d in self._of if d[0] == d[1] < published), default=None)
        self._by_lemma: dict[str, set[Days | None]] = {}
        for event in self._timed:
            self._by_lemma.setdefault(self._lemma(event.trigger), set()).add(event.days)

    def days(self, event: Timed) -> list[Days]:
        """Those that the event may have been on: the day of publication, and what its sentence, the lead, and those
        around it tell, as far as the status allows."""
        sentence = self._layout.sentence(event.evidence.start)
        first, last = bisect_left(self._sentences, sentence), bisect_right(self._sentences, sentence)
        earlier, later = self._told[max(0, first - _SINCE) : first], self._told[last : last + _SINCE]
        near = (self._told[first:last], earlier[::-1], later)
        inside, before, after = (dict.fromkeys(one.days for one in part) for part in near)
        found = dict.fromkeys((
            (self._published, self._published), *islice(self._lead, _OF_LEAD), *inside, *islice(before, _BEFORE),
            *islice(after, _AFTER),
        ))  # fmt: skip
        if event.status in ("happened", "historical"):
            return [one for one in found if one[0] <= self._published]
        if event.status == "future":
            return [one for one in found if one[1] >= self._published]
        return list(found)

    def nearest(self, event: Timed, days: Days) -> DateMention | None:
        """The expression that tells those days last before the event's sentence ends, or first after it; None where
        none does, as may be of the day of publication."""
        told = self._of.get(days, ())
        after = bisect_left(told, event.evidence.end, key=lambda one: one.mention.start)
        if not told:
            return None
        return told[after - 1 if after else 0].mention

    def features(self, event: Timed, days: Sequence[Days]) -> list[tuple[str, ...]]:
        """The names of what speaks for the event on each of some days."""
        asked = self._asked(event, frozenset(days))
        return [tuple(self._of_both(asked, one)) for one in days]

    def _asked(self, event: Timed, allowed: Collection[Days]) -> Asked:
        start = self._tokens[event.trigger].start
        sentence, tense = self._layout.sentence(start), self._tense(event.trigger)
        first, last = bisect_left(self._sentences, sentence), bisect_right(self._sentences, sentence)
        at = bisect_left(self._triggers, event.trigger)
        around = (
            ("previous", self._events[max(0, at - _BESIDE) : at][::-1]),
            ("next", self._events[at + 1 : at + 1 + _BESIDE]),
        )
        return Asked(
            event, start, sentence, self._layout.paragraph(start), tense,
            [one for one in self._told[first:last] if one.days in allowed],
            [one for one in self._told[max(0, first - _SINCE) : first] if one.days in allowed],
            [self._beside(side, event, near) for side, near in around],
        )  # fmt: skip

    def _beside(self, side: str, event: Timed, near: Sequence[Timed]) -> Beside:
        found = next((one for one in near if one.days is not None), None)
        if found is None:
            return Beside(side, None)
        own, its = (self._tokens[one.trigger].start for one in (event, found))
        tense = self._tense(found.trigger)
        if self._layout.sentence(own) != self._layout.sentence(its):
            same = self._layout.paragraph(own) == self._layout.paragraph(its)
            return Beside(side, found.days, found.status, tense, "paragraph" if same else "article")
        between = self._clauses.between(found.trigger, event.trigger)
        path = "|".join(relations_of(one, self._tokens) for one in between[:2]) if between else "apart"
        return Beside(side, found.days, found.status, tense, "sentence", path)

    def _of_both(self, asked: Asked, days: Days) -> Iterator[str]:
        """Of the day by itself, where it is told, and of the other events."""
        event, tense, status, kind = asked.event, asked.tense, asked.event.status, asked.event.event_type
        grain = self._grain(days)
        back = self._back(days)
        high = min(asked.paragraph, 3) if asked.paragraph <= _LEAD else 3 + (asked.paragraph > 6)
        yield f"back {back}"
        yield f"back {back} {status}"
        yield f"back {back} {tense}"
        yield f"back {back} {grain} {status} {bool(asked.inside)}"
        yield f"kind {kind} {grain}"
        yield f"kind {kind} {back}"
        yield f"grain {grain} {tense} {status}"
        yield f"grain {grain} {tense} {high}"
        yield f"grain {grain} {self._tokens[event.trigger].upos} {status}"
        yield f"grain {grain} lead {self._lead_back}"
        yield f"grain {grain} lead {self._lead_back} {tense}"
        yield f"grain {grain} lead {self._lead_back} {status} {high}"
        yield f"lemma {self._lemma(event.trigger)} {grain}"
        for more in (grain, back, f"{grain} {status} {tense}", f"{grain} lead {self._lead_back}"):
            yield f"length {self._length} {more}"
        inside = [one for one in asked.inside if one.days == days]
        if inside:
            yield from self._inside.features(asked, inside, grain)
        else:
            for more in ("", f" {tense}", f" {status}"):
                yield f"outside {grain} {bool(asked.inside)}{more}"
        zone = self._zone(asked, days)
        yield from self._across(asked, days, grain, back, zone)
        lead = "first" if days == self._first_of_lead else "lead" if days in self._lead else ""
        yield f"lead {lead} {zone}"
        yield f"lead {lead} {tense}"
        yield f"lead {lead} {status} {high}"
        yield f"lead {lead} {back}"
        yield f"lead {lead} {kind}"
        yield f"latest {days == self._latest} {back}"
        yield f"latest {days == self._latest} {lead} {tense}"
        yield from self._among(asked, days, grain, lead)

    def _zone(self, asked: Asked, days: Days) -> str:
        """In words, where before the sentence the day is told last."""
        last = self._last_before(asked, days)
        if last is None:
            return "no"
        if last.paragraph == asked.paragraph:
            return f"same {min(asked.sentence - last.sentence, 4)}"
        return f"other {min(asked.paragraph - last.paragraph, 4)}"

    def _last_before(self, asked: Asked, days: Days) -> Told | None:
        told, earlier = self._of.get(days, ()), self._number_before(asked, days)
        return told[earlier - 1] if earlier else None

    def _number_before(self, asked: Asked, days: Days) -> int:
        return bisect_left(self._of.get(days, ()), asked.sentence, key=lambda one: one.sentence)

    def _across(self, asked: Asked, days: Days, grain: str, back: str, zone: str) -> Iterator[str]:
        """Of a day that sentences before or after tell."""
        told = self._of.get(days, ())
        last = self._last_before(asked, days)
        after = bisect_right(told, asked.sentence, key=lambda one: one.sentence)
        later = told[after] if after < len(told) else None
        if last is not None:
            same = last.paragraph == asked.paragraph
            since = [one for one in asked.before if one.mention.start > last.mention.start]
            between = min(len({one.days for one in since} - {days}), 3)
            for more in (asked.tense, asked.event.status, grain, back):
                yield f"earlier {zone} {more}"
                yield f"earlier between {between} {more}"
            yield f"earlier {zone}"
            yield f"earlier between {between} {same}"
            yield f"earlier between {between} {zone}"
            yield f"earlier nearest {bool(asked.before) and asked.before[-1].sentence == last.sentence} {same}"
            yield f"earlier words {last.words} {same}"
            yield f"earlier number {min(self._number_before(asked, days), 4)}"
        else:
            yield f"not earlier {grain}"
        if later is not None:
            same = later.paragraph == asked.paragraph
            yield f"later {same} {min(later.sentence - asked.sentence, 4)}"
            yield f"later {same} {back}"
            yield f"later {same} {zone}"

    def _among(self, asked: Asked, days: Days, grain: str, lead: str) -> Iterator[str]:
        """Of the days that the sentences of other events tell."""
        tense = asked.tense
        share = min(int(5 * self._count[days] / len(self._timed)), 4) if self._timed else -1
        yield f"share {share}"
        yield f"share {share} {grain}"
        yield f"share {share} {tense}"
        yield f"most {days == self._most} {tense}"
        yield f"most {days == self._most} {lead}"
        for near in asked.beside:
            if near.days is None:
                yield f"{near.side} none {grain}"
                continue
            own = f"{near.side} {near.days == days} {near.where}"
            yield own
            yield f"{own} {near.tense == tense}"
            yield f"{own} {tense}"
            yield f"{own} {near.status == asked.event.status}"
            yield f"{own} {near.tense} {tense}"
            yield f"{own} {near.path}"
        if alike := self._by_lemma.get(self._lemma(asked.event.trigger)):
            yield f"again {days in alike}"
            yield f"again {days in alike} {asked.event.event_type}"

    def _of_date(self, one: DateMention) -> Told:
        before = self._text[max(0, one.start - _NEAR) : one.start].lower().split()
        inside = self._text[one.start : one.end].lower().split()
        first = inside[0] if len(inside) > 1 and not inside[0][0].isdigit() else ""
        days, word = (one.first_day, one.last_day), self._clauses.word(one.start, one.end)
        at = self._layout.sentence(one.start), self._layout.paragraph(one.start)
        return Told(one, days, word, *at, f"{before[-1] if before else ''} {first}")

    def _is_of_news(self, one: DateMention) -> bool:
        return one.granularity == "day" and one.last_day <= self._published

    def _grain(self, days: Days) -> str:
        if days == (self._published, self._published):
            return "published"
        return self._of[days][0].mention.granularity

    def _back(self, days: Days) -> str:
        far = (self._published - days[1]).days
        return f"{'-' if far < 0 else ''}{bisect_left(_BACK, abs(far) + 1)}"

    def _tense(self, word: int) -> str:
        return tense_of(word, self._text, self._tokens, self._children)

    def _lemma(self, word: int) -> str:
        return self._tokens[word].lemma.lower()
