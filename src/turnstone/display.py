"""Events as people read them: a table on a terminal, one line an event elsewhere."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from turnstone.records import Event, Granularity, Participant, Record
from turnstone.store.json_lines import chain

FIELDS = ("article", "date", "who", "what", "to whom", "status", "where", "on whose word", "trigger", "sentence")
"""The fields of a plain line, in order, separated by tabs."""

REPORT = "the report"
"""On whose word an event is that nobody is quoted for."""

UNNAMED = "an unnamed source"
NOWHERE = "-"

LONGEST_SENTENCE = 400
WIDE = 140
_TEXT_WIDTH = 100
_STATUS_STYLES = {"future": "cyan", "hypothetical": "yellow", "negated": "red", "historical": "dim"}
_QUAD_STYLES = {1: "green", 2: "green", 3: "yellow", 4: "red"}


@dataclass(frozen=True, slots=True)
class Line:
    """An event in words. `before`, `trigger` and `after` are the sentence; none holds a control character."""

    article: str
    when: str
    who: str
    what: str
    to_whom: str
    status: str
    where: str
    word: str
    before: str
    trigger: str
    after: str
    quad: int = 0

    def plain(self) -> str:
        """The fields of FIELDS, separated by tabs."""
        sentence = f"{self.before}{self.trigger}{self.after}".strip()
        return "\t".join(
            (
                self.article,
                self.when,
                self.who,
                self.what,
                self.to_whom,
                self.status,
                self.where,
                self.word,
                self.trigger,
                sentence,
            )
        )


def lines(record: Record, keep: Callable[[Event], bool] = lambda event: True) -> list[Line]:
    """The events of a record, or those to keep, in words."""
    return [_line(record, event) for event in record.coded.events if keep(event)]


def _line(record: Record, event: Event) -> Line:
    text = record.article.text
    first, last = event.evidence.start, event.evidence.end
    start, end = event.trigger.start, event.trigger.end
    if not first <= start < end <= last:
        first, last = start, end
    cut_left = cut_right = ""
    if last - first > LONGEST_SENTENCE:
        room = LONGEST_SENTENCE // 2
        if start - first > room:
            first, cut_left = start - room, "… "
        if last - end > room:
            last, cut_right = end + room, " …"
    return Line(
        article=clean(record.article.id),
        when=period(event),
        who=parties(event.actors),
        what=" ".join((event.event_type, *event.modes)),
        to_whom=parties(event.recipients),
        status=event.status,
        where=place(event.place.name, event.place.country) if event.place else NOWHERE,
        word=on_whose_word(record, event),
        before=cut_left + clean(text[first:start]),
        trigger=clean(text[start:end]),
        after=clean(text[end:last]) + cut_right,
        quad=event.quad,
    )


def period(event: Event) -> str:
    """The days of an event and how exact they are: 2023-03-20, 2023-03 (month), 2023-03-13/2023-03-19 (week)."""
    first, last = event.first_day.isoformat(), event.last_day.isoformat()
    granularity: Granularity = event.granularity
    if granularity == "day" and first == last:
        return first
    if granularity == "month" and first[:7] == last[:7]:
        return f"{first[:7]} (month)"
    if granularity == "year" and first[:4] == last[:4]:
        return f"{first[:4]} (year)"
    return f"{first}/{last} ({granularity})" if first != last else f"{first} ({granularity})"


def party(participant: Participant) -> str:
    """A name with country and sectors: Xi Jinping (CHN GOV)."""
    codes = " ".join(filter(None, (participant.country, *participant.sectors)))
    return clean(f"{participant.name} ({codes})" if codes else participant.name)


def parties(participants: Sequence[Participant]) -> str:
    """Names with country and sectors, separated by semicolons; a dash for nobody."""
    return "; ".join(map(party, participants)) or "-"


def place(name: str, country: str) -> str:
    """A place with its country, where it lies in one: Arauca (COL)."""
    return clean(f"{name} ({country})" if country else name)


def on_whose_word(record: Record, event: Event) -> str:
    """The speaker, those who pass it on, and the outlet it reached us through."""
    if event.attribution < 0:
        return REPORT
    told = record.coded.attributions[event.attribution]
    speakers = chain(record.coded.attributions, event.attribution)
    names = [party(speakers[0])] if told.speaker else []
    for one in speakers[len(names) :]:
        if one.name not in (told.outlet, speakers[0].name if told.speaker else ""):
            names.append(f"as told by {party(one)}")
    if told.outlet and not (told.speaker and told.speaker.name == told.outlet):
        names.append(f"via {clean(told.outlet)}")
    if not told.speaker:
        names.insert(0, UNNAMED)
    return ", ".join(names)


def clean(text: str) -> str:
    """The text on one line, white space joined; control characters, and those that turn the direction of what follows
    on the screen, become U+FFFD."""
    words = " ".join(text.split())
    if text[:1].isspace():
        words = f" {words}"
    if text[-1:].isspace() and words.strip():
        words = f"{words} "
    return "".join("\ufffd" if _unsafe(sign) else sign for sign in words)


def _unsafe(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs") or "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069"


# --- on a terminal


@dataclass(frozen=True)
class Shown:
    """A record for rich: the article's line, then its events, as wide as the console."""

    record: Record
    keep: Callable[[Event], bool] = lambda event: True
    header: bool = True

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        found = lines(self.record, self.keep)
        # Without colours the trigger stands between asterisks.
        mark = "" if console.color_system else "*"
        yield _heading(self.record, width)
        if not found:
            yield Text("  no events", "dim")
        elif width >= WIDE:
            yield _wide(found, width, mark, self.header)
        else:
            yield from _narrow(found, width, mark, self.header)


