"""Score dated expressions against the dates that GUM marks in its text (TEI `date`), value and granularity.

    python evals/gum_dates.py --data DIR [--model FOLDER] [--wrong]

DIR holds ud-gum/dev.conllu. Each document is read as a report of the day it was made (`dateCreated`), by the whole
pipeline. GUM gives a day, month or year (`when`), the ends of a period (`from` and `to`), or bounds within which
something lies (`notBefore`, `notAfter`; one end alone is a bound too). A value is right where one expression of ours
touches the marked words and has exactly their first and last day; where ours is a range of several ("between July 2003
and December 2004"), their first and last together. With bounds, ours is right within them. A period that is no day,
month, year or decade counts as a range, and so do our weeks, quarters and seasons. Years before our era and dates
without a year have no days that could be told: they count apart.
"""

from __future__ import annotations

import argparse
import calendar
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from turnstone.analysis.model import PACKAGED, Model
from turnstone.errors import ReadingError
from turnstone.pipeline import Pipeline
from turnstone.records import Article, DateMention

SORTS = ("exact", "bounds", "no days")
OUTCOMES = ("right", "wrong", "not found")
_TAG = re.compile(r"<(/?)(\w+)([^<>]*)>")
_ATTRIBUTE = re.compile(r'(\w+):::"([^"]*)"')
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_ONE_OF_RANGES = frozenset({"week", "quarter", "season", "range"})


@dataclass(frozen=True)
class GoldDate:
    """Marked words and the days that they mean; None for an end that is not said, or has no day in our calendar."""

    start: int
    end: int
    sort: str
    first_day: date | None
    last_day: date | None

    @property
    def granularity(self) -> str:
        """Of an exact one: day, month, year or decade, else range."""
        if self.first_day is None or self.last_day is None:
            return ""
        first, last = self.first_day, self.last_day
        if first == last:
            return "day"
        if first == date(first.year, first.month, 1) and last == _last_of_month(first.year, first.month):
            return "month"
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            years = last.year - first.year + 1
            if years == 1:
                return "year"
            if years == 10 and first.year % 10 == 0:
                return "decade"
        return "range"


@dataclass(frozen=True)
class GoldDocument:
    """A document of GUM: its text, paragraphs apart, and its dates in order."""

    name: str
    published: date
    text: str
    dates: tuple[GoldDate, ...]


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _days(value: str) -> tuple[date, date] | None:
    """The first and last day of a TEI date: of a day, month or year of our era."""
    written = _DAY.fullmatch(value)
    if written is None or written[1] == "0000":
        return None
    year, month, day = (int(part) if part else None for part in written.groups())
    assert year is not None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), _last_of_month(year, month)
    return date(year, month, day), date(year, month, day)


def gold_date(start: int, end: int, attributes: dict[str, str]) -> GoldDate | None:
    """What the attributes of a `date` say of its words; None where they say nothing of when."""
    when = attributes.get("when")
    known = {name: attributes[name] for name in ("from", "to", "notBefore", "notAfter") if name in attributes}
    if when is None and not known:
        return None
    days = {name: _days(value) for name, value in ({"when": when} if when is not None else known).items()}
    if any(found is None for found in days.values()):
        return GoldDate(start, end, "no days", None, None)
    first = next((found[0] for name, found in days.items() if found and name in ("when", "from", "notBefore")), None)
    last = next((found[1] for name, found in days.items() if found and name in ("when", "to", "notAfter")), None)
    exact = when is not None or {"from", "to"} <= set(known)
    return GoldDate(start, end, "exact" if exact else "bounds", first, last)


def read_gold(path: Path) -> list[GoldDocument]:
    """The documents of a CoNLL-U file of GUM. Raises ReadingError where it has none, or one has no day."""
    whole = path.read_text(encoding="utf-8")
    documents = [_document(path, part) for part in re.split(r"(?m)^# newdoc id = ", whole)[1:]]
    if not documents:
        raise ReadingError(f"{path}: has no `# newdoc id`; give the CoNLL-U of GUM")
    return documents


def _document(path: Path, lines: str) -> GoldDocument:
    name = lines.split("\n", 1)[0].strip()
    made = re.search(r"(?m)^# meta::dateCreated = (\d{4}-\d\d-\d\d)$", lines)
    if made is None:
        raise ReadingError(f"{path}, {name}: has no dateCreated; give the CoNLL-U of GUM")
    text, dates = "", []
    begun: tuple[int, dict[str, str]] | None = None
    for between, words, start_tags, end_tags in _surface(lines):
        text += between if text else ""
        start = len(text)
        text += words
        for closing, kind, attributes in (*start_tags, *end_tags):
            if kind != "date":
                continue
            if not closing:
                begun = start, dict(_ATTRIBUTE.findall(attributes))
            elif begun is not None:
                if (found := gold_date(begun[0], len(text), begun[1])) is not None:
                    dates.append(found)
                begun = None
    return GoldDocument(name, date.fromisoformat(made[1]), text, tuple(dates))


Tags = list[tuple[str, str, str]]


