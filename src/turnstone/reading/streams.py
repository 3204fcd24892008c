"""Bytes in: plain or gzip, UTF-8 or UTF-16, as chunks, as lines, or whole; never more in memory than asked for."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from turnstone.reading.unreadable import Unreadable, not_utf8, too_long

RATIO = 200
"""Compressed data may unpack to so many times its size ..."""
FREE = 16 * 2**20
"""... once it has unpacked to so many bytes. Text seldom gets to 20 times; what gets to 1,000 was made to do harm."""

_CHUNK = 1 << 16
_DENSE = "look at what is in it; if it is text, give it unpacked"
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its line break. `number` counts from 1; `offset` in bytes from the start of the file; `content` is
    None where the line was over the limit."""

    number: int
    offset: int
    content: bytes | None


def chunks(file: BinaryIO | Readable, compressed: bool) -> Iterator[bytes]:
    """The bytes of a file. A damaged gzip file, or one that unpacks to far more than texts do, raises `Unreadable`
    after everything before the damage."""
    try:
        if not compressed:
            while chunk := file.read(_CHUNK):
                yield chunk
            return
        with gzip.GzipFile(fileobj=file, mode="rb") as unpacked:
            # read1, not read: read would lose what was unpacked in the call that meets the damage.
            size = 0
            while chunk := unpacked.read1(_CHUNK):
                size += len(chunk)
                if too_dense(size, file.tell()):
                    raise Unreadable(f"the gzip file unpacks to more than {RATIO} times its size", _DENSE)
                yield chunk
    except EOFError:
        raise Unreadable("the gzip file ends too early", "copy or download it again") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise Unreadable(f"the gzip file is damaged ({error})", "copy or download it again") from None
    except OSError as error:
        raise unopened(error) from None


def too_dense(unpacked: int, packed: int) -> bool:
    """Whether so many bytes out of so many are more than any text makes."""
    return unpacked > FREE and unpacked > RATIO * packed


class Readable(io.RawIOBase):
    """Chunks as a file, for libraries that read from one. What the chunks raise comes through."""

    def __init__(self, source: Iterator[bytes]) -> None:
        self._source = source
        self._held = memoryview(b"")
        self._at = 0

    def tell(self) -> int:
        """How many bytes have been read."""
        return self._at

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer as far as the present chunk goes; 0 at the end."""
        while not self._held:
            chunk = next(self._source, None)
            if chunk is None:
                return 0
            self._held = memoryview(chunk)
        count = min(len(buffer), len(self._held))
        buffer[:count] = self._held[:count]
        self._held = self._held[count:]
        self._at += count
        return count


def unopened(error: OSError) -> Unreadable:
    """The refusal of a file that the system does not give us."""
    return Unreadable(f"it cannot be read ({error.strerror or error})", "check the name, its permissions and the disk")


def as_utf8(source: Iterator[bytes]) -> tuple[int, Iterator[bytes]]:
    """The bytes as UTF-8 without a byte order mark, and how many bytes the mark took. UTF-16 is recognised by its mark
    and recoded; UTF-8 is not checked here."""
    head = b""
    for chunk in source:
        head += chunk
        if len(head) >= 3:
            break
    if head.startswith(codecs.BOM_UTF8):
        return 3, _after(head[3:], source)
    if head[:2] in _UTF16:
        return 2, _recoded(_after(head[2:], source), _UTF16[head[:2]])
    return 0, _after(head, source)


def _after(head: bytes, source: Iterator[bytes]) -> Iterator[bytes]:
    if head:
        yield head
    yield from source


def _recoded(source: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    fed = 2
    try:
        for chunk in source:
            fed += len(chunk)
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeDecodeError as error:
        yield error.object[: error.start].decode(encoding).encode()
        at = fed - len(error.object) + error.start
        raise Unreadable(f"the bytes are not valid UTF-16 (byte offset {at})", "save it as UTF-8") from None


def lines(source: Iterator[bytes], offset: int, limit: int) -> Iterator[Line]:
    """Lines as they end in LF. A line of more than `limit` bytes is passed over without being held. When `source`
    breaks off, the whole lines before come first, then its `Unreadable`."""
    number, start, position = 1, offset, offset
    held: list[bytes] = []
    for chunk in source:
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            position += len(piece) + 1
            yield Line(number, start, b"".join([*held, piece, b"\n"]) if position - start <= limit + 1 else None)
            number, start, held = number + 1, position, []
        position += len(rest)
        if position - start > limit:
            held = []
        elif rest:
            held.append(rest)
    if position > start:
        yield Line(number, start, b"".join(held) if position - start <= limit else None)


def whole(source: Iterator[bytes], limit: int, what: str, room: int = 0) -> bytes:
    """All bytes, or `Unreadable` once there are more than `limit` and the room left for what is cut off later."""
    parts: list[bytes] = []
    size = 0
    for chunk in source:
        size += len(chunk)
        if size > limit + room:
            raise too_long(what, limit)
        parts.append(chunk)
    return b"".join(parts)


def decode(data: bytes, offset: int) -> str:
    """UTF-8 bytes as text; `offset` is where they stood in the file, for the message."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise not_utf8(offset + error.start) from None
