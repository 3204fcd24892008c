"""Hold every measure to its floor: nothing that turnstone does well may get worse unseen.

    python evals/gate.py [--data DIR] [--only NAME,...] [--raise | --fingerprints]

Measures what is packaged, through the code that users run, and compares it with `evals/floors.json`. DIR holds ud-ewt,
ud-gum, ner, polnear and current-events as `training/README.md` lists them, and geo/GeoVirus.xml; what needs it is
skipped without it. Ends with status 1 where a measure is below its floor or a gold set is not the one that the floors
were measured on. A name is a measure's or a gold set's. `--raise` lifts floors to what was measured and writes
fingerprints; nothing lowers a floor. `--fingerprints` writes fingerprints alone and measures nothing.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import actor_countries
import coreference
import floors
import gum_dates
import happenings
import measure
import mention_countries
import places
import real_items
import wire_copies
from floors import FloorsError, GoldSet, Row
from turnstone.errors import ReadingError, TurnstoneError
from turnstone.evaluation import Report, evaluate
from turnstone.evaluation.formats.corpus import GoldReport
from turnstone.evaluation.formats.corpus import read as read_corpus
from turnstone.evaluation.report import NOTHING
from turnstone.pipeline import Pipeline
from turnstone.records import Article
from turnstone.store.json_lines import as_line

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))
import items as item_files
from corpus import CorpusError

ROOT = Path(__file__).resolve().parent.parent
FLOORS = Path("evals/floors.json")

Scores = Mapping[str, float | None]


class Packaged:
    """The pipeline that all measures share; the model is loaded when the first of them asks for it."""

    @cached_property
    def pipeline(self) -> Pipeline:
        return Pipeline()


# --- what is measured on each gold set; the paths come in the order of floors.json


def parse(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    (path,) = paths
    scores = measure.score_parse(packaged.pipeline.model, path)
    return {f"ewt-{name.lower()}": scores[name] for name in ("LAS", "UAS", "UPOS")}


def attributions(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    (folder,) = paths
    scores = measure.score_attributions(packaged.pipeline.model, folder)
    return {f"polnear-{role}": scores[role]["F1"] for role in measure.ROLES}


def counted(packaged: Packaged, annotated: Path, texts: Path, countries: real_items.Countries | None) -> Counter[str]:
    """What `real_items` counts on a set of annotated items."""
    c: Counter[str] = Counter()
    for report in item_files.read_items(annotated, item_files.load_items(texts)):
        real_items.tally(packaged.pipeline, report, countries, c)
    return c


def items(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    annotated, countries_of, texts = paths
    c = counted(packaged, annotated, texts, real_items.gold_countries(countries_of))
    return {
        "items-type": measure.f1(c["type hit"], c["type gold"], c["type guess"])["F1"],
        "items-type-and-country": measure.f1(c["both hit"], c["both gold"], c["both guess"])["F1"],
        "items-status": real_items.share(c["status"], c["matched"]),
    }


def quiet(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Sport, arts and science: how many of the items without a political event yield none."""
    annotated, texts = paths
    c = counted(packaged, annotated, texts, None)
    return {"quiet-kept-quiet": real_items.share(c["quiet"], c["empty"])}


