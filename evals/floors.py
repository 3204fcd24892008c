"""What may not get worse: the floor of each measure, and a fingerprint of each gold set (`floors.json`).

A gold set has `fingerprints`, SHA-256 by path, and `floors`, per cent by measure; null where nothing was measured yet.
Paths are the repository's, or begin with `DATA/` where they are under the data folder.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

DATA = "DATA/"
MEND = "restore the file from version control, or mend it there"


class FloorsError(Exception):
    """A file of floors cannot be used; the message names it, the reason and the remedy."""


@dataclass(frozen=True)
class GoldSet:
    """Files that are scored against, and the least that each measure on them may be."""

    name: str
    fingerprints: Mapping[str, str | None]
    floors: Mapping[str, float | None]


@dataclass(frozen=True)
class State:
    """A gold set as it lies on the disk: its files, the fingerprints of those that are there, a plain word where it
    cannot be measured, and what is wrong with it: `changed` files, and files that are `gone`."""

    paths: tuple[Path, ...]
    found: Mapping[str, str]
    skipped: str
    changed: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A measure with its floor and what it is now, in per cent."""

    measure: str
    floor: float | None
    now: float | None
    verdict: str
    fault: str = ""


# --- the file


def read(path: Path) -> tuple[GoldSet, ...]:
    """The gold sets of a file of floors. Raises FloorsError."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FloorsError(f"{path}: cannot be read ({error}); {MEND}") from error
    if not isinstance(raw, dict):
        raise FloorsError(f"{path}: is not an object of gold sets; {MEND}")
    sets = tuple(_gold_set(path, name, one) for name, one in raw.items())
    seen: set[str] = set()
    for one in sets:
        for name in (one.name, *one.floors):
            if name in seen:
                raise FloorsError(f"{path}: the name {name!r} is given twice; give each set and measure its own")
            seen.add(name)
    return sets


def _gold_set(path: Path, name: str, raw: object) -> GoldSet:
    where = f"{path}: {name}"
    if not isinstance(raw, dict) or set(raw) != {"fingerprints", "floors"}:
        raise FloorsError(f"{where} is not an object with fingerprints and floors; {MEND}")
    for key in raw:
        if not isinstance(raw[key], dict) or not raw[key]:
            raise FloorsError(f"{where}: {key} is not an object with something in it; {MEND}")
    for file, known in raw["fingerprints"].items():
        if known is not None and not (isinstance(known, str) and re.fullmatch(r"[0-9a-f]{64}", known)):
            raise FloorsError(f"{where}: the fingerprint of {file} is {known!r}, no SHA-256 and not null; {MEND}")
    for measure, floor in raw["floors"].items():
        number = isinstance(floor, int | float) and not isinstance(floor, bool)
        if floor is not None and not (number and 0 <= floor <= 100):
            raise FloorsError(f"{where}: the floor of {measure} is {floor!r}, not per cent and not null; {MEND}")
    return GoldSet(name, raw["fingerprints"], raw["floors"])


def write(path: Path, sets: Iterable[GoldSet]) -> None:
    """The file that `read` reads."""
    raw = {one.name: {"fingerprints": dict(one.fingerprints), "floors": dict(one.floors)} for one in sets}
    path.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")


# --- the gold


def fingerprint(path: Path) -> str:
    """SHA-256 of a file; of a folder, over the names and fingerprints of all files in it."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    files = sorted(one for one in path.rglob("*") if one.is_file())
    lines = "".join(f"{one.relative_to(path).as_posix()}\t{fingerprint(one)}\n" for one in files)
    return hashlib.sha256(lines.encode()).hexdigest()


def examine(gold: GoldSet, root: Path, data: Path | None) -> State:
    """How the files of a gold set are. What is under `data` may be missing, and so may a file of the repository until
    it has a fingerprint; one that has its fingerprint is gone when it is missing."""
    paths: list[Path] = []
    found: dict[str, str] = {}
    skipped, changed, gone = "", [], []
    for name, known in gold.fingerprints.items():
        if name.startswith(DATA) and data is None:
            skipped = skipped or f"{name} is not in the repository; give its folder with --data"
            continue
        path = data / name.removeprefix(DATA) if name.startswith(DATA) and data else root / name
        paths.append(path)
        if path.exists():
            found[name] = fingerprint(path)
            if known is None and any(floor is not None for floor in gold.floors.values()):
                changed.append(f"{path}: has floors but no fingerprint; write it with --fingerprints")
            elif known not in (None, found[name]):
                changed.append(
                    f"{path}: is not the gold that the floors were measured on (SHA-256 {found[name][:12]}, not "
                    f"{str(known)[:12]}); restore it, or run evals/gate.py --fingerprints where the change is meant"
                )
        elif known is None or name.startswith(DATA):
            skipped = skipped or f"{path if name.startswith(DATA) else name} is not there"
        else:
            gone.append(f"{path}: is not there, but floors were measured on it; restore it from version control")
    return State(tuple(paths), found, skipped, tuple(changed), tuple(gone))


# --- the measures


def judge(measure: str, floor: float | None, now: float | None, spread: float = 0.0) -> Row:
    """Whether a measure holds its floor, or lies no more than `spread` below it, by which processors differ. `now` is
    None where there was nothing to count, which holds no floor."""
    if floor is None:
        return Row(measure, floor, now, "no floor yet")
    if now is None:
        fault = f"{measure}: there was nothing to count, and its floor is {floor:.1f}; look what became of the events"
        return Row(measure, floor, now, "nothing to count", fault)
    if floor - spread <= now < floor:
        return Row(measure, floor, now, "holds within the spread of processors")
    if now < floor:
        fault = f"{measure}: {now:.2f} is below its floor of {floor:.1f}; mend what made it fall, or take that back"
        return Row(measure, floor, now, "below", fault)
    return Row(measure, floor, now, "holds")


def rounded_down(value: float) -> float:
    """To one decimal. What differs from one by less than a millionth is that one."""
    return math.floor(round(value * 10, 6)) / 10


def raised(gold: GoldSet, now: Mapping[str, float | None]) -> GoldSet:
    """The set with floors at what was measured, where that is higher."""
    floors = dict(gold.floors)
    for measure, value in now.items():
        if value is not None:
            floors[measure] = max(rounded_down(value), floors[measure] or 0.0)
    return GoldSet(gold.name, gold.fingerprints, floors)


def with_fingerprints(gold: GoldSet, found: Mapping[str, str]) -> GoldSet:
    """The set with the fingerprints of the files that are there; the floors stay."""
    return GoldSet(gold.name, {**gold.fingerprints, **found}, gold.floors)
