"""On which day an event is: the dated expressions of its sentence that are said of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from turnstone.coding.clauses import Clauses
from turnstone.coding.counsel import Day, EventDay
from turnstone.day_basis import NO_DAY_TOLD
from turnstone.records import Article, DateMention, Proposal, Span, Status

_LONG_AGO = 31  # days
_LEADING_BACK = frozenset({"for", "of", "over", "since", "after", "following"})


class EventDays:
    """Finds the days of one article's events; `triggers` are the words of all of them, `filed` is where its dateline
    ends, which says when it was written and not when something was."""

    def __init__(
        self,
        article: Article,
        dates: Sequence[DateMention],
        clauses: Clauses,
        triggers: Collection[int],
        event_day: EventDay,
        filed: int,
    ) -> None:
        self._text, self._published = article.text, article.published
        self._dates = [one for one in dates if one.start >= filed]
        self._clauses = clauses
        self._triggers = triggers
        self._event_day = event_day

    def of(self, proposal: Proposal, trigger: Span, evidence: Span, status: Status) -> Day:
        """First and last day, granularity and the words that say why, of the event in the sentence `evidence`."""
        said, above = self._said_of(proposal.trigger, self._told(proposal, trigger, evidence))
        first, last, granularity, basis = self._event_day(
            said, (evidence.start, evidence.end), self._published, status, trigger.start
        )
        if above and basis not in NO_DAY_TOLD:
            basis = f"{basis}; told of the clause above"
            since = self._clauses.days_since(proposal.trigger)
            if since and granularity == "day":
                first, last = first - timedelta(since), last - timedelta(since)
                basis = f"{basis}, {since} day{'s' if since > 1 else ''} after"
        return first, last, granularity, basis

    def _told(self, proposal: Proposal, trigger: Span, evidence: Span) -> list[DateMention]:
        """The dates of the sentence; of an act of today none of what was done long ago."""
        told = [one for one in self._dates if evidence.start <= one.start and one.end <= evidence.end]
        if proposal.types[0][0] == "ASSAULT":
            return told
        present = self._clauses.is_in_present(proposal.trigger, self._text)
        return [
            one
            for one in told
            if (self._published - one.last_day).days <= _LONG_AGO
            or (
                not self._clauses.is_of_what_it_is_for(one.start, one.end, proposal.trigger)
                and not (present and _leads_back(self._text[trigger.end : one.start]))
            )
        ]

    def _said_of(self, trigger: int, dates: Sequence[DateMention]) -> tuple[Sequence[DateMention], bool]:
        """Those that are said of the trigger, or else of the nearest clause above it, and whether it is one above. A
        time not yet over that stands behind an infinitive dates that, whatever the tree says: "invited him to visit
        Lima this year"."""
        ranked: dict[int, list[DateMention]] = {}
        for mention in dates:
            rank = self._clauses.distance_of_time(mention.start, mention.end, trigger, self._triggers)
            open_yet = mention.last_day > self._published
            if rank is not None and not (open_yet and self._clauses.is_behind_infinitive(mention.start, trigger)):
                ranked.setdefault(rank, []).append(mention)
        if not ranked:
            return (), False
        nearest = min(ranked)
        return ranked[nearest], self._clauses.leaves_clause(trigger, nearest)


def _leads_back(between: str) -> bool:
    """Whether the words between what is done today and a time long past lead back to it: "is cleared of charges for the
    death of a prisoner in May 2015", "sign the first accord since the war three years ago"."""
    return not _LEADING_BACK.isdisjoint(between.lower().split())
