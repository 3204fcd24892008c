"""A codebook as people write it, in YAML: read, checked, refused with a reason.

`python -m turnstone.knowledge.codebook_file` checks the packaged one and writes its twin anew, which is what is loaded.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from turnstone.errors import KnowledgeError
from turnstone.knowledge.codebook import CAMEO_CODE, twin_of
from turnstone.knowledge.digests import PLOVER
from turnstone.knowledge.yaml_lines import LOADER


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _OutcomeRow(_Row):
    type: str
    mode: str = ""


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
_Outcome = Annotated[_OutcomeRow, BeforeValidator(_outcome)]


class _ModeRow(_Row):
    score: _Score
    cameo: _CameoCode
    description: str
    reciprocal: bool | None = None
    becomes: dict[str, _Outcome] = {}
    adds: dict[str, _Outcome] = {}


class _TypeRow(_Row):
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
    modes: dict[str, _ModeRow] = {}


class _OldModeRow(_Row):
    mode: str = ""
    type: str = ""


class _CameoRootRow(_Row):
    name: str
    quad: _Quad
    plover: _Outcome | None = None


class _CameoRows(_Row):
    roots: dict[str, _CameoRootRow]
    codes: dict[_CameoCode, _Outcome]


class _CodebookRows(_Row):
    version: str
    quads: dict[int, str]
    statuses: dict[str, str]
    circumstances: dict[str, str]
    types: dict[str, _TypeRow]
    old_modes: dict[str, _OldModeRow]
    contexts: dict[str, str]
    old_contexts: dict[str, str]
    sectors: dict[str, str]
    participants: dict[str, str]
    cameo: _CameoRows

    @model_validator(mode="before")
    @classmethod
    def _named(cls, data: Any) -> Any:
        """Each type learns the name it stands under."""
        if not isinstance(data, dict) or not isinstance(data.get("types"), dict):
            return data
        types = {name: {**row, "name": name} if isinstance(row, dict) else row for name, row in data["types"].items()}
        return {**data, "types": types}

    @model_validator(mode="after")
    def _consistent(self) -> _CodebookRows:
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
        faults += [f"cameo.roots.{root}: missing or no CAMEO root" for root in sorted(expected ^ set(self.cameo.roots))]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _rules(self) -> list[tuple[str, dict[str, _OutcomeRow]]]:
        rules = []
        for name, event_type in self.types.items():
            rules += [(f"types.{name}.becomes", event_type.becomes), (f"types.{name}.adds", event_type.adds)]
            for mode_name, mode in event_type.modes.items():
                item = f"types.{name}.modes.{mode_name}"
                rules += [(f"{item}.becomes", mode.becomes), (f"{item}.adds", mode.adds)]
        return rules

    def _outcomes(self) -> list[tuple[str, _OutcomeRow]]:
        found = [(f"{item}.{name}", outcome) for item, rules in self._rules() for name, outcome in rules.items()]
        found += [(f"cameo.roots.{root}", row.plover) for root, row in self.cameo.roots.items() if row.plover]
        found += [(f"cameo.codes.{code}", outcome) for code, outcome in self.cameo.codes.items()]
        return found

    def _fault(self, item: str, outcome: _OutcomeRow) -> str:
        if outcome.type not in self.types:
            return f"{item}: {outcome.type!r} is no type"
        if outcome.mode == "same" and item.startswith("types."):
            return ""
        if outcome.mode and outcome.mode not in self.types[outcome.type].modes:
            return f"{item}: {outcome.mode!r} is no mode of {outcome.type}"
        return ""


def checked_rows(path: Path, content: bytes) -> dict[str, Any]:
    """What a codebook's file says, complete. Raises KnowledgeError, naming file and item, where it cannot be so."""
    try:
        data = yaml.load(content, Loader=_UniqueKeys)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: not valid YAML: {error}") from error
    if not isinstance(data, dict):
        raise KnowledgeError(f"{path}: a codebook is a mapping with version, types, contexts and so on")
    try:
        return _CodebookRows.model_validate(data).model_dump()
    except ValidationError as error:
        raise KnowledgeError(f"{path}: {_explained(error)}") from error


def twin_text(path: Path) -> str:
    """What the twin of a codebook's file holds. Raises KnowledgeError where the file is at fault."""
    content = path.read_bytes()
    twin = {"digest": hashlib.sha256(content).hexdigest(), "codebook": checked_rows(path, content)}
    return json.dumps(twin, ensure_ascii=False, indent=1) + "\n"


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


def _explained(error: ValidationError) -> str:
    faults = []
    for fault in error.errors():
        item = ".".join(str(part) for part in fault["loc"])
        reason = fault["msg"].removeprefix("Value error, ")
        faults.append(f"{item}: {reason}" if item else reason)
    return "; ".join(faults)


if __name__ == "__main__":
    twin_of(PLOVER).write_text(twin_text(PLOVER), encoding="utf-8")
    print(twin_of(PLOVER))
