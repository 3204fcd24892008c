"""Articles from web addresses, for those who ask for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from turnstone import storage
from turnstone.reading.articles import Terms
from turnstone.reading.parsers.process import Parser
from turnstone.reading.unreadable import Unreadable
from turnstone.records import Article, Refusal

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_WEB = ("http://", "https://")
_NO_KIND = Unreadable(
    "it is no kind of address that turnstone reads",
    f"give a web address (http, https), one in storage ({', '.join(storage.DRIVERS)}), or a file's name",
)
_OFF = Unreadable(
    "it is a web address, and the network is not used unless it is asked for",
    "ask with --allow-network (code, analyse; allow_network=True in Python), or save it as a file and give that",
)
_NAMES = {
    "text/html": "page.html",
    "application/xhtml+xml": "page.html",
    "application/rss+xml": "feed.rss",
    "application/atom+xml": "feed.atom",
    "application/rdf+xml": "feed.xml",
    "application/xml": "feed.xml",
    "text/xml": "feed.xml",
}

ReadDocument = Callable[[str, Iterator[bytes], str, str, str], Iterator[Article | Refusal]]
"""Reads a document by a name that tells its kind, its bytes, its origin, its address and the encoding told with it."""


def is_address(given: object) -> bool:
    """Whether an input is an address (`https://...`) rather than a file's name or one in storage."""
    return isinstance(given, str) and _ADDRESS.match(given) is not None and not storage.is_storage(given)


def read(
    address: str, allowed: bool, terms: Terms, parser: Parser, read_document: ReadDocument
) -> Iterator[Article | Refusal]:
    """The articles at an address: a page or a feed by the type that the server tells, anything else by its name."""
    try:
        if not address.lower().startswith(_WEB):
            raise _NO_KIND
        if not allowed:
            raise _OFF
        # One value after the other; a server that sends drop by drop is held to the time of the first.
        told, body = parser.ask(address, terms.max_bytes)
        name = _NAMES.get(told["type"]) or urlsplit(told["address"]).path.rpartition("/")[2]
    except Unreadable as error:
        yield error.refusal(address)
        return
    yield from read_document(name, iter([body]), address, told["address"], told["charset"])