def as_text(record: Record, width: int = _TEXT_WIDTH) -> str:
    """The record as plain text of so many columns."""
    file = io.StringIO()
    Console(file=file, width=width, color_system=None, force_terminal=False, legacy_windows=False).print(Shown(record))
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines())


def _heading(record: Record, width: int) -> Text:
    article = record.article
    day, key = article.published.isoformat(), clean(article.id)
    title = clean(article.title) or clean(article.text[:200])
    room = max(10, width - len(day) - cell_len(key) - 8)
    if cell_len(title) > room:
        title = set_cell_size(title, room - 1).rstrip() + "…"
    return Text.assemble((day, "bold"), "  ", (title, "bold"), "  ", (f"[{key}]", "dim"), overflow="fold")


def _sentence(line: Line, mark: str) -> Text:
    return Text.assemble(line.before, (f"{mark}{line.trigger}{mark}", "bold underline"), line.after)


def _when(line: Line) -> Text:
    # Two days stand under each other.
    return Text(line.when.replace("/", "/\n"))


def _what(line: Line) -> Text:
    return Text(line.what, f"bold {_QUAD_STYLES.get(line.quad, '')}".strip())


def _what_where(line: Line) -> Text:
    where = "" if line.where == NOWHERE else f"\n{line.where}"
    return Text.assemble(_what(line), where)


def _wide(found: Sequence[Line], width: int, mark: str, header: bool) -> Table:
    room = width - 14 - 11 - 14 - 12
    columns = {
        "date": 11,
        "who": room * 20 // 100,
        "what": 14,
        "to whom": room * 18 // 100,
        "status": 12,
        "where": room * 12 // 100,
        "on whose word": room * 17 // 100,
        "sentence": room * 33 // 100,
    }
    table = _grid(columns, header)
    for line in found:
        status = Text(line.status, _STATUS_STYLES.get(line.status, ""))
        when = _when(line)
        cells = Text(line.who), _what(line), Text(line.to_whom), status, Text(line.where), Text(line.word)
        table.add_row(when, *cells, _sentence(line, mark))
    return table


def _narrow(found: Sequence[Line], width: int, mark: str, header: bool) -> Iterator[Table | Padding]:
    """The status under the date, the place under what happened, and the sentence under its event."""
    room = max(width - 8 - 12 - 14, 30)
    columns = {
        "date, status": 12,
        "who": room * 35 // 100,
        "what, where": 14,
        "to whom": room * 33 // 100,
        "on whose word": room * 32 // 100,
    }
    for number, line in enumerate(found):
        table = _grid(columns, header and number == 0)
        when = Text.assemble(_when(line), "\n", (line.status, _STATUS_STYLES.get(line.status, "")))
        table.add_row(when, Text(line.who), _what_where(line), Text(line.to_whom), Text(line.word))
        yield table
        yield Padding(_sentence(line, mark), (0, 0, 0, 14))


def _grid(columns: dict[str, int], header: bool) -> Table:
    table = Table(box=None, show_header=header, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    for name, width in columns.items():
        table.add_column(name, width=width, overflow="fold")
    return table
