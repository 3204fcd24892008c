"""The codebook: PLOVER's event types, modes, contexts and participant codes, and the crosswalk to CAMEO, from YAML."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, ValidationError, model_validator

from turnstone.errors import KnowledgeError
from turnstone.knowledge.digests import PLOVER
from turnstone.knowledge.yaml_lines import LOADER

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


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Outcome(_Row):
    """What is coded: a type and, where it has one, a mode (`REJECT meet`). The mode `same` keeps the event's own."""

    type: str
    mode: str = ""

    def __str__(self) -> str:
        return f"{self.type} {self.mode}".rstrip()


def _outcome(value: object) -> object:
    if not isinstance(value, str):
        return value
    words = value.split()
    if not 1 <= len(words) <= 2:
        raise ValueError(f"{value!r} is neither 'TYPE' nor 'TYPE mode'")
    return {"type": words[0], "mode": words[1] if len(words) == 2 else ""}


_Score = Annotated[float, Field(ge=-10, le=10)]
_Quad = Annotated[int, Field(ge=1, le=4)]
_CameoCode = Annotated[str, Field(pattern=rf"^{CAMEO_CODE.pattern}$")]
_Outcome = Annotated[Outcome, BeforeValidator(_outcome)]


class Mode(_Row):
    """How an event of one type is done. `reciprocal` is None where the type's own word holds."""

    score: _Score
    cameo: _CameoCode
    description: str
    reciprocal: bool | None = None
    becomes: dict[str, _Outcome] = {}
    adds: dict[str, _Outcome] = {}


class EventType(_Row):
    """One of the 16 types. `score` runs from -10, most hostile, to 10; `quad` from 1 to 4."""

    name: str
    quad: _Quad
    score: _Score
    description: str
    cameo: _CameoCode
    needs_recipient: bool = False
    reciprocal: bool = False
    reciprocal_when: str = ""
    becomes: dict[str, _Outcome] = {}
    adds: dict[str, _Outcome] = {}
    modes: dict[str, Mode] = {}

    @property
    def future_type(self) -> str:
        """The type that is coded when the event is announced but has not happened: its own where nothing else is."""
        outcome = self.becomes.get("future")
        return outcome.type if outcome else self.name


class OldMode(_Row):
    """What a mode name of an older PLOVER is today: a mode of the same type, or another type."""

    mode: str = ""
    type: str = ""


class CameoRoot(_Row):
    """A CAMEO root; `quad` is the quad class CAMEO's users give it, `plover` is None where PLOVER has no such type."""

    name: str
    quad: _Quad
    plover: _Outcome | None = None


class Cameo(_Row):
    """CAMEO to PLOVER: the 20 roots, and the codes below them that go elsewhere or have a mode."""

    roots: dict[str, CameoRoot]
    codes: dict[_CameoCode, _Outcome]


