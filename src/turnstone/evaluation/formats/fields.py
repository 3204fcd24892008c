"""Values out of JSON objects, each with a clear error where it is not what it should be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from turnstone.errors import ReadingError
from turnstone.evaluation.documents import Text
from turnstone.records import Span


@dataclass(frozen=True, slots=True)
class Fields:
    """An object of a file. `where` is file, line and the way to it; `remedy` ends every error."""

    values: Mapping[str, Any]
    where: str
    remedy: str

    def fault(self, reason: str) -> NoReturn:
        raise ReadingError(f"{self.where}: {reason}; {self.remedy}")

    def string(self, key: str, default: str | None = None) -> str:
        """A string. Without a default it must be there."""
        found = self.values.get(key, default)
        if not isinstance(found, str):
            self.fault(f"{key} is missing" if found is None else f"{key} is {_shown(found)}, not a string")
        return found

    def whole(self, key: str) -> int:
        found = self.values.get(key)
        if not isinstance(found, int) or isinstance(found, bool):
            self.fault(f"{key} is {_shown(found)}, not a whole number")
        return found

    def number(self, key: str) -> float | None:
        """A number; None where it is missing or null."""
        found = self.values.get(key)
        if found is not None and (not isinstance(found, int | float) or isinstance(found, bool)):
            self.fault(f"{key} is {_shown(found)}, not a number")
        return None if found is None else float(found)

    def day(self, key: str) -> date:
        try:
            return date.fromisoformat(self.string(key))
        except ValueError:
            self.fault(f"{key} is {_shown(self.values[key])}, not a day such as 2023-03-21")

    def strings(self, key: str) -> tuple[str, ...]:
        found = self.values.get(key)
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            self.fault(f"{key} is {_shown(found)}, not a list of strings")
        return tuple(found)

    def object(self, key: str) -> Fields:
        found = self.values.get(key)
        if not isinstance(found, Mapping):
            self.fault(f"{key} is {_shown(found)}, not an object")
        return Fields(found, f"{self.where}: {key}", self.remedy)

    def objects(self, key: str) -> tuple[Fields, ...]:
        found = self.values.get(key)
        if not isinstance(found, list):
            self.fault(f"{key} is missing" if found is None else f"{key} is {_shown(found)}, not a list")
        for i, one in enumerate(found):
            if not isinstance(one, Mapping):
                self.fault(f"{key}[{i}] is {_shown(one)}, not an object")
        return tuple(Fields(one, f"{self.where}: {key}[{i}]", self.remedy) for i, one in enumerate(found))

    def span(self, text: Text) -> Span:
        """The place in the text that `start` and `end` name."""
        start, end = self.whole("start"), self.whole("end")
        try:
            return text.span(start, end)
        except ValueError as error:
            self.fault(str(error))


def _shown(value: object) -> str:
    return repr(value)[:40]
