"""Coding into a record directory, for `turnstone code` and `turnstone resume`: what was asked, and how it went."""

from __future__ import annotations

import datetime as dt
import glob
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from turnstone.cli import options
from turnstone.errors import DiskError, ReadingError, StoreError, TurnstoneError

if TYPE_CHECKING:
    from turnstone.batch import Progress, Summary
    from turnstone.knowledge.entity_files import EntityFile
    from turnstone.limits import Limits
    from turnstone.reading import Columns
    from turnstone.records import Article, Refusal
    from turnstone.store.runs import LoggedRun

_REASONS = 5
_TOLD = 3


def asked(
    inputs: list[str],
    date: dt.date | None,
    columns: Columns,
    allow_network: bool,
    entities: list[Path],
    workers: int | None,
    limits: Limits,
) -> dict[str, Any]:
    """What was asked, as the log of runs keeps it. Two runs are of the same `input` where its words are the same."""
    return {
        "input": {
            "inputs": inputs,
            "set_aside": False,
            "folder": str(Path.cwd()),
            "date": date.isoformat() if date else None,
            "columns": asdict(columns),
            "allow_network": allow_network,
            "entities": [str(path) for path in entities],
        },
        "there": [one for one in inputs if _is_there(one)],
        "workers": workers,
        "limits": asdict(limits),
    }


def limits_asked(
    seconds: float | None, cpu_seconds: int | None, memory_mb: int | None, before: Mapping[str, Any] | None = None
) -> Limits:
    """The limits on an article: those given, else those asked for `before`, else the usual ones."""
    from turnstone.limits import Limits

    given = {"seconds": seconds, "cpu_seconds": cpu_seconds, "memory_mb": memory_mb}
    return Limits(**{**(before or {}), **{name: value for name, value in given.items() if value is not None}})


def code_again(
    run: LoggedRun, output: Path, set_aside: bool, workers: int | None, limits: Limits, as_json: bool
) -> None:
    """Does what a run was asked once more, where it was asked: all of it, or only the articles it set aside. Raises
    TurnstoneError where that cannot be.
    """
    output = output.absolute()
    if "planned" in run.asked and not set_aside:
        _code_planned_again(run, output, workers, as_json)
        return
    given = dict(run.asked["input"])
    if set_aside and not given["set_aside"]:
        given |= {"inputs": [], "set_aside": True}
    wanted = {
        "input": given,
        "there": [] if given["set_aside"] else run.asked["there"],
        "workers": run.asked["workers"] if workers is None else workers,
        "limits": asdict(limits),
    }
    if "-" in given["inputs"]:
        raise ReadingError(
            f"{output}: run {run.number} reads standard input, which is gone; give the same once more with: "
            f"turnstone code - -o {output} (what was kept is not coded again)"
        )
    with _folder(given["folder"], output):
        if lost := [one for one in wanted["there"] if not _is_there(one)]:
            raise ReadingError(
                f"{', '.join(lost)}: was there when run {run.number} was begun in {given['folder']} and is gone; put "
                f"it back, or code what there is with: turnstone code INPUT -o {output}"
            )
        code_into(output, wanted, as_json, None if set_aside else run.digest)


def _code_planned_again(run: LoggedRun, output: Path, workers: int | None, as_json: bool) -> None:
    from turnstone.cli.planned import code_planned
    from turnstone.cluster.plan import find_plan

    wanted = {**run.asked, "workers": run.asked["workers"] if workers is None else workers}
    # The plan has the inputs; where it was removed, they are read once more.
    with nullcontext() if find_plan(str(output)) else _folder(run.asked["input"]["folder"], output):
        code_planned(str(output), wanted, as_json, run.digest)


@contextmanager
def _folder(path: str, output: Path) -> Iterator[None]:
    """Works in the folder that a run was begun in, where the names of its inputs hold."""
    before = Path.cwd()
    try:
        os.chdir(path)
    except OSError as error:
        raise ReadingError(
            f"{path}: the folder that the run was begun in cannot be entered ({error}); put it back, or code what "
            f"there is with: turnstone code INPUT -o {output}"
        ) from error
    try:
        yield
    finally:
        os.chdir(before)


def code_into(output: Path, wanted: Mapping[str, Any], as_json: bool, digest: str | None = None) -> None:
    """Codes what is `asked` into a directory and tells how it went, here and in its log. `digest` is the run this must
    be. Raises TurnstoneError, DiskError among them, with what was kept until then safe; typer.Exit(1) where every input
    failed.
    """
    from turnstone import api
    from turnstone.batch import code_all
    from turnstone.limits import Limits
    from turnstone.store import Store
    from turnstone.store.runs import FINISHED, RunLog
    from turnstone.this_run import this_run

    files: tuple[EntityFile, ...] = ()
    if wanted["input"]["entities"]:  # a file at fault is told here, not by every process
        from turnstone.knowledge.entities import load_entities

        files = api.entity_files(wanted["input"]["entities"])
        load_entities(*files)
    run = this_run(file.content for file in files)
    if digest not in (None, run.digest):
        raise StoreError(
            f"{output}: the run was begun by another version of turnstone, its model or the entities (run "
            f"{str(digest)[:12]}, this is {run.digest[:12]}); go on with that one, or code all anew with this one: "
            f"turnstone code INPUT -o {output}"
        )
    workers = options.cores() if wanted["workers"] is None else wanted["workers"]
    began = time.monotonic()
    with bar(shown=not as_json) as progress, Store(output, run) as store:
        log = RunLog(output)
        if log.begin(wanted, run):
            options.note(f"turnstone: {output}: taking up a run that has not finished")
        refused: list[Refusal] = []
        try:
            summary = code_all(
                _watched(articles_of(output, wanted["input"]), refused),
                partial(api.make_coder, *files),
                store,
                workers,
                progress,
                Limits(**wanted["limits"]),
                again=wanted["input"]["set_aside"],
            )
        except (TurnstoneError, KeyboardInterrupt) as error:
            with suppress(DiskError):  # the disk is what has failed, perhaps; the run counts as interrupted then
                stopped = isinstance(error, KeyboardInterrupt)
                log.end("stopped" if stopped else "failed", reason=str(error))
            raise
        reason = gone(wanted["there"])
        log.end("incomplete" if reason else FINISHED, counts(summary), reason)
    tell(summary, time.monotonic() - began, str(output), as_json)
    if reason:
        raise ReadingError(f"{reason}; put it back and go on with: turnstone resume {output}")
    if summary.given and summary.failed == summary.given:
        for one in refused:
            options.note(f"turnstone: {one.origin}: {one.reason}; {one.remedy}")
        raise typer.Exit(1)


