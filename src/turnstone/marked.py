"""An article with its spans marked, and an event, as HTML for notebooks: no script, everything escaped, and colours
that can be read on a light and on a dark page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import pairwise

from turnstone.records import Coded, Event, Participant, Resolved

_STYLE = (
    "<style>"
    ".ts{font:14px/1.9 system-ui,sans-serif;max-width:60em;color:inherit}"
    ".ts p{margin:.6em 0;white-space:pre-wrap;overflow-wrap:anywhere}"
    ".ts mark{color:inherit;background:none;border-bottom:2px solid;padding:0 1px}"
    ".ts .actor{border-color:#2f7ed8}.ts .recipient{border-color:#8a63d2}.ts .place{border-color:#2a9d4a}"
    ".ts .date{border-color:#a0795a}.ts .speaker{border-color:#c77d00}"
    ".ts .trigger{border-color:#d6453d;background:rgba(214,69,61,.18);font-weight:600}"
    ".ts .several{border-bottom-style:double;border-bottom-width:4px}"
    ".ts table{border-collapse:collapse;font-size:13px;line-height:1.4}"
    ".ts th,.ts td{border-bottom:1px solid rgba(128,128,128,.4);padding:.2em .6em;text-align:left;vertical-align:top}"
    ".ts .more{opacity:.7}.ts td:first-child{white-space:nowrap}"
    "</style>"
)
KINDS = ("trigger", "actor", "recipient", "speaker", "place", "date")
"""What is marked; where several meet, the first of these gives the colour."""

Mark = tuple[int, int, str, str]
"""First character, the one after the last, kind, and what is said of it."""


def article_html(title: str, text: str, resolved: Resolved, coded: Coded) -> str:
    """The text with what its events are made of marked, and a row for each event."""
    body = marked(text, marks_of(resolved, coded))
    head = f"<p><b>{escape(title)}</b></p>" if title and not text.startswith(title) else ""
    legend = " ".join(f'<mark class="{kind}">{kind}</mark>' for kind in KINDS)
    return f'<div class="ts">{_STYLE}{head}<p>{body}</p><p class="more">{legend}</p>{_table(coded.events)}</div>'


def event_html(text: str, event: Event) -> str:
    """One event: its row, and the words it was read from with its spans marked."""
    start, end = event.evidence.start, event.evidence.end
    inside = [
        (max(first, start) - start, min(last, end) - start, kind, said)
        for first, last, kind, said in _of_event(event)
        if first < end and last > start
    ]
    words = marked(text[start:end], inside)
    return f'<div class="ts">{_STYLE}{_table([event])}<p>{words}</p></div>'


def marks_of(resolved: Resolved, coded: Coded) -> list[Mark]:
    """Everything that is marked in an article."""
    found = [mark for event in coded.events for mark in _of_event(event)]
    for told in coded.attributions:
        if told.speaker:
            found.append((told.speaker.start, told.speaker.end, "speaker", _party(told.speaker)))
    found += [(one.start, one.end, "place", _codes(one.name, one.country)) for one in resolved.places]
    found += [(one.start, one.end, "date", f"{one.first_day} to {one.last_day}") for one in resolved.dates]
    return found


def marked(text: str, marks: Iterable[Mark]) -> str:
    """The text as HTML. Spans may overlap: the text is cut where any begins or ends, and a piece that lies in several
    says so of each."""
    inside = [mark for mark in marks if 0 <= mark[0] < mark[1] <= len(text)]
    bounds = sorted({0, len(text), *(mark[0] for mark in inside), *(mark[1] for mark in inside)})
    begins: dict[int, list[Mark]] = {}
    for mark in inside:
        begins.setdefault(mark[0], []).append(mark)
    pieces, open_now = [], list[Mark]()
    for start, end in pairwise(bounds):
        open_now = [mark for mark in open_now if mark[1] > start] + begins.get(start, [])
        words = escape(text[start:end])
        if not open_now:
            pieces.append(words)
            continue
        kinds = sorted({mark[2] for mark in open_now}, key=KINDS.index)
        said = "; ".join(dict.fromkeys(f"{kind}: {what}" for _, _, kind, what in sorted(open_now, key=_order)))
        names = kinds[0] + (" several" if len(kinds) > 1 else "")
        pieces.append(f'<mark class="{names}" title="{escape(said)}">{words}</mark>')
    return "".join(pieces)


def _order(mark: Mark) -> int:
    return KINDS.index(mark[2])


def _of_event(event: Event) -> list[Mark]:
    what = " ".join((event.event_type, *event.modes))
    found: list[Mark] = [(event.trigger.start, event.trigger.end, "trigger", f"{what}, {event.status}")]
    found += [(one.start, one.end, "actor", _party(one)) for one in event.actors]
    found += [(one.start, one.end, "recipient", _party(one)) for one in event.recipients]
    return found


def _table(events: Sequence[Event]) -> str:
    if not events:
        return '<p class="more">no events</p>'
    columns: dict[str, Callable[[Event], str]] = {
        "date": _days,
        "who": lambda event: "; ".join(map(_party, event.actors)),
        "what": lambda event: " ".join((event.event_type, *event.modes)),
        "to whom": lambda event: "; ".join(map(_party, event.recipients)),
        "status": lambda event: event.status,
        "where": lambda event: _codes(event.place.name, event.place.country) if event.place else "",
        "contexts": lambda event: ", ".join(event.contexts),
        "score": lambda event: f"{event.score:g}",
        "sure": lambda event: f"{event.confidence:.2f}",
    }
    head = "".join(f"<th>{name}</th>" for name in columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell(event))}</td>" for cell in columns.values()) + "</tr>" for event in events
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _days(event: Event) -> str:
    first, last = event.first_day.isoformat(), event.last_day.isoformat()
    return first if first == last else f"{first} to {last}"


def _party(one: Participant) -> str:
    return _codes(one.name, one.country, *one.sectors)


def _codes(name: str, *codes: str) -> str:
    held = " ".join(filter(None, codes))
    return f"{name} ({held})" if held else name
