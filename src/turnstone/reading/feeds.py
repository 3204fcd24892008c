"""Articles as the entries of an RSS or Atom feed."""

from __future__ import annotations

from collections.abc import Iterator

from turnstone.reading import articles, streams, web_pages
from turnstone.reading.articles import Columns, Terms
from turnstone.reading.parsers.process import Parser
from turnstone.reading.unreadable import Unreadable
from turnstone.records import Article, Refusal

_ROOM = 4  # a feed is held whole, up to so many articles' limit


def read(
    source: Iterator[bytes], origin: str, terms: Terms, parser: Parser, charset: str = ""
) -> Iterator[Article | Refusal]:
    """The articles of a feed; each entry that is none is refused, and the rest is read. `origin` gets the entry's
    number from 1. `charset` is the encoding that was told with it."""
    own = Terms(terms.date, Columns(), terms.max_bytes)
    try:
        document = web_pages.decode(streams.whole(source, _ROOM * terms.max_bytes, "the feed"), charset)
        if not document.strip():
            raise Unreadable(articles.EMPTY_TEXT, "save the feed again")
        for number, values in enumerate(parser.ask(document), 1):
            where = f"{origin}:{number}"
            if "reason" in values:
                yield Refusal(where, values["reason"], values["remedy"])
            else:
                yield articles.build(values, where, own)
    except Unreadable as error:
        yield error.refusal(origin)
