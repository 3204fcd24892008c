"""What reviewers came to of the events that a page shows."""

from __future__ import annotations

from collections.abc import Iterable

from turnstone.errors import TurnstoneError
from turnstone.reviews import Judged
from turnstone.reviews.attach import Key
from turnstone.web.event_review import EventReview, event_review
from turnstone.web.index.opened import OpenRecord
from turnstone.web.index.rows import EventRow
from turnstone.web.pages.review_desk import Desk


class Reviewed:
    """The reviewed events of a record by their ids. The file of reviews is read once for each of its states. `fault`
    says why it cannot be read, where a page shows the coding rather than nothing."""

    def __init__(self, judged: dict[Key, Judged], fault: str = "") -> None:
        self._judged = judged
        self.fault = fault

    @property
    def any(self) -> bool:
        """Whether somebody has reviewed an event of this coding."""
        return bool(self._judged)

    def of(self, article: str, event: str) -> EventReview | None:
        """What holds of an event; None where nobody has reviewed it."""
        judged = self._judged.get((article, event))
        return event_review(judged) if judged else None

    def rows(self, rows: Iterable[EventRow]) -> list[EventRow]:
        """The rows with what reviewers came to."""
        return [self._row(row) for row in rows]

    def _row(self, row: EventRow) -> EventRow:
        found = self.of(row.article, row.id)
        if found is None:
            return row
        review = "" if found.state == "skipped" else found.state
        return row.model_copy(update={"review": review, "reviewed": found})


def reviewed(record: OpenRecord) -> Reviewed:
    """The reviewed events of a record. Raises StoreError where its reviews cannot be read."""
    desk = Desk(record)
    return record.kept(("reviewed events", desk.mark), lambda: Reviewed(desk.standing.of))


def reviewed_or_fault(record: OpenRecord) -> Reviewed:
    """The same for a page that can do without: where the reviews cannot be read, it says so."""
    try:
        return reviewed(record)
    except TurnstoneError as error:
        return Reviewed({}, str(error))
