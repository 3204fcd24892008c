"""The web pages in a WARC file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from turnstone.reading import streams, web_pages
from turnstone.reading.parsers import bodies
from turnstone.reading.unreadable import Unreadable, too_long

_PAGES = ("text/html", "application/xhtml+xml")


def records(path: Path, compressed: bool, limit: int) -> Iterator[dict[str, Any]]:
    """The responses that are web pages, with the number of the record (from 1, all records counted), its address, and
    the page as text, or else reason and remedy. `limit` is that on a page, in bytes."""
    number = 0
    with path.open("rb") as file:
        source = streams.Readable(streams.chunks(file, compressed))
        try:
            for record in ArchiveIterator(source, parse_http=False, stream_detect=False):
                number += 1
                if int(record.record_type) != int(WarcRecordType.response):
                    continue
                address = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
                found = {"record": number, "address": address}
                try:
                    page = _page(record, limit)
                except Unreadable as error:
                    yield found | {"reason": error.reason, "remedy": error.remedy}
                    continue
                if page is not None:
                    yield found | {"page": page}
        except OSError as error:
            where = f"broken after record {number}" if number else "none"
            raise Unreadable(
                f"the WARC file is {where} ({error}); what follows is not read", "copy or download it again"
            ) from None
    if not number:
        raise Unreadable("the WARC file is empty", "copy or download it again")


def _page(record: WarcRecord, limit: int) -> str | None:
    """The page in a response, None where it is no page: an image, an error, a redirection."""
    try:
        record.parse_http(auto_decode="none")
        if not record.is_http_parsed or record.http_headers.status_code != 200:
            return None
    except OSError as error:
        raise Unreadable(f"the header of the response is broken ({error})", "fetch the page again") from None
    kind = record.http_content_type or record.headers.get("WARC-Identified-Payload-Type") or ""
    if kind.partition(";")[0].strip().lower() not in _PAGES:
        return None
    if cut := record.headers.get("WARC-Truncated"):
        raise Unreadable(f"the page was cut off when it was stored ({cut[:30]})", "fetch the page again")
    size = record.content_length
    if size > limit:
        raise too_long("the page", limit)
    parts: list[bytes] = []
    while part := record.reader.read(1 << 16):
        parts.append(part)
    body = b"".join(parts)
    if len(body) < size:
        raise Unreadable("the WARC file ends in the middle of the record", "copy or download it again")
    headers = {name.lower(): value for name, value in record.http_headers.items()}
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = bodies.unchunked(body)
    body = bodies.unpacked(body, headers.get("content-encoding", ""), limit)
    return web_pages.decode(body, record.http_charset or "")
