"""The codebook: PLOVER's event types, modes, contexts and participant codes, and the crosswalk to CAMEO.

It is written in YAML, which `codebook_file` reads and checks. Beside the packaged file stands its twin in JSON, which
is read instead, and sooner; it carries the digest of the YAML file, and a twin of another is passed over.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from turnstone.errors import KnowledgeError
from turnstone.knowledge.digests import PLOVER

YIELD: Final = "YIELD"
YIELDING: Final = frozenset({"CONCEDE", "RETREAT"})
PAIR_CLASSES: Final = (
    "ACCUSE",
    "AGREE",
    "AID",
    "ASSAULT",
    "COERCE",
    "CONSULT",
    "COOPERATE",
    "MOBILIZE",
    "PROTEST",
    "REJECT",
    "REQUEST",
    "SANCTION",
    "SUPPORT",
    "THREATEN",
    "YIELD",
)
CAMEO_CODE: Final = re.compile(r"(0[1-9]|1[0-9]|20)[0-9]{0,2}")


def pair_class(event_type: str) -> str:
    """The class of an event type among the 15 the event head knows: CONCEDE and RETREAT are both YIELD.

    Raises KnowledgeError for a name that is no PLOVER type.
    """
    name = YIELD if event_type in YIELDING else event_type
    if name not in PAIR_CLASSES or event_type == YIELD:
        raise KnowledgeError(f"{event_type!r} is no PLOVER event type; give one of the 16 types of the codebook")
    return name


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is coded: a type and, where it has one, a mode (`REJECT meet`). The mode `same` keeps the event's own."""

    type: str
    mode: str = ""

    def __str__(self) -> str:
        return f"{self.type} {self.mode}".rstrip()


@dataclass(frozen=True, slots=True)
class Mode:
    """How an event of one type is done. `reciprocal` is None where the type's own word holds."""

    score: float
    cameo: str
    description: str
    reciprocal: bool | None
    becomes: dict[str, Outcome]
    adds: dict[str, Outcome]


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the 16 types. `score` runs from -10, most hostile, to 10; `quad` from 1 to 4."""

    name: str
    quad: int
    score: float
    description: str
    cameo: str
    needs_recipient: bool
    reciprocal: bool
    reciprocal_when: str
    becomes: dict[str, Outcome]
    adds: dict[str, Outcome]
    modes: dict[str, Mode]

    @property
    def future_type(self) -> str:
        """The type that is coded when the event is announced but has not happened: its own where nothing else is."""
        outcome = self.becomes.get("future")
        return outcome.type if outcome else self.name


@dataclass(frozen=True, slots=True)
class OldMode:
    """What a mode name of an older PLOVER is today: a mode of the same type, or another type."""

    mode: str
    type: str


@dataclass(frozen=True, slots=True)
class CameoRoot:
    """A CAMEO root; `quad` is the quad class CAMEO's users give it, `plover` is None where PLOVER has no such type."""

    name: str
    quad: int
    plover: Outcome | None


@dataclass(frozen=True, slots=True)
class Cameo:
    """CAMEO to PLOVER: the 20 roots, and the codes below them that go elsewhere or have a mode."""

    roots: dict[str, CameoRoot]
    codes: dict[str, Outcome]