def _watched(inputs: Iterator[Article | Refusal], refused: list[Refusal]) -> Iterator[Article | Refusal]:
    """The inputs themselves; the first of those that could not be read are kept in `refused`."""
    from turnstone.records import Refusal

    for one in inputs:
        if isinstance(one, Refusal) and len(refused) < _TOLD:
            refused.append(one)
        yield one


def articles_of(output: Path, given: Mapping[str, Any]) -> Iterator[Article | Refusal]:
    """The inputs that were asked for."""
    from turnstone.reading import Columns, read
    from turnstone.store import set_aside

    if given["set_aside"]:
        # All of them at once: the file is written anew by the commit at the end.
        return iter(list(set_aside.articles(output)))
    date = dt.date.fromisoformat(given["date"]) if given["date"] else None
    columns = Columns(**given["columns"])
    return read(given["inputs"], date=date, columns=columns, allow_network=given["allow_network"])


def gone(there: list[str]) -> str:
    """Which of the inputs that were there are gone, in words; nothing where none is."""
    names = [one for one in there if not _is_there(one)]
    return f"{', '.join(names)}: was there when the run began and is gone" if names else ""


def _is_there(given: str) -> bool:
    """Whether an input names something; of standard input and addresses nobody knows before they are read."""
    from turnstone import storage
    from turnstone.reading.addresses import is_address

    if given == "-" or is_address(given) or os.path.lexists(given):
        return True
    if storage.is_storage(given):
        return storage.exists(given)
    return any(True for _ in glob.iglob(given, recursive=True))  # noqa: PTH207  (takes any pattern)


# --- telling


def tell(summary: Summary, seconds: float, record: str, as_json: bool) -> None:
    """Prints what became of the inputs."""
    if as_json:
        reasons = [{"reason": reason, "inputs": count} for reason, count in summary.reasons]
        typer.echo(json.dumps(counts(summary) | {"reasons": reasons, "seconds": round(seconds, 3), "record": record}))
    else:
        typer.echo(_in_words(summary, seconds, record))


def counts(summary: Summary) -> dict[str, int]:
    """What became of the inputs, as the log of runs keeps it."""
    names = ("given", "coded", "empty", "failed", "aside", "already", "events")
    return {name: getattr(summary, name) for name in names}


def _in_words(summary: Summary, seconds: float, output: str) -> str:
    inputs = "input" if summary.given == 1 else "inputs"
    lines = [f"{summary.given:,} {inputs} in {_duration(seconds)}:"]
    lines.append(f"  {summary.coded:>8,} coded, with {summary.events:,} event{'' if summary.events == 1 else 's'}")
    lines.append(f"  {summary.empty:>8,} empty: articles without an event")
    lines.append(f"  {summary.failed:>8,} failed")
    lines += [f"           {count:>8,}  {reason}" for reason, count in summary.reasons[:_REASONS]]
    if rest := summary.reasons[_REASONS:]:
        lines.append(f"           {sum(count for _, count in rest):>8,}  other reasons")
    if summary.already:
        lines.append(f"{summary.already:,} of them were known already; nothing was coded for these.")
    lines.append(f"Tables: {output} (articles, events, participants, attributions, places, dates, ledger)")
    if summary.failed:
        lines.append("Every failure, with its reason and remedy, is in the ledger.")
        if "://" not in output:
            failed = "SELECT origin, reason, remedy FROM ledger WHERE outcome = 'failed'"
            lines.append(f'        turnstone query {output} "{failed}" --format csv')
    if summary.aside:
        lines.append(f"{summary.aside:,} set aside with the text, since they could not be coded. To try them again:")
        lines.append(f"        turnstone resume {output} --set-aside")
    if summary.coded and "://" not in output:
        lines.append(f"Next:   turnstone show {output}")
    return "\n".join(lines)


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min {rest} s"


@contextmanager
def bar(shown: bool) -> Iterator[Callable[[Progress], None] | None]:
    """A progress bar on a terminal, nothing elsewhere."""
    from rich.console import Console

    console = Console(stderr=True)
    if not shown or not console.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    # How many there are is not known before all are read, so the bar only pulses.
    columns = TextColumn("coding"), BarColumn(), TextColumn("{task.completed:,.0f} articles"), TimeElapsedColumn()
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("coding", total=None)
        yield lambda progress: bar.update(task, completed=progress.done)
