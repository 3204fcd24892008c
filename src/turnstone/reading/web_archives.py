"""Articles as the web pages in a WARC file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from turnstone.reading import web_pages
from turnstone.reading.articles import Terms
from turnstone.reading.parsers.process import Parsers
from turnstone.reading.unreadable import Unreadable
from turnstone.records import Article, Refusal


def read(path: Path, compressed: bool, origin: str, terms: Terms, parsers: Parsers) -> Iterator[Article | Refusal]:
    """The articles in the HTML responses of a WARC file, each with the address it was fetched from; `origin` gets the
    number of the record from 1. All other records (requests, images, errors, redirections) are passed over."""
    pages = 0
    try:
        for found in parsers.records.ask(path, compressed, terms.max_bytes):
            pages += 1
            where = f"{origin}:{found['record']}"
            if "page" in found:
                yield web_pages.article(found["page"], where, terms, parsers.page, found["address"])
            else:
                yield Refusal(where, found["reason"], found["remedy"])
    except Unreadable as error:
        yield error.refusal(origin)
        return
    if not pages:
        yield Refusal(origin, "the WARC file holds no web page", "give one with HTML responses of status 200")
