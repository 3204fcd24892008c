"""Events with what reviewers corrected in the place of what was coded, for lists and exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from turnstone.display import REPORT, Line, clean
from turnstone.records import Event
from turnstone.reviews import Values
from turnstone.reviews.verdicts import Who
from turnstone.web import wording
from turnstone.web.index.rows import EventRow, Party


def corrected_row(row: EventRow) -> EventRow:
    """The row after review; the same where nothing is corrected."""
    final = row.reviewed.final if row.reviewed else None
    if final is None:
        return row
    values = {
        "first_day": final.first_day, "last_day": final.last_day, "type": final.event_type,
        "modes": list(final.modes), "quad": _quad(final.event_type), "status": final.status,
        "actors": _parties(final.actors), "recipients": _parties(final.recipients),
        "place": final.place.name if final.place else "",
        "place_country": final.place.country if final.place else "",
        "speaker": final.speaker.name if final.speaker else "",
    }  # fmt: skip
    return row.model_copy(update=values)


def corrected_event(event: Event, final: Values) -> Event:
    """An event of an article after review: type, modes, quad class, score, status and days. What has words in the text
    stays."""
    return replace(
        event, event_type=final.event_type, modes=final.modes, quad=_quad(final.event_type), score=_score(final),
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
        word=_speaker(final) if "speaker" in changed else line.word,
    )


def _quad(event_type: str) -> int:
    known = wording.codebook().types.get(event_type)
    return known.quad if known else 0


def _score(final: Values) -> float:
    codebook = wording.codebook()
    known = codebook.types.get(final.event_type)
    return codebook.score(final.event_type, [one for one in final.modes if one in known.modes]) if known else 0.0


def _parties(some: Sequence[Who]) -> list[Party]:
    return [Party(name=one.name, country=one.country) for one in some]


def _named(some: Sequence[Who]) -> str:
    return "; ".join(map(_told, some)) or "-"


def _told(one: Who) -> str:
    codes = " ".join(filter(None, (one.country, *one.sectors)))
    return clean(f"{one.name} ({codes})" if codes else one.name)


def _speaker(final: Values) -> str:
    return _told(final.speaker) if final.speaker else REPORT
