"""The links at the head of every page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """`title` leads to `address`; a page is marked as open where its address begins with one of `also`."""

    title: str
    address: str
    also: tuple[str, ...] = ()

    def is_open(self, path: str) -> bool:
        """Whether the page at a path belongs to this link."""
        return path == self.address or any(path.startswith(one) for one in self.also)
