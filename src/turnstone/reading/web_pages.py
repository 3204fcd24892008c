"""One article as a web page."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from turnstone.reading import articles, dates, streams
from turnstone.reading.articles import Columns, Terms
from turnstone.reading.parsers.process import Parser
from turnstone.reading.unreadable import Unreadable
from turnstone.records import Article, Refusal

_DECLARED = re.compile(
    rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,500}\?>")
_ENCODINGS = re.compile(
    r"(utf-8|ascii|iso8859|cp125|cp874|cp866|koi8|gb|big5|euc_|shift_jis|cp932|cp949|iso2022_jp|mac-)"
)
# Browsers read these three as the Windows encodings that contain them, and pages are written for browsers.
_AS_BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}


def read(
    source: Iterator[bytes], origin: str, terms: Terms, parser: Parser, address: str = "", charset: str = ""
) -> Article | Refusal:
    """The article in a web page, dated as the page states or else by the date of `terms`. `address` is where the page
    was found, and `charset` the encoding that was told with it, empty where that is not known."""
    try:
        page = decode(streams.whole(source, terms.max_bytes, "the page"), charset)
    except Unreadable as error:
        return error.refusal(origin)
    return article(page, origin, terms, parser, address)


def article(page: str, origin: str, terms: Terms, parser: Parser, address: str = "") -> Article | Refusal:
    """The article in a page that has been decoded."""
    try:
        if not page.strip():
            raise Unreadable(articles.EMPTY_TEXT, "save the page again")
        values: dict[str, str] = parser.one(page)
        if not values.get("text", "").strip():
            raise Unreadable(articles.EMPTY_TEXT, "no running text was found in the page: give the article as text")
        if not values.get("date") and (day := dates.day_in_address(address)):
            values["date"] = day.isoformat()
        if not values.get("date") and terms.date is None:
            raise Unreadable("the page states no date of publication", dates.no_date().remedy)
    except Unreadable as error:
        return error.refusal(origin)
    values["url"] = address or values.get("url", "")
    return articles.build(values, origin, Terms(terms.date, Columns(), terms.max_bytes))


def decode(data: bytes, told: str = "") -> str:
    """A page as text: by its byte order mark; as UTF-8 where it holds more than ASCII and all of it is valid UTF-8,
    which text in no other encoding is; else by the encoding `told` with it, else by the one it declares."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _, source = streams.as_utf8(iter([data]))
        return b"".join(source).decode()
    if data.startswith(codecs.BOM_UTF8):
        return streams.decode(data[3:], 3)
    name, label = _encoding(data, told)
    if name != "utf-8" and not data.isascii():
        try:
            return _XML_DECLARATION.sub("", data.decode())
        except UnicodeDecodeError:
            pass
    if not _ENCODINGS.match(name):
        raise Unreadable(f"the page declares the encoding {label!r}, which turnstone does not know", "save it as UTF-8")
    if name == "utf-8":
        return _XML_DECLARATION.sub("", streams.decode(data, 0))
    name = _AS_BROWSERS.get(name, name)
    try:
        return _XML_DECLARATION.sub("", data.decode(name))
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"the bytes are not valid {label}, which the page declares (byte offset {error.start})", "save it as UTF-8"
        ) from None


def _encoding(data: bytes, told: str) -> tuple[str, str]:
    """Python's name of a page's encoding, empty where it has none, and the page's own."""
    if told and _ENCODINGS.match(name := _known(told)):
        return name, told
    declared = _DECLARED.search(data[:4096])
    label = (declared[1] or declared[2]).decode("ascii", "replace") if declared else "utf-8"
    name = _known(label)
    return ("utf-8" if name.startswith("utf-16") else name), label  # readable as ASCII, so not in UTF-16


def _known(label: str) -> str:
    try:
        return codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
