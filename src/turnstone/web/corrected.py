"""Events of a report with what reviewers corrected in the place of what was coded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from turnstone.display import NOWHERE, REPORT, Line, clean, place
from turnstone.records import Event
from turnstone.reviews import Values
from turnstone.reviews.verdicts import Who
from turnstone.web.index.after_review import quad_of, score_of


def corrected_event(event: Event, final: Values) -> Event:
    """An event of an article after review: type, modes, quad class, score, status and days. What has words in the text
    stays."""
    return replace(
        event, event_type=final.event_type, modes=final.modes, quad=quad_of(final), score=score_of(final),
        status=final.status, first_day=final.first_day, last_day=final.last_day,
    )  # fmt: skip


def corrected_line(line: Line, final: Values, changed: Sequence[str]) -> Line:
    """The words of an event's line after review."""
    return replace(
        line,
        what=" ".join((final.event_type, *final.modes)),
        who=_named(final.actors) if "actors" in changed else line.who,
        to_whom=_named(final.recipients) if "recipients" in changed else line.to_whom,
        status=final.status,
        where=_where(final) if "place" in changed else line.where,
        word=_speaker(final) if "speaker" in changed else line.word,
    )


def _named(some: Sequence[Who]) -> str:
    return "; ".join(map(_told, some)) or "-"


def _told(one: Who) -> str:
    codes = " ".join(filter(None, (one.country, *one.sectors)))
    return clean(f"{one.name} ({codes})" if codes else one.name)


def _speaker(final: Values) -> str:
    return _told(final.speaker) if final.speaker else REPORT


def _where(final: Values) -> str:
    return place(final.place.name, final.place.country) if final.place else NOWHERE
