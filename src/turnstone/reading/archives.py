"""Articles in the files of a zip or tar archive, which are read where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from turnstone.reading.articles import Terms
from turnstone.reading.parsers.members import Limits
from turnstone.reading.parsers.process import Parser
from turnstone.reading.unreadable import Unreadable
from turnstone.records import Article, Refusal

MOST_MEMBERS = 100_000
MEMBER_LIMITS = 100
"""A member may unpack to so many articles' limit."""
TOTAL_LIMITS = 1_000
"""All members together may unpack to so many articles' limit."""

ReadMember = Callable[[str, Iterator[bytes], str], Iterator[Article | Refusal]]
"""Reads a member by its name, its bytes and its origin."""


def read(
    path: Path, kind: str, compressed: bool, origin: str, terms: Terms, parser: Parser, read_member: ReadMember
) -> Iterator[Article | Refusal]:
    """The articles in an archive, member by member in its own order; `origin` gets the member's name."""
    limits = Limits(MOST_MEMBERS, MEMBER_LIMITS * terms.max_bytes, TOTAL_LIMITS * terms.max_bytes)
    found = _Members(parser.ask(path, kind, compressed, limits))
    members = 0
    while (member := found.next()) is not None:
        members += 1
        name = _shown(member["name"])
        where = f"{origin}:{name}"
        if "refused" in member:
            yield Refusal(where, *member["refused"])
        else:
            yield from read_member(name, found.pieces(), where)
    if found.failure:
        yield found.failure.refusal(origin)
    elif not members:
        yield Refusal(origin, "the archive is empty", "check what was packed")


class _Members:
    """What the parser tells of an archive, member by member."""

    def __init__(self, told: Iterator[Any]) -> None:
        self._told = told
        self._next: dict[str, Any] | None = None
        self.failure: Unreadable | None = None

    def next(self) -> dict[str, Any] | None:
        """The next member, with whatever is left of the one before passed over; None after the last, or where the
        archive cannot be read on, which is then `failure`."""
        while self._next is None:
            try:
                told = next(self._told, None)
            except Unreadable as error:
                self.failure = error
                return None
            if told is None:
                return None
            if isinstance(told, dict) and "name" in told:
                self._next = told
        member, self._next = self._next, None
        return member

    def pieces(self) -> Iterator[bytes]:
        """The bytes of the member at hand. Raises `Unreadable` where they break off."""
        while True:
            try:
                told = next(self._told, None)
            except Unreadable as error:
                self.failure = error
                raise
            if isinstance(told, bytes):
                yield told
            elif told is None:
                return
            elif "broken" in told:
                raise Unreadable(*told["broken"])
            else:
                self._next = told
                return


def _shown(name: str) -> str:
    """A member's name as origins show it; what is no UTF-8 in it is escaped."""
    return name.encode("utf-8", "backslashreplace").decode()
