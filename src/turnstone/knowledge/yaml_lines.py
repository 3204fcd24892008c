"""Where in a YAML file a value stands: asked only once something is wrong, since reading with places is slow."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import yaml

Place = tuple[str | int, ...]
"""The keys and numbers that lead to a value: row 3 of the file, its `holders`, the second of them."""

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DAY = "tag:yaml.org,2002:timestamp"


def line_of(content: bytes, place: Place) -> int:
    """The line, from 1, of the value at a place, or of what holds it where there is no such value."""
    try:
        node = _composed(content)
    except yaml.YAMLError:
        return 1
    line = 1
    if isinstance(node, yaml.MappingNode):  # one row alone
        place = place[1:]
    for step in (*place, None):
        if node is None:
            return line
        line = node.start_mark.line + 1
        node = None if step is None else _within(node, step)
    return line


@lru_cache(maxsize=16)
def _composed(content: bytes) -> Any:
    return yaml.compose(content, Loader=LOADER)


def _within(node: Any, step: str | int) -> Any:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return node.value[step] if step < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    return None


def line_of_fault(content: bytes, error: Exception) -> int:
    """The line at which reading the file failed: bad YAML, or a day that no calendar has."""
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    try:
        nodes = [yaml.compose(content, Loader=LOADER)]
    except (yaml.YAMLError, ValueError):
        return 1
    seen: set[int] = set()
    while nodes:
        node = nodes.pop(0)
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            if node.tag == _DAY and not _is_day(node.value):
                return int(node.start_mark.line) + 1
        elif isinstance(node, yaml.MappingNode):
            nodes += [one for pair in node.value for one in pair]
        else:
            nodes += node.value
    return 1


def _is_day(words: str) -> bool:
    try:
        year, month, day = (int(part) for part in words[:10].split("-"))
        date(year, month, day)
    except ValueError:
        return False
    return True


def holds_itself(value: Any, above: tuple[int, ...] = ()) -> bool:
    """Whether a list or mapping is, by an alias, a part of itself."""
    if not isinstance(value, list | dict):
        return False
    if id(value) in above:
        return True
    inner = value.values() if isinstance(value, dict) else value
    return any(holds_itself(one, (*above, id(value))) for one in inner)