@dataclass(frozen=True, slots=True)
class Codebook:
    """A checked codebook; it does not change once loaded. `digest` is the SHA-256 of its file, in hexadecimal."""

    version: str
    quads: dict[int, str]
    statuses: dict[str, str]
    circumstances: dict[str, str]
    types: dict[str, EventType]
    old_modes: dict[str, OldMode]
    contexts: dict[str, str]
    old_contexts: dict[str, str]
    sectors: dict[str, str]
    participants: dict[str, str]
    cameo_table: Cameo
    digest: str

    def score(self, event_type: str, modes: Sequence[str]) -> float:
        """The intensity of an event, -10 to 10: of the mode furthest from 0 where there are modes, else of the type."""
        mode = self._leading(event_type, modes)
        return mode.score if mode else self.types[event_type].score

    def cameo(self, event_type: str, modes: Sequence[str]) -> str:
        """The CAMEO code nearest to an event; with several modes, of the one that gives the score."""
        mode = self._leading(event_type, modes)
        return mode.cameo if mode else self.types[event_type].cameo

    def plover(self, cameo_code: str) -> tuple[str, str] | None:
        """The PLOVER (type, mode) of a CAMEO code of two to four digits; the mode is "" where CAMEO says none.

        None where PLOVER has no type for it (all of root 01). Raises KnowledgeError for what is no CAMEO code.
        """
        if not CAMEO_CODE.fullmatch(cameo_code):
            raise KnowledgeError(f"{cameo_code!r} is no CAMEO code; give 2 to 4 digits as a string, such as '042'")
        for length in range(len(cameo_code), 2, -1):
            if outcome := self.cameo_table.codes.get(cameo_code[:length]):
                return outcome.type, outcome.mode
        root = self.cameo_table.roots[cameo_code[:2]].plover
        return (root.type, root.mode) if root else None

    def reciprocal(self, event_type: str, modes: Sequence[str], circumstance: str = "") -> bool:
        """Whether everyone in such an event is an actor: a meeting is reciprocal, a visit is not, violence is where it
        is `two_sided`."""
        if circumstance:
            self._known_circumstance(circumstance)
            if self._type(event_type).reciprocal_when == circumstance:
                return True
        found = [mode.reciprocal for mode in self._modes(event_type, modes) if mode.reciprocal is not None]
        return all(found) if found else self.types[event_type].reciprocal

    def becomes(self, event_type: str, modes: Sequence[str], circumstance: str) -> tuple[str, tuple[str, ...]]:
        """The type and modes to code under a circumstance (`future`, `refused`): unchanged where no rule says else."""
        self._known_circumstance(circumstance)
        found = self._modes(event_type, modes)
        for rules in [*(mode.becomes for mode in found), self.types[event_type].becomes]:
            if outcome := rules.get(circumstance):
                return self._applied(outcome, event_type, tuple(modes))
        return event_type, tuple(modes)

    def adds(self, event_type: str, modes: Sequence[str], circumstance: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The further events a circumstance brings: a conviction to `prison` is an arrest too."""
        self._known_circumstance(circumstance)
        found = self._modes(event_type, modes)
        rules = [self.types[event_type].adds, *(mode.adds for mode in found)]
        outcomes = [rule[circumstance] for rule in rules if circumstance in rule]
        return tuple(self._applied(outcome, event_type, tuple(modes)) for outcome in outcomes)

    def _type(self, event_type: str) -> EventType:
        if event_type not in self.types:
            raise KnowledgeError(f"{event_type!r} is no event type; give one of {_listed(self.types)}")
        return self.types[event_type]

    def _modes(self, event_type: str, modes: Sequence[str]) -> list[Mode]:
        known = self._type(event_type).modes
        for mode in modes:
            if mode not in known:
                raise KnowledgeError(f"{mode!r} is no mode of {event_type}; give one of {_listed(known)}")
        return [known[mode] for mode in modes]

    def _leading(self, event_type: str, modes: Sequence[str]) -> Mode | None:
        return max(self._modes(event_type, modes), key=lambda mode: abs(mode.score), default=None)

    def _known_circumstance(self, circumstance: str) -> None:
        if circumstance not in self.circumstances:
            raise KnowledgeError(f"{circumstance!r} is no circumstance; give one of {_listed(self.circumstances)}")

    def _applied(self, outcome: Outcome, event_type: str, modes: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        if outcome.mode == "same":
            return outcome.type, tuple(mode for mode in modes if mode in self.types[outcome.type].modes)
        if outcome.mode:
            return outcome.type, (outcome.mode,)
        return outcome.type, modes if outcome.type == event_type else ()


def load_codebook(path: Path | None = None) -> Codebook:
    """The codebook in a YAML file; the packaged PLOVER without one.

    Raises KnowledgeError, naming file and item, where the file cannot be read or says what cannot be.
    """
    path = path or PLOVER
    try:
        content = path.read_bytes()
    except OSError as error:
        raise KnowledgeError(
            f"{path}: the codebook cannot be read ({error.strerror}); give the path of a YAML file"
        ) from error
    digest = hashlib.sha256(content).hexdigest()
    checked = _read_twin(path, digest)
    if checked is None:
        from turnstone.knowledge.codebook_file import checked_rows  # takes longer to load than the twin

        checked = checked_rows(path, content)
    return _made(checked, digest)


def twin_of(path: Path) -> Path:
    """Where the twin of a codebook stands."""
    return path.with_suffix(".json")


def _read_twin(path: Path, digest: str) -> dict[str, Any] | None:
    try:
        twin = json.loads(twin_of(path).read_bytes())
    except (OSError, ValueError):
        return None
    return twin["codebook"] if isinstance(twin, dict) and twin.get("digest") == digest else None


def _made(rows: dict[str, Any], digest: str) -> Codebook:
    """The codebook of rows that are checked and complete; numbers may be keys as words, as in JSON."""
    cameo = rows["cameo"]
    made = {
        "quads": {int(number): name for number, name in rows["quads"].items()},
        "types": {
            name: EventType(
                **row | _rules(row) | {"modes": {k: Mode(**mode | _rules(mode)) for k, mode in row["modes"].items()}}
            )
            for name, row in rows["types"].items()
        },
        "old_modes": {name: OldMode(**row) for name, row in rows["old_modes"].items()},
        "cameo_table": Cameo(
            {
                root: CameoRoot(**row | {"plover": row["plover"] and Outcome(**row["plover"])})
                for root, row in cameo["roots"].items()
            },
            _outcomes(cameo["codes"]),
        ),
    }
    return Codebook(**{name: value for name, value in rows.items() if name != "cameo"} | made, digest=digest)


def _rules(row: dict[str, Any]) -> dict[str, dict[str, Outcome]]:
    return {"becomes": _outcomes(row["becomes"]), "adds": _outcomes(row["adds"])}


def _outcomes(rows: dict[str, Any]) -> dict[str, Outcome]:
    return {name: Outcome(**row) for name, row in rows.items()}


def _listed(names: Sequence[str] | dict[str, Any]) -> str:
    return ", ".join(names) or "none: this type has no modes"
