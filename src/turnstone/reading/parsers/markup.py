"""HTML as a tree that has all of it."""

from __future__ import annotations

from typing import Any

import lxml.etree
import lxml.html

from turnstone.reading.unreadable import Unreadable

TOO_DEEP = "its HTML is nested too deeply to be read"
"""The reason of a refusal of HTML of which only a part could be read."""


def tree(html: str, remedy: str, **options: Any) -> Any:
    """The tree of a page or a piece of one as lxml has it, None where there is nothing in it. `options` are those of
    lxml's parser. Raises `Unreadable`, with the remedy, for HTML of which only a part can be read."""
    # Without `huge_tree` it would leave out what comes after 10 million bytes of one run of text and below 256
    # elements; with it, only what comes below 2048. Nothing but its log says so.
    parser = lxml.html.HTMLParser(huge_tree=True, encoding="utf-8", **options)
    document = html.lstrip().encode("utf-8", "surrogatepass")  # of bytes it knows ASCII's white space alone
    try:
        found = lxml.html.fromstring(document, parser=parser)
    except lxml.etree.ParserError:  # nothing but comments
        return None
    except lxml.etree.XMLSyntaxError:  # any syntax will do, so it is not that
        raise MemoryError from None
    if any(error.type == lxml.etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise Unreadable(TOO_DEEP, remedy)
    return found


def depth(tree: Any) -> int:
    """How many elements stand one in the other, at most."""
    deepest = now = 0
    for event, _ in lxml.etree.iterwalk(tree, events=("start", "end")):
        now += 1 if event == "start" else -1
        deepest = max(deepest, now)
    return deepest
