"""What a server sent, unpacked: as text pages are, and never to more than is asked for."""

from __future__ import annotations

import io
import zlib
from typing import Any

from fastwarc.stream_io import BrotliReader, ChunkedReader, ZstdReader

from turnstone.reading.unreadable import Unreadable, too_long

_PIECE = 1 << 16


def unchunked(body: bytes) -> bytes:
    """A body that was sent in chunks, joined; the body itself where it is not in chunks, as when it was joined before
    it was stored and the header kept."""
    try:
        return _read(ChunkedReader(io.BytesIO(body)), len(body))
    except OSError:
        return body


def unpacked(body: bytes, encoding: str, limit: int) -> bytes:
    """A body by its Content-Encoding; the body itself where it does not begin as one so packed. Raises `Unreadable` for
    one that is damaged or unpacks to more than `limit` bytes."""
    for name in reversed([name for one in encoding.lower().split(",") if (name := one.strip())]):
        try:
            if name in ("gzip", "x-gzip", "deflate"):
                body = _inflated(body, limit)
            elif name == "br":
                body = _read(BrotliReader(io.BytesIO(body)), limit)
            elif name == "zstd":
                body = _read(ZstdReader(io.BytesIO(body)), limit)
            elif name != "identity":
                raise Unreadable(f"the page is packed as {name[:30]!r}, which turnstone does not know", "unpack it")
        except (OSError, zlib.error) as error:
            if _looks_plain(body):
                return body
            raise Unreadable(f"the page is packed as {name} and damaged ({error})", "fetch the page again") from None
    return body


def _looks_plain(body: bytes) -> bool:
    """Whether this is markup that was stored unpacked under the header of the packed page."""
    return body[:1024].lstrip().startswith(b"<")


def _inflated(body: bytes, limit: int) -> bytes:
    """gzip, zlib, or the bare deflate that some servers send in its stead."""
    for form in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        engine = zlib.decompressobj(form)
        try:
            data = engine.decompress(body, limit + 1)
        except zlib.error:
            if form < 0:
                raise
            continue
        if len(data) > limit:
            raise too_long("the page", limit)
        if not engine.eof:
            raise zlib.error("it ends too early")
        return data
    raise AssertionError


def _read(reader: Any, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := reader.read(_PIECE):
        size += len(part)
        if size > limit:
            raise too_long("the page", limit)
        parts.append(part)
    return b"".join(parts)
