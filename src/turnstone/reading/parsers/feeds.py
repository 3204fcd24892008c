"""The entries of an RSS or Atom feed."""

from __future__ import annotations

import email.utils
import io
import re
from collections.abc import Iterator
from typing import Any

import feedparser
import lxml.etree

from turnstone.reading.dates import stated_day
from turnstone.reading.parsers import markup
from turnstone.reading.unreadable import Unreadable

# What came over the network has been decoded by now, whatever was said of its encoding.
_HEADERS = {"content-type": "application/xml; charset=utf-8"}
_ENDED = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>(?:\s|<!--.{0,500}?-->)*\Z", re.IGNORECASE | re.DOTALL)
_PARAGRAPHS = frozenset(
    "address article aside blockquote dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main "
    "nav ol p pre section table td th tr ul".split()
)
_NO_TEXT = frozenset("script style template title noscript iframe object".split())
_BREAK = "\u2029"
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?", re.ASCII)


def entries(document: str) -> Iterator[dict[str, str]]:
    """The entries of a feed with text, title, publisher, author, url and date, each empty where there is none; one that
    cannot be read whole has `reason` and `remedy` instead. Raises `Unreadable` where it is no feed."""
    # A string, or plain bytes, would be taken for an address or for a file's name first.
    found = feedparser.parse(
        io.BytesIO(_REFERENCE.sub(_character, document).encode()),
        response_headers=_HEADERS,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not found.version:
        raise Unreadable("it is no RSS or Atom feed", "give a feed, or the articles in one of the other forms")
    if not found.entries:
        raise Unreadable("the feed has no entries", "leave it out, or save it again when it has some")
    broken_off = bool(found.bozo) and not _ENDED.search(document[-2000:])
    try:
        publisher = _line(found.feed)
    except Unreadable:  # is no fault of the entries
        publisher = ""
    for number, entry in enumerate(found.entries, 1):
        if broken_off and number == len(found.entries):
            yield {"reason": "the feed breaks off in this entry", "remedy": "save the feed again"}
            continue
        try:
            yield _values(entry, publisher)
        except Unreadable as error:
            yield {"reason": error.reason, "remedy": error.remedy}


def _values(entry: Any, publisher: str) -> dict[str, str]:
    source = entry.get("source")
    return {
        "text": _text(entry),
        "title": _line(entry),
        "publisher": (_line(source) if isinstance(source, dict) else "") or publisher,
        "author": _string(entry, "author"),
        "url": _address(_string(entry, "link")),
        "date": _date(entry),
    }


def _character(reference: re.Match[str]) -> str:
    """A reference to a character, or what HTML has for one to a character that no text can hold: half of a pair, NUL,
    or nothing in Unicode. One of these would cost the whole feed."""
    digits = (reference[1] or reference[2]).lstrip("0")
    code = int(digits or "0", 16 if reference[1] else 10) if len(digits) < 9 else -1
    return reference[0] if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"


def _text(entry: Any) -> str:
    """The whole text where the feed has it, else the summary."""
    for content in entry.get("content") or ():
        if text := _paragraphs(_string(content, "value"), _string(content, "type")):
            return text
    return _plain(entry, "summary")


def _line(owner: Any) -> str:
    """The title of an entry or feed."""
    return " ".join(_plain(owner, "title").split())


def _plain(owner: Any, name: str) -> str:
    details = owner.get(f"{name}_detail")
    return _paragraphs(_string(owner, name), _string(details, "type") if isinstance(details, dict) else "")


def _string(owner: Any, name: str) -> str:
    value = owner.get(name)
    return value if isinstance(value, str) else ""


def _paragraphs(text: str, kind: str) -> str:
    """Text or HTML as plain paragraphs with an empty line between. Raises `Unreadable` for HTML of which only a part
    can be read."""
    if kind == "text/plain" or not text.strip():
        return text.strip()
    tree = markup.tree(f"<html><body>{text}</body></html>", "give the entry's words as text")
    parts = (" ".join(part.split()) for part in "".join(_pieces(tree)).split(_BREAK))
    return "\n\n".join(part for part in parts if part)


def _pieces(tree: Any) -> Iterator[str]:
    """The words of HTML in their order, with a break where a paragraph begins or ends."""
    walk = lxml.etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        at_break = _BREAK if element.tag in _PARAGRAPHS else " " if element.tag == "br" else ""
        if event == "start":
            yield at_break
            if element.tag in _NO_TEXT:
                walk.skip_subtree()
            else:
                yield element.text or ""
        else:
            yield at_break + (element.tail or "")


def _date(entry: Any) -> str:
    """The day the entry was published, else the one it was last updated, which is all that many feeds state; what is
    no date is given as it stands, for the refusal to show."""
    # FeedParserDict answers for names it does not have.
    stated = next((value for name in ("published", "updated", "created") if (value := dict.get(entry, name))), "")
    if day := stated_day(stated):
        return day.isoformat()
    fields = email.utils.parsedate(stated)  # RFC 822 with a year of two digits
    if fields and re.search(r"\d [A-Za-z]{3,9} \d\d(?= |$)", stated):
        return f"{fields[0]:04}-{fields[1]:02}-{fields[2]:02}"
    return str(stated)


def _address(link: str) -> str:
    return link if link.lower().startswith(("https://", "http://")) else ""
