"""A record as one file of a format that others' scripts read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from turnstone.errors import ExportError
from turnstone.exports import datapackage
from turnstone.exports.cameo import Crosswalk
from turnstone.exports.events import NO_REVIEWS, Reported, Reviews, reported, reviews_of
from turnstone.exports.flat import CSV, FLAT, GEOJSON, PARQUET, TSV, of_happenings
from turnstone.exports.format import Cell, Format, Means
from turnstone.exports.gdelt import GDELT1, GDELT2
from turnstone.exports.happenings import Chosen, chosen
from turnstone.exports.icews import ICEWS
from turnstone.exports.loss import Loss, write_loss
from turnstone.exports.phoenix import PHOENIX
from turnstone.exports.places import provinces
from turnstone.exports.plover import PLOVER
from turnstone.exports.polecat import POLECAT
from turnstone.exports.selection import Selection
from turnstone.exports.writing import write
from turnstone.knowledge.codebook import Codebook, load_codebook
from turnstone.store import manifest_of

FORMATS: Final = MappingProxyType(
    {one.name: one for one in (GDELT1, GDELT2, ICEWS, POLECAT, PHOENIX, PLOVER, CSV, TSV, PARQUET, GEOJSON)}
)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the file and its description, the file of losses (None without losses), how many events were
    looked at, written (and as how many rows), left out by the filters, and not written for want of a code; `reviews`
    is how many events were corrected, rejected and added by reviewers, None where nothing was reviewed or counts."""

    path: Path
    package: Path
    losses: Path | None
    events: int
    written: int
    rows: int
    filtered: int
    status_left_out: int
    without_code: int
    lost: tuple[tuple[str, str, str, int], ...]
    reviews: dict[str, Any] | None = None


def export(
    directory: str | Path,
    format: str,
    output: str | Path,
    selection: Selection | None = None,
    *,
    spreadsheet_safe: bool = False,
    happenings: bool = False,
    codebook: Codebook | None = None,
    as_coded: bool = False,
) -> Exported:
    """Writes the events of a record in a format (a name of FORMATS) to a file, or into a folder under that name: as
    reviewers have them, or `as_coded`.

    Beside it stand a description (datapackage.json) and, where something is lost, FILE.loss.csv. A name that ends in
    .gz is compressed. With `happenings`, what `turnstone stories` has found to be one happening is written once, by the
    report that stands for it, with its reports, sources and articles counted where the format has a place for them.
    The same record and reviews give the same bytes. Raises ExportError for an unknown format, where the file cannot be
    written and where happenings are not known of these events, StoreError where the directory holds no record or a
    review cannot be read.
    """
    form = _form(format, happenings)
    if spreadsheet_safe and form.kind != "delimited":
        raise ExportError(
            f"{form.name} is read by no spreadsheet; give --spreadsheet-safe with csv, tsv or a tab-separated format"
        )
    path, package = _places(form, Path(output))
    datapackage.check_free(package)
    manifest = manifest_of(Path(directory))
    found = selection or Selection()
    book = codebook or load_codebook()
    coders = {one["digest"]: f"turnstone {one['turnstone']} {one['digest'][:12]}" for one in manifest["runs"]}
    means = Means(book, Crosswalk(book), provinces(), coders, Loss())
    counts = _Counts(form, found, means)
    reviews = NO_REVIEWS if as_coded else reviews_of(Path(directory), book)
    with _reports(Path(directory), form, found, counts, reviews, happenings, as_coded) as events:
        count = write(path, form, counts.rows(events), means.loss, spreadsheet_safe)
    lost = tuple(means.loss.rows())
    losses = path.with_name(f"{path.name.removesuffix('.gz')}.loss.csv")  # not another's of its folder
    losses.unlink(missing_ok=True)
    if lost:
        write_loss(losses, lost)
    more: dict[str, Any] = {
        "selection": found.as_json() | {"statuses": sorted(counts.statuses)},
        **({"happenings": True} if happenings else {}),
        "events": counts.written,
        "rows": count,
        "losses": losses.name if lost else None,
        "reviews": reviews.as_json(),
    }
    datapackage.write_package(package, datapackage.described(path, form, more, spreadsheet_safe), manifest)
    return Exported(
        path=path,
        package=package,
        losses=losses if lost else None,
        events=counts.events,
        written=counts.written,
        rows=count,
        filtered=counts.filtered,
        status_left_out=counts.left_out,
        without_code=means.loss.total("event"),
        lost=lost,
        reviews=reviews.as_json(),
    )


