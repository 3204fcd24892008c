"""Hold every measure to its floor: nothing that turnstone does well may get worse unseen.

    python evals/gate.py [--data DIR] [--only NAME,...] [--raise | --fingerprints]

Measures what is packaged, through the code that users run, and compares it with `evals/floors.json`. DIR holds ud-ewt,
ud-gum, ner, polnear and current-events as `training/README.md` lists them, and geo/GeoVirus.xml; what needs it is
skipped without it. Ends with status 1 where a measure is below its floor or a gold set is not the one that the floors
were measured on. A name is a measure's or a gold set's. `--raise` lifts floors to what was measured and writes
fingerprints; nothing lowers a floor. `--fingerprints` writes fingerprints alone and measures nothing.

Floors were measured on processors without instructions for products of bytes. On one with them the last digits of
floating point are others, and a measure may lie 0.3 below its floor: one event of 350.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import floors
from floors import FloorsError, GoldSet, Row
from gold_scores import MEASURING, Measure, Packaged
from turnstone.analysis.graphs import is_exact
from turnstone.analysis.model import PACKAGED
from turnstone.errors import TurnstoneError

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))
from corpus import CorpusError

ROOT = Path(__file__).resolve().parent.parent
FLOORS = Path("evals/floors.json")
SPREAD = 0.3  # per cent; `corpus-status` has 90.1 on one kind of processor and 89.8 on the other


def spread_here() -> float:
    """By how much this processor's figures may lie below those of the kind that the floors were measured on."""
    return SPREAD if is_exact((PACKAGED / "labels.onnx").read_bytes()) else 0.0


def main(
    arguments: Sequence[str] | None = None,
    root: Path = ROOT,
    measuring: Mapping[str, Measure] = MEASURING,
    spread: Callable[[], float] = spread_here,
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
        return measure_all(root, sets, only, args.data, args.lift, measuring, spread())
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
    measuring: Mapping[str, Measure],
    spread: float,
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
        found = [floors.judge(name, gold.floors[name], now[name], spread) for name in asked]
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
