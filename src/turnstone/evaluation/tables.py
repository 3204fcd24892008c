"""A report as people read it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from turnstone.evaluation.report import Measure, Report, Score

MOST_NAMED = 5


def heading(report: Report) -> str:
    """What was compared, and what the reader of the scores should know."""
    units = f"{report.units:,} {report.unit}{'' if report.units == 1 else 's'}"
    lines = [f"{report.layer}: {report.predicted} against {report.gold}; {units}, matched by {report.matched_by}"]
    if report.missing:
        named = ", ".join(report.missing[:MOST_NAMED]) + (", ..." if len(report.missing) > MOST_NAMED else "")
        lines.append(f"  {len(report.missing):,} of the gold missing in the prediction, counted as missed: {named}")
    if report.left_out:
        lines.append(f"  {report.left_out:,} of the prediction not in the gold, left out")
    lines += [f"  {one}" for one in report.notes]
    if report.samples:
        lines.append(f"  per cent [95 % interval, {report.samples:,} draws of {report.unit}s]")
    return "\n".join(lines)


def scores(report: Report) -> Iterator[Table]:
    """What was found, what was right of what was compared, and what was found by label."""
    found = [one for one in report.measures if "F1" in one.scores]
    if whole := [one for one in found if not one.label]:
        yield _found(whole, "measure")
    if others := [one for one in report.measures if "F1" not in one.scores]:
        table = _table("measure", "", ">score", ">right", ">of")
        for one in others:
            for name, score in one.scores.items():
                counts = [f"{one.counts[what]:,}" if what in one.counts else "" for what in ("right", "of")]
                table.add_row(Text(one.name), name, _shown(score), *counts)
        yield table
    for name in dict.fromkeys(one.name for one in found if one.label):
        yield _found([one for one in found if one.label and one.name == name], f"{name}, by label")


def _found(measures: list[Measure], what: str) -> Table:
    table = _table(what, ">precision", ">recall", ">F1", ">found", ">gold", ">predicted")
    for one in measures:
        shares = [_shown(one.scores[name]) for name in ("precision", "recall", "F1")]
        counts = [f"{one.counts[name]:,}" for name in ("found", "gold", "predicted")]
        table.add_row(Text(one.label or one.name), *shares, *counts)
    return table


def confusions(report: Report, most: int) -> Iterator[Table]:
    """A table for each subject that has confusions, at most so many rows."""
    for subject, found in report.confusions.items():
        if not found:
            continue
        table = _table(f"{subject} in the gold", "predicted", ">times")
        for one in found[:most]:
            table.add_row(Text(one.gold), Text(one.predicted), f"{one.count:,}")
        if rest := sum(one.count for one in found[most:]):
            table.add_row("others", "", f"{rest:,}")
        yield table


def _table(*columns: str) -> Table:
    """An empty table; columns that begin with > stand to the right."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        right = name.startswith(">")
        table.add_column(name.removeprefix(">"), justify="right" if right else "left", no_wrap=right)
    return table


def _shown(score: Score) -> Text:
    if score.value is None:
        return Text("-")
    shown = f"{100 * score.value:.1f}"
    if score.low is None or score.high is None:
        return Text(shown)
    return Text.assemble(shown, (f" [{100 * score.low:.1f}, {100 * score.high:.1f}]", "dim"))