@contextmanager
def _reports(
    directory: Path,
    form: Format,
    selection: Selection,
    counts: _Counts,
    reviews: Reviews,
    happenings: bool,
    as_coded: bool,
) -> Iterator[Iterator[Reported]]:
    """All events, or those that stand for a happening."""
    events = reported(directory, form.texts, reviews)
    if not happenings:
        yield events
        return
    with chosen(directory, selection, counts.statuses, reviews, as_coded) as found:
        counts.begin(found)
        yield found.of(events)


class _Counts:
    """Events or happenings on their way to rows, counted."""

    def __init__(self, form: Format, selection: Selection, means: Means) -> None:
        self._form, self._selection, self._means = form, selection, means
        self.statuses = selection.statuses or form.statuses
        self.events = self.written = self.filtered = self.left_out = 0

    def begin(self, happenings: Chosen) -> None:
        """Counts the happenings of which no report will come."""
        self.filtered, self.left_out = happenings.filtered, sum(happenings.left_out.values())
        self.events = self.filtered + self.left_out
        for status, count in happenings.left_out.items():
            self._means.loss.add("status", status, "not written", count)

    def rows(self, events: Iterator[Reported]) -> Iterator[tuple[Cell, ...]]:
        chosen = bool(self._selection.statuses)
        for one in events:
            self.events += 1
            status = one.event["status"]
            if not self._selection.asked(one.event) or (chosen and status not in self.statuses):
                self.filtered += 1
                continue
            if status not in self.statuses:
                self.left_out += 1
                self._means.loss.add("status", status, "not written")
                continue
            written = False
            for row in self._form.rows(one, self._means):
                written = True
                yield row
            if written:
                self.written += 1
                self._count_lost(one)

    def _count_lost(self, one: Reported) -> None:
        event, names = one.event, _HELD.get(self._form.name)
        if names is None:
            return
        loss = self._means.loss
        if event["first_day"] != event["last_day"]:
            loss.add("period", event["granularity"], "its first day")
        if "contexts" not in names:
            for context in event["contexts"]:
                loss.add("context", context)
        if "speaker" not in names and event["speaker_name"]:
            loss.add("speaker", "named")
        if event["status"] != "happened":
            loss.add("status", event["status"], "not told from what happened")
        if one.happening and "counts" not in names:
            loss.add("counts", "reports, sources and articles of a happening")


_HELD = {
    "gdelt1": frozenset({"counts"}),
    "gdelt2": frozenset({"counts"}),
    "icews": frozenset[str](),
    "phoenix": frozenset({"contexts"}),
    "polecat": frozenset({"contexts"}),
}
"""What of contexts, speaker and the counts of a happening the formats hold whose days are single days."""


def _form(name: str, happenings: bool) -> Format:
    if name not in FORMATS:
        raise ExportError(f"{name!r} is no format; give one of {', '.join(FORMATS)}")
    form = FORMATS[name]
    return of_happenings(form) if happenings and form in FLAT else form


def _places(form: Format, output: Path) -> tuple[Path, Path]:
    """The file and its description."""
    if output.is_dir():
        return output / f"{form.name}{form.suffix}", output / "datapackage.json"
    if not output.parent.is_dir():
        what = "is a file, not a folder; choose another" if output.parent.exists() else "no such folder; make it first"
        raise ExportError(f"{output.parent}: {what}")
    if form.kind == "parquet" and output.suffix == ".gz":
        raise ExportError(f"{output}: Parquet is compressed in itself; give a name without .gz")
    return output, output.with_name(f"{_base(output)}.datapackage.json")


def _base(path: Path) -> str:
    """The name without .gz and the suffix before it."""
    return Path(path.name.removesuffix(".gz")).stem