def located(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    (path,) = paths
    scores = places.measure(packaged.pipeline, path)
    return {
        "places-of-mapped": scores["within 161 km, % of those on our map"],
        "places-of-all": scores["within 161 km, % of all"],
    }


def actors(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Political actors of real items with the right country: of all, and in the worst year."""
    annotated, texts = paths
    counted: dict[int, list[Counter[str]]] = {}
    for item in actor_countries.read_gold(annotated, item_files.load_items(texts)):
        counts, _ = actor_countries.score(packaged.pipeline, item)
        counted.setdefault(item.published.year, []).append(counts)
    whole = sum((c for group in counted.values() for c in group), Counter())
    worst = min(actor_countries.shares(counted).values(), default=None)
    return {
        "actors-country": real_items.share(whole["right"], whole.total()),
        "actors-country-worst-year": None if worst is None else round(worst, 2),
    }


def unread_actors(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """The same of the items whose errors nobody has read, without their few actors a year."""
    scores = actors(packaged, paths)
    return {"actors-unread-country": scores["actors-country"]}


def mentioned(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Persons, organisations and places of real items: of the countries told, and of the mentions that have one."""
    annotated, texts = paths
    whole: mention_countries.Counts = Counter()
    for item in mention_countries.read_gold(annotated, item_files.load_items(texts)):
        whole += mention_countries.score(packaged.pipeline, item)[0]
    precision, recall = mention_countries.precision_recall(mention_countries.total(whole))
    return {"mentions-country-precision": precision, "mentions-country-recall": recall}


def referring(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Pronouns, short names and descriptions of our reports that stand for the right ones."""
    (path,) = paths
    whole: Counter[tuple[str, str]] = Counter()
    for one in coreference.read_gold(path):
        whole += coreference.score(packaged.pipeline, one)[0]
    precision, recall = coreference.precision_recall(whole, coreference.KINDS)
    return {"coreference-precision": precision, "coreference-recall": recall}


def events(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    (path,) = paths
    reports, faults = read_corpus(path)
    if faults:
        raise ReadingError(f"{faults[0]}; mend the annotation")
    with TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        with predicted.open("w", encoding="utf-8") as file:
            for one in reports:
                file.write(as_line(packaged.pipeline.code(Article(one.id, day(path, one), one.text))) + "\n")
        return event_scores(evaluate(path, predicted, "events", samples=0))


def day(path: Path, report: GoldReport) -> date:
    try:
        return date.fromisoformat(report.date)
    except ValueError as error:
        raise ReadingError(f"{path}, report {report.id}: {error}; mend its date") from error


def event_scores(report: Report) -> Scores:
    """What the floors are about, in per cent, from the scores of the events of the corpus."""

    def per_cent(name: str, score: str) -> float | None:
        value = report.measure(name).scores[score].value
        return None if value is None else round(100 * value, 2)

    return {
        "corpus-trigger-and-type": per_cent("trigger and type", "F1"),
        "corpus-type-macro": type_macro(report),
        "corpus-status": per_cent("status", "accuracy"),
        "corpus-actors": per_cent("actors", "F1"),
        "corpus-recipients": per_cent("recipients", "F1"),
    }


def type_macro(report: Report) -> float | None:
    """Mean F1 in per cent of the types of events whose trigger was found, whatever became of the others; over the types
    that gold or prediction has there."""
    right = Counter({one.label: one.counts["found"] for one in report.measures if one.label})
    gold, got = Counter(right), Counter(right)
    for one in report.confusions.get("type", ()):
        if NOTHING not in (one.gold, one.predicted):
            gold[one.gold] += one.count
            got[one.predicted] += one.count
    each = [2 * right[name] / (gold[name] + got[name]) for name in gold | got]
    return round(100 * sum(each) / len(each), 2) if each else None


def dates(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Dated expressions: the share of lines whose first and last day are found, or that nothing is found for "-"."""
    (path,) = paths
    right = lines = 0
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for (published, sentence), group in groupby(rows, key=lambda row: (row["published"], row["sentence"])):
        try:
            found = packaged.pipeline.code(Article(path.name, date.fromisoformat(published), sentence)).resolved.dates
        except ValueError as error:
            raise ReadingError(f"{path}, {sentence!r}: {error}; mend its date") from error
        at = 0
        for row in group:
            lines += 1
            if row["expression"] == "-":
                right += not found
                continue
            at = sentence.index(row["expression"], at)
            end = at + len(row["expression"])
            days = [(m.first_day.isoformat(), m.last_day.isoformat()) for m in found if m.start < end and at < m.end]
            right += days == [(row["first_day"], row["last_day"])]
            at = end
    return {"dates-value": round(100 * right / lines, 2) if lines else None}


def marked_dates(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Dates that GUM marks: of the exact ones, those with the right days."""
    (path,) = paths
    whole: Counter[tuple[str, str]] = Counter()
    for one in gum_dates.read_gold(path):
        whole += gum_dates.score(packaged.pipeline, one)[0]
    exact = sum(whole["exact", how] for how in gum_dates.OUTCOMES)
    return {"gum-dates-value": gum_dates.share(whole["exact", "right"], exact)}


def copies(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Edited wire copies found, and no lookalikes."""
    path, _ = paths
    return wire_copies.score(wire_copies.pairs(path), "both", shown=False)


def joined(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Reports of one happening, among real items that were read in pools: over those in which an event was found."""
    path, texts = paths
    gold = happenings.items(path)
    with TemporaryDirectory() as folder:
        record = happenings.coded(packaged.pipeline, gold, item_files.load_items(texts), Path(folder))
        scores = happenings.measure(happenings.found_in(record, gold), gold)["items with events"]
    name = path.stem.replace("_", "-")
    return {f"{name}-b-cubed": scores["F1"], f"{name}-pairs": scores["pairs F1"]}


MEASURING: Mapping[str, Callable[[Packaged, Sequence[Path]], Scores]] = {
    "ewt": parse,
    "polnear": attributions,
    "items": items,
    "quiet": quiet,
    "places": located,
    "actors": actors,
    "actors-unread": unread_actors,
    "mentions": mentioned,
    "coreference": referring,
    "dates": dates,
    "gum-dates": marked_dates,
    "copies": copies,
    "happenings": joined,
    "happenings-second": joined,
    "corpus": events,
}


# --- the gate


def main(
    arguments: Sequence[str] | None = None,
    root: Path = ROOT,
    measuring: Mapping[str, Callable[[Packaged, Sequence[Path]], Scores]] = MEASURING,
) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, metavar="DIR")
    parser.add_argument("--only", metavar="NAME,...")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--raise", dest="lift", action="store_true")
    how.add_argument("--fingerprints", action="store_true")
    args = parser.parse_args(arguments)
    try:
        sets = floors.read(root / FLOORS)
        known = [name for one in sets for name in (one.name, *one.floors)]
        only = args.only.split(",") if args.only else known
        if unknown := [name for name in only if name not in known]:
            parser.error(f"--only: {', '.join(unknown)} is not measured; give some of {', '.join(known)}")
        if args.fingerprints:
            return write_fingerprints(root, sets, only, args.data)
        return measure_all(root, sets, only, args.data, args.lift, measuring)
    except FloorsError as error:
        print(f"gate: {error}", file=sys.stderr)
        return 1


def chosen(gold: GoldSet, only: Sequence[str]) -> list[str]:
    return [name for name in gold.floors if gold.name in only or name in only]


def write_fingerprints(root: Path, sets: Sequence[GoldSet], only: Sequence[str], data: Path | None) -> int:
    written = []
    for gold in sets:
        if chosen(gold, only):
            state = floors.examine(gold, root, data)
            for name in gold.fingerprints:
                if name not in state.found:
                    word = "left as it was, the file is not there"
                elif state.found[name] == gold.fingerprints[name]:
                    word = "the same"
                else:
                    word = "written"
                print(f"{name}: {word}")
            gold = floors.with_fingerprints(gold, state.found)
        written.append(gold)
    floors.write(root / FLOORS, written)
    return 0


def measure_all(
    root: Path,
    sets: Sequence[GoldSet],
    only: Sequence[str],
    data: Path | None,
    lift: bool,
    measuring: Mapping[str, Callable[[Packaged, Sequence[Path]], Scores]],
) -> int:
    packaged = Packaged()
    rows: list[tuple[Row, GoldSet]] = []
    notes: list[str] = []
    faults: list[str] = []
    after = []
    for gold in sets:
        asked = chosen(gold, only)
        after.append(gold)
        if not asked:
            continue
        state = floors.examine(gold, root, data)
        faults += state.gone
        if state.skipped or state.gone or (state.changed and not lift):
            faults += state.changed
            if state.skipped:
                notes.append(f"{gold.name}: skipped, {state.skipped}")
            word = "gone" if state.gone else "changed" if state.changed else "skipped"
            rows += [(Row(name, gold.floors[name], None, word), gold) for name in asked]
            continue
        try:
            scores = measuring[gold.name](packaged, state.paths)
        except (TurnstoneError, CorpusError) as error:
            faults.append(f"{gold.name}: {error}")
            rows += [(Row(name, gold.floors[name], None, "failed"), gold) for name in asked]
            continue
        if set(scores) != set(gold.floors):
            raise FloorsError(
                f"{root / FLOORS}: {gold.name} has floors for {', '.join(gold.floors)}, but {', '.join(scores)} are "
                "measured; give it those"
            )
        now = {name: scores[name] for name in asked}
        if lift:
            lifted = floors.with_fingerprints(floors.raised(gold, now), state.found)
            notes += [f"{name}: raised to {lifted.floors[name]:.1f}" for name in asked
                      if lifted.floors[name] != gold.floors[name]]  # fmt: skip
            notes += [f"{name}: fingerprint written" for name in gold.fingerprints
                      if lifted.fingerprints[name] != gold.fingerprints[name]]  # fmt: skip
            after[-1] = gold = lifted
        found = [floors.judge(name, gold.floors[name], now[name]) for name in asked]
        rows += [(row, gold) for row in found]
        faults += [row.fault for row in found if row.fault]
    if lift:
        floors.write(root / FLOORS, after)
    print(table(rows))
    if notes or faults:
        print("", *dict.fromkeys((*notes, *faults)), sep="\n")
    return 1 if faults else 0


def table(rows: Sequence[tuple[Row, GoldSet]]) -> str:
    """A line a measure."""

    def shown(value: float | None, digits: int) -> str:
        return "-" if value is None else f"{value:.{digits}f}"

    cells = [("measure", "floor", "now", "", "gold set")]
    for row, gold in rows:
        cells.append((row.measure, shown(row.floor, 1), shown(row.now, 2), row.verdict, ", ".join(gold.fingerprints)))
    wide = [max(len(line[k]) for line in cells) for k in range(4)]
    return "\n".join(f"{a:<{wide[0]}}  {b:>{wide[1]}}  {c:>{wide[2]}}  {d:<{wide[3]}}  {e}" for a, b, c, d, e in cells)


if __name__ == "__main__":
    sys.exit(main())
