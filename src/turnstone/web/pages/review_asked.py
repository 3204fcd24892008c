"""Which event a reviewer is asked about."""

from __future__ import annotations

from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from turnstone.reviews.queues import Wanted
from turnstone.web.pages.review_question import Question, question
from turnstone.web.review_desk import Desk, QueueChoice

NAMES = {
    "event": "is there an event", "event_type": "type", "modes": "modes", "status": "status", "actors": "who",
    "recipients": "to whom", "days": "when", "place": "where", "speaker": "on whose word",
}  # fmt: skip


class Asked(BaseModel):
    """Which event to ask about: the next of a queue, or one by its ids."""

    model_config = ConfigDict(frozen=True)

    queue: QueueChoice = "random"
    type: str = Field("", max_length=40, description="only events of a PLOVER type")
    country: str = Field("", max_length=10, description="only events with an actor or recipient of a country")
    past: int = Field(0, ge=0, le=100_000, description="of those on which reviewers differ, leave out so many")
    article: str = Field("", max_length=1000, description="with `event`: this event, whatever the queue")
    event: str = Field("", max_length=300)
    again: bool = Field(False, description="the event was met in the queue, and is asked once more")

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.type, self.country.upper())

    def address(self, **changes: object) -> str:
        """The address of this queue; without changes, of its next event."""
        given: dict[str, object] = {"queue": self.queue, "type": self.type, "country": self.country} | changes
        return "/review?" + urlencode({name: value for name, value in given.items() if value not in ("", 0)})


def question_of(desk: Desk, article: str, event: str) -> Question | None:
    record = desk.report(article)
    return question(record, event, desk.standing.of, desk.standing.complete) if record is not None else None


def no_event(article: str, event: str) -> HTTPException:
    what = f"The record has no event {event[:80]!r} of an article {article[:80]!r}"
    return HTTPException(404, f"{what}; it may have been coded anew. Go on with the queue.")
