"""Draw the lines of docs/lines.md: material conflict and cooperation between two countries, month by month, with the
turning points that history knows.

    python docs/lines.py RECORD [docs/lines.md]

RECORD is a record that `turnstone code` wrote, best of many years. Writes images/lines.svg beside the page, and puts
the table of turning points into the page, between its two comments. The same record gives the same bytes.

Counted are events that happened, of which the month is known, with one country among the actors and the other among the
recipients; and those without a recipient that are mutual (a meeting, an agreement made or signed, cooperation, fighting
of two sides) with both among the actors. Each report counts: two reports of one meeting are two events.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from turnstone.errors import StoreError
from turnstone.store import connect

PAGE = Path(__file__).resolve().parent / "lines.md"
BEGIN, END = "<!-- turning points: docs/lines.py writes what follows -->", "<!-- end of turning points -->"
BEFORE = 12
"""Months before a turning point with which its month is compared."""


@dataclass(frozen=True)
class Dyad:
    """Two countries by PLOVER's code, and what happened between them: the day, and what it was. Kinds are "conflict"
    and "cooperation": which of the two lines should rise."""

    name: str
    one: str
    other: str
    turns: tuple[tuple[date, str, str], ...]


DYADS = (
    Dyad("Russia and Ukraine", "RUS", "UKR", (
        (date(2014, 3, 18), "annexation of Crimea", "conflict"),
        (date(2014, 8, 24), "Russian troops at Ilovaisk", "conflict"),
        (date(2015, 2, 12), "Minsk II", "cooperation"),
        (date(2018, 11, 25), "Kerch Strait", "conflict"),
        (date(2019, 9, 7), "exchange of prisoners", "cooperation"),
        (date(2022, 2, 24), "invasion", "conflict"),
        (date(2024, 8, 6), "Ukraine enters Kursk", "conflict"),
    )),
    Dyad("United States and Iran", "USA", "IRN", (
        (date(2013, 11, 24), "interim nuclear agreement", "cooperation"),
        (date(2015, 7, 14), "JCPOA", "cooperation"),
        (date(2018, 5, 8), "US leaves the JCPOA", "conflict"),
        (date(2020, 1, 3), "Soleimani killed", "conflict"),
        (date(2023, 9, 18), "exchange of prisoners", "cooperation"),
        (date(2025, 6, 22), "US strikes on nuclear sites", "conflict"),
    )),
    Dyad("Israel and Palestine", "ISR", "PSE", (
        (date(2005, 2, 8), "Sharm el-Sheikh summit", "cooperation"),
        (date(2006, 6, 28), "Summer Rains", "conflict"),
        (date(2008, 12, 27), "Cast Lead", "conflict"),
        (date(2012, 11, 14), "Pillar of Defence", "conflict"),
        (date(2014, 7, 8), "Protective Edge", "conflict"),
        (date(2021, 5, 10), "eleven days in May", "conflict"),
        (date(2023, 10, 7), "attack of Hamas, war in Gaza", "conflict"),
        (date(2025, 1, 19), "ceasefire", "cooperation"),
    )),
    Dyad("India and Pakistan", "IND", "PAK", (
        (date(2004, 1, 6), "Islamabad declaration", "cooperation"),
        (date(2008, 11, 26), "attacks in Mumbai", "conflict"),
        (date(2016, 9, 29), "raids over the Line of Control", "conflict"),
        (date(2019, 2, 26), "Balakot", "conflict"),
        (date(2021, 2, 25), "ceasefire renewed", "cooperation"),
        (date(2025, 5, 7), "strikes and four days of fighting", "conflict"),
    )),
    Dyad("China and Taiwan", "CHN", "TWN", (
        (date(2005, 4, 29), "Hu meets Lien", "cooperation"),
        (date(2008, 11, 4), "agreements in Taipei", "cooperation"),
        (date(2010, 6, 29), "ECFA", "cooperation"),
        (date(2015, 11, 7), "Xi meets Ma", "cooperation"),
        (date(2022, 8, 4), "exercises after Pelosi's visit", "conflict"),
        (date(2024, 5, 23), "Joint Sword exercises", "conflict"),
    )),
)  # fmt: skip

LINES = {"conflict": "quad = 4", "cooperation": "quad in (1, 2)"}
COLOURS = {"conflict": "#c0392b", "cooperation": "#1f6fb2"}
MUTUAL = ("CONSULT", "AGREE", "SUPPORT", "COOPERATE", "ASSAULT")

Counts = dict[str, dict[tuple[int, int], int]]
"""By line: events by year and month."""


def months(first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    """Year and month, both ends included."""
    return [(at // 12, at % 12 + 1) for at in range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1])]


def counted(record: Path) -> tuple[dict[str, Counts], dict[tuple[int, int], int]]:
    """The lines of each dyad by its name, and the articles by month."""
    with connect(record) as data:
        data.execute(
            f"""
            create temp table sided as
            select e.article_id, e.event_id, any_value(e.first_day) as day, any_value(e.quad) as quad,
                   list(distinct p.country) filter (p.role = 'actor') as actors,
                   coalesce(list(distinct p.country) filter (p.role = 'recipient'), []) as recipients,
                   count(*) filter (p.role = 'recipient') = 0 and any_value(e.event_type) in {MUTUAL} as mutual
            from events e join participants p on (p.article_id, p.event_id) = (e.article_id, e.event_id)
            where e.status = 'happened' and date_trunc('month', e.first_day) = date_trunc('month', e.last_day)
            group by e.article_id, e.event_id
            """
        )
        found: dict[str, Counts] = {}
        for dyad in DYADS:
            found[dyad.name] = {}
            for line, quads in LINES.items():
                rows = data.execute(
                    f"""
                    select year(day), month(day), count(*) from sided
                    where {quads} and (
                        (list_contains(actors, $one) and list_contains(recipients, $other))
                        or (list_contains(actors, $other) and list_contains(recipients, $one))
                        or (mutual and list_contains(actors, $one) and list_contains(actors, $other)))
                    group by all
                    """,
                    {"one": dyad.one, "other": dyad.other},
                ).fetchall()
                found[dyad.name][line] = {(year, month): count for year, month, count in rows}
        rows = data.execute("select year(published), month(published), count(*) from articles group by all").fetchall()
    return found, {(year, month): count for year, month, count in rows}


# --- the picture

WIDTH, LEFT, RIGHT, PANEL, NOTES = 1160, 46, 14, 120, 34


def drawn(found: dict[str, Counts], articles: dict[tuple[int, int], int]) -> str:
    """Small multiples, one under another on one axis of time; under the last the articles read."""
    span = months(min(articles), max(articles))
    place = {month: LEFT + (WIDTH - LEFT - RIGHT) * at / max(1, len(span) - 1) for at, month in enumerate(span)}
    parts, top = [], 78
    for dyad in DYADS:
        parts.append(_panel(dyad, found[dyad.name], span, place, top))
        top += PANEL + NOTES + 40
    parts.append(f'<text x="{LEFT}" y="{top - 6}" class="name">Reports read</text>')
    parts.append(_axes(span, place, top, 50, max(articles.values())))
    parts.append(_line([(place[one], articles.get(one, 0)) for one in span], top, 50, max(articles.values()), "#777"))
    years = "".join(
        f'<text x="{place[one]:.1f}" y="{top + 66}" text-anchor="middle">{one[0]}</text>'
        for one in span
        if one[1] == 1 and one[0] % 2 == 0
    )
    legend = "".join(
        f'<text x="{LEFT + at * 190}" y="38" fill="{COLOURS[line]}" font-weight="600">{said}</text>'
        for at, (line, said) in enumerate((("conflict", "material conflict"), ("cooperation", "cooperation")))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top + 80}" font-family="sans-serif" '
        f'font-size="11" fill="#222"><style>.name{{font-size:13px;font-weight:600}}</style>'
        f'<rect width="100%" height="100%" fill="#fff"/><text x="{LEFT}" y="20" class="name" font-size="15">'
        f"Events a month that happened, by the reports read</text>{legend}{''.join(parts)}{years}</svg>\n"
    )


def _panel(
    dyad: Dyad, counts: Counts, span: list[tuple[int, int]], place: dict[tuple[int, int], float], top: float
) -> str:
    most = max((count for line in counts.values() for count in line.values()), default=1)
    parts = [
        f'<text x="{LEFT}" y="{top - 16}" class="name">{escape(dyad.name)}</text>',
        _axes(span, place, top, PANEL, most),
    ]
    notes, number = [], 0
    for day, what, kind in dyad.turns:
        if (at := (day.year, day.month)) not in place:
            continue
        number += 1
        x = place[at]
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{top + PANEL}" stroke="{COLOURS[kind]}" '
            f'stroke-dasharray="2 3" opacity="0.8"/><text x="{x:.1f}" y="{top - 2}" text-anchor="middle" '
            f'fill="{COLOURS[kind]}">{number}</text>'
        )
        notes.append((f"{number} {what}, {day:%b} {day.year}", COLOURS[kind]))
    for line in LINES:
        points = [(place[one], counts[line].get(one, 0)) for one in span]
        parts.append(_line(points, top, PANEL, most, COLOURS[line]))
    half = (len(notes) + 1) // 2
    for row, some in enumerate((notes[:half], notes[half:])):
        said = "".join(
            f'<tspan dx="{14 if n else 0}" fill="{colour}">{escape(note)}</tspan>'
            for n, (note, colour) in enumerate(some)
        )
        parts.append(f'<text x="{LEFT}" y="{top + PANEL + 15 + 15 * row}">{said}</text>')
    return "".join(parts)


def _axes(
    span: list[tuple[int, int]], place: dict[tuple[int, int], float], top: float, height: float, most: int
) -> str:
    years = "".join(
        f'<line x1="{place[one]:.1f}" x2="{place[one]:.1f}" y1="{top}" y2="{top + height}" stroke="#eee"/>'
        for one in span
        if one[1] == 1
    )
    return (
        f'{years}<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{top + height}" y2="{top + height}" stroke="#999"/>'
        f'<text x="{LEFT - 6}" y="{top + 9}" text-anchor="end">{most:,}</text>'
        f'<text x="{LEFT - 6}" y="{top + height}" text-anchor="end">0</text>'
    )


def _line(points: list[tuple[float, int]], top: float, height: float, most: int, colour: str) -> str:
    path = " ".join(f"{x:.1f},{top + height * (1 - count / max(1, most)):.1f}" for x, count in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.3" stroke-linejoin="round"/>'


# --- the table


def table(found: dict[str, Counts], articles: dict[tuple[int, int], int]) -> str:
    """Each turning point: the events of its line in that month and the next, and a month of the year before."""
    span = set(months(min(articles), max(articles)))
    rows = [
        "| dyad | day | what happened | line | that month | the next | a month of the year before |",
        "|---|---|---|---|---|---|---|",
    ]
    for dyad in DYADS:
        for day, what, kind in dyad.turns:
            at = day.year * 12 + day.month - 1
            year, following = (
                [(one // 12, one % 12 + 1) for one in range(at - BEFORE, at)],
                ((at + 1) // 12, (at + 1) % 12 + 1),
            )
            if not span.issuperset([*year, (day.year, day.month), following]):
                continue
            line = found[dyad.name][kind]
            mean = sum(line.get(one, 0) for one in year) / BEFORE
            rows.append(
                f"| {dyad.name} | {day} | {what} | {kind} | {line.get((day.year, day.month), 0)} "
                f"| {line.get(following, 0)} | {mean:.1f} |"
            )
    return "\n".join(rows)


def main() -> None:
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    page = Path(sys.argv[2]) if len(sys.argv) == 3 else PAGE
    try:
        found, articles = counted(Path(sys.argv[1]))
    except StoreError as error:
        raise SystemExit(f"lines.py: {error}") from error
    if not articles:
        raise SystemExit(f"lines.py: {sys.argv[1]} holds no article; code reports of several years")
    picture = page.parent / "images" / "lines.svg"
    picture.parent.mkdir(exist_ok=True)
    picture.write_text(drawn(found, articles), encoding="utf-8")
    text = page.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    page.write_text(f"{head}{BEGIN}\n\n{table(found, articles)}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    events = sum(count for lines in found.values() for line in lines.values() for count in line.values())
    read = f"{sum(articles.values()):,} articles of {len(articles)} months"
    print(f"{picture}: {events:,} events of {len(DYADS)} dyads in {read}")


if __name__ == "__main__":
    main()