class Codebook(_Row):
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
    cameo_table: Cameo = Field(alias="cameo")
    _digest: str = PrivateAttr("")

    @property
    def digest(self) -> str:
        """SHA-256 of the file, in hexadecimal."""
        return self._digest

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

    def current_mode(self, event_type: str, mode: str) -> tuple[str, tuple[str, ...]]:
        """The type and modes of today for a mode name of today or of an older PLOVER."""
        known = self._type(event_type)
        if mode in known.modes:
            return event_type, (mode,)
        old = self.old_modes.get(mode)
        if old is None or (not old.type and old.mode not in known.modes):
            raise KnowledgeError(f"{mode!r} is no mode of {event_type}; give one of {_listed(known.modes)}")
        return old.type or event_type, (old.mode,) if old.mode else ()

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

    @model_validator(mode="before")
    @classmethod
    def _named(cls, data: Any) -> Any:
        """Each type learns the name it stands under."""
        if not isinstance(data, dict) or not isinstance(data.get("types"), dict):
            return data
        types = {name: {**row, "name": name} if isinstance(row, dict) else row for name, row in data["types"].items()}
        return {**data, "types": types}

    @model_validator(mode="after")
    def _consistent(self) -> Codebook:
        faults = [fault for item, outcome in self._outcomes() if (fault := self._fault(item, outcome))]
        for item, rules in self._rules():
            faults += [f"{item}.{name}: no such circumstance" for name in rules if name not in self.circumstances]
        for name, event_type in self.types.items():
            if event_type.quad not in self.quads:
                faults.append(f"types.{name}.quad: {event_type.quad} is not among quads")
            if event_type.reciprocal_when and event_type.reciprocal_when not in self.circumstances:
                faults.append(f"types.{name}.reciprocal_when: no such circumstance")
        for name, old in self.old_modes.items():
            if bool(old.mode) == bool(old.type):
                faults.append(f"old_modes.{name}: give either a mode or a type")
            if old.mode and not any(old.mode in event_type.modes for event_type in self.types.values()):
                faults.append(f"old_modes.{name}: no type has a mode {old.mode!r}")
            if old.type and old.type not in self.types:
                faults.append(f"old_modes.{name}: {old.type!r} is no type")
        faults += [
            f"old_contexts.{old}: {new!r} is no context"
            for old, new in self.old_contexts.items()
            if new not in self.contexts
        ]
        expected = {f"{number:02}" for number in range(1, 21)}
        faults += [
            f"cameo.roots.{root}: missing or no CAMEO root" for root in sorted(expected ^ set(self.cameo_table.roots))
        ]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _rules(self) -> list[tuple[str, dict[str, Outcome]]]:
        rules = []
        for name, event_type in self.types.items():
            rules += [(f"types.{name}.becomes", event_type.becomes), (f"types.{name}.adds", event_type.adds)]
            for mode_name, mode in event_type.modes.items():
                item = f"types.{name}.modes.{mode_name}"
                rules += [(f"{item}.becomes", mode.becomes), (f"{item}.adds", mode.adds)]
        return rules

    def _outcomes(self) -> list[tuple[str, Outcome]]:
        found = [(f"{item}.{name}", outcome) for item, rules in self._rules() for name, outcome in rules.items()]
        found += [(f"cameo.roots.{root}", row.plover) for root, row in self.cameo_table.roots.items() if row.plover]
        found += [(f"cameo.codes.{code}", outcome) for code, outcome in self.cameo_table.codes.items()]
        return found

    def _fault(self, item: str, outcome: Outcome) -> str:
        if outcome.type not in self.types:
            return f"{item}: {outcome.type!r} is no type"
        if outcome.mode == "same" and item.startswith("types."):
            return ""
        if outcome.mode and outcome.mode not in self.types[outcome.type].modes:
            return f"{item}: {outcome.mode!r} is no mode of {outcome.type}"
        return ""


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
    try:
        data = yaml.load(content, Loader=_UniqueKeys)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: not valid YAML: {error}") from error
    if not isinstance(data, dict):
        raise KnowledgeError(f"{path}: a codebook is a mapping with version, types, contexts and so on")
    try:
        codebook = Codebook.model_validate(data)
    except ValidationError as error:
        raise KnowledgeError(f"{path}: {_explained(error)}") from error
    codebook._digest = hashlib.sha256(content).hexdigest()
    return codebook


class _UniqueKeys(LOADER):  # type: ignore[misc]
    """Refuses a mapping that gives the same key twice, where YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} is given twice", key_node.start_mark)
            seen.add(key)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


def _listed(names: Sequence[str] | dict[str, Any]) -> str:
    return ", ".join(names) or "none: this type has no modes"


def _explained(error: ValidationError) -> str:
    faults = []
    for fault in error.errors():
        item = ".".join(str(part) for part in fault["loc"])
        reason = fault["msg"].removeprefix("Value error, ")
        faults.append(f"{item}: {reason}" if item else reason)
    return "; ".join(faults)