def _surface(lines: str) -> Iterator[tuple[str, str, Tags, Tags]]:
    """What stands between the word and the one before, the word, and the tags of it and of the words within it."""
    between, until = "\n\n", 0
    held: list[tuple[str, str, Tags, Tags]] = []
    for line in lines.splitlines():
        if not line.strip():
            yield from held
            held, until, between = [], 0, " "
        elif line.startswith("# newpar"):
            between = "\n\n"
        elif not line.startswith("#") and "\t" in line:
            columns = line.split("\t")
            key, form, misc = columns[0], columns[1], columns[9].split("|")
            tags = _TAG.findall(next((one.removeprefix("XML=") for one in misc if one.startswith("XML=")), ""))
            if "." in key:
                continue
            if key.isdigit() and int(key) <= until:  # a word within the last form
                held[-1][3].extend(tags)
                continue
            if "-" in key:
                until = int(key.split("-")[1])
            held.append((between, form, tags, []))
            between = "" if "SpaceAfter=No" in misc else " "
    yield from held


def outcome(gold: GoldDate, every: Sequence[GoldDate], found: Sequence[DateMention]) -> tuple[str, bool]:
    """One of OUTCOMES, and whether the granularity is right; of what has no days to tell, "right" is nothing told."""
    ours = [one for one in found if one.start < gold.end and gold.start < one.end]
    if gold.sort == "no days":
        return ("wrong" if ours else "right"), False
    if not ours:
        return "not found", False
    if len(ours) > 1:
        return "wrong", False
    (one,) = ours
    if gold.sort == "bounds":
        within = (gold.first_day is None or gold.first_day <= one.first_day) and (
            gold.last_day is None or one.last_day <= gold.last_day
        )
        return ("right" if within else "wrong"), False
    touched = [g for g in every if g.sort == "exact" and one.start < g.end and g.start < one.end]
    right = (touched[0].first_day, touched[-1].last_day) == (one.first_day, one.last_day)
    said = "range" if one.granularity in _ONE_OF_RANGES else one.granularity
    return ("right" if right else "wrong"), said == (gold.granularity if len(touched) == 1 else "range")


def score(pipeline: Pipeline, gold: GoldDocument) -> tuple[Counter[tuple[str, str]], list[str]]:
    """How many dates of a sort had which outcome, how many exact ones the right granularity, how many expressions of
    ours touch nothing marked; and what went wrong in words."""
    found = pipeline.code(Article(gold.name, gold.published, gold.text)).resolved.dates
    counts: Counter[tuple[str, str]] = Counter()
    faults = []

    def around(start: int, end: int) -> str:
        return " ".join(gold.text[max(0, start - 60) : end + 40].split())

    for one in gold.dates:
        how, granularity = outcome(one, gold.dates, found)
        counts[one.sort, how] += 1
        counts[one.sort, "granularity"] += granularity
        if how != "right" or (one.sort == "exact" and not granularity):
            ours = "; ".join(
                f"{m.first_day} to {m.last_day}, {m.granularity} ({m.basis})"
                for m in found
                if m.start < one.end and one.start < m.end
            )
            meant = f"{one.first_day} to {one.last_day}" + (f", {one.granularity}" if one.sort == "exact" else "")
            faults.append(
                f"{gold.name} {one.sort}: {gold.text[one.start : one.end]!r} is {meant}, value {how}: "
                f"{ours or 'nothing'}: {around(one.start, one.end)}"
            )
    for m in found:
        if not any(m.start < one.end and one.start < m.end for one in gold.dates):
            counts["", "unmarked"] += 1
            words = gold.text[m.start : m.end]
            faults.append(
                f"{gold.name} unmarked: {words!r} {m.first_day} to {m.last_day} ({m.basis}): {around(m.start, m.end)}"
            )
    return counts, faults


def share(part: int, whole: int) -> float | None:
    """In per cent; None of nothing."""
    return 100 * part / whole if whole else None


def rows(counts: Counter[tuple[str, str]]) -> list[str]:
    """A line a sort of date, the granularity of those found, and how many of ours touch nothing marked."""

    def shown(value: float | None) -> str:
        return "-" if value is None else f"{value:.1f}"

    lines = [f"{'dates':<10}{'marked':>8}" + "".join(f"{how:>11}" for how in OUTCOMES) + "  % right  of found"]
    for sort in SORTS:
        number, right = sum(counts[sort, how] for how in OUTCOMES), counts[sort, "right"]
        shares = share(right, number), share(right, number - counts[sort, "not found"])
        line = f"{sort:<10}{number:>8}" + "".join(f"{counts[sort, how]:>11}" for how in OUTCOMES)
        lines.append(f"{line}{shown(shares[0]):>9}{shown(shares[1]):>10}")
    found, right = counts["exact", "right"] + counts["exact", "wrong"], counts["exact", "granularity"]
    lines.append(
        f"granularity of the exact ones that are found: {right} of {found} right, {shown(share(right, found))} %"
    )
    return [*lines, f"expressions of ours that touch no marked words: {counts['', 'unmarked']}"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=PACKAGED)
    parser.add_argument("--wrong", action="store_true", help="print what was not right, and what is not marked")
    args = parser.parse_args()
    gold = read_gold(args.data / "ud-gum/dev.conllu")
    pipeline = Pipeline(model=Model(args.model))
    counts: Counter[tuple[str, str]] = Counter()
    for one in gold:
        found, wrong = score(pipeline, one)
        counts += found
        if args.wrong:
            print(*wrong, sep="\n", end="\n" if wrong else "")
    print(*rows(counts), sep="\n")


if __name__ == "__main__":
    main()
