"""What reviewers came to of the events that a page shows."""

from __future__ import annotations

import threading

from turnstone.errors import TurnstoneError
from turnstone.reviews import Judged, Standing
from turnstone.reviews.attach import Key
from turnstone.web.event_review import EventReview, event_review
from turnstone.web.index.after_review import ReviewedRecord
from turnstone.web.index.opened import OpenRecord
from turnstone.web.review_desk import Desk


class Reviewed:
    """The reviewed events of a record by their ids. The file of reviews is read once for each of its states. `fault`
    says why it cannot be read, where a page shows the coding rather than nothing."""

    def __init__(self, standing: Standing | None, fault: str = "") -> None:
        self._judged: dict[Key, Judged] = standing.of if standing else {}
        self._added = [one for one in standing.judged if one.state == "added"] if standing else []
        self.fault = fault

    @property
    def any(self) -> bool:
        """Whether somebody has reviewed or added an event."""
        return bool(self._judged or self._added)

    def of(self, article: str, event: str) -> EventReview | None:
        """What holds of an event; None where nobody has reviewed it."""
        judged = self._judged.get((article, event))
        return event_review(judged) if judged else None

    def added(self, digest: str) -> list[EventReview]:
        """The events that reviewers added to a text, or that this coding does not have any more."""
        return [event_review(one) for one in self._added if one.by.sha256 == digest]


def reviewed(record: OpenRecord) -> Reviewed:
    """The reviewed events of a record. Raises StoreError where its reviews cannot be read."""
    record = record.coded
    desk = Desk(record)
    return record.kept(("reviewed events", desk.mark), lambda: Reviewed(desk.standing))


def reviewed_or_fault(record: OpenRecord) -> Reviewed:
    """The same for a page that can do without: where the reviews cannot be read, it says so."""
    try:
        return reviewed(record)
    except TurnstoneError as error:
        return Reviewed(None, str(error))


class AfterReview:
    """The record after review that was asked for last. It is made anew when the record or its reviews have changed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._mark: object = None
        self._record: OpenRecord | None = None

    def of(self, record: OpenRecord) -> OpenRecord:
        """The record after review; as it was coded where nothing was reviewed. Raises StoreError where its reviews
        cannot be read."""
        desk = Desk(record)
        with self._lock:
            mark = (record.mark, desk.mark)
            if self._record is None or self._mark != mark or self._record.coded is not record:
                judged = desk.standing.judged
                if isinstance(self._record, ReviewedRecord):
                    self._record.forget()
                self._record = ReviewedRecord(record, judged, desk.articles) if judged else record
                self._mark = mark
            return self._record
