"""Documents made for tests: WARC files, zip and tar archives."""

from __future__ import annotations

import io
import tarfile
import zipfile

PAGE = b"""<!doctype html><html><head><title>Talks</title><meta property="article:published_time" content="2021-05-04">
</head><body><article><h1>Harbour talks open</h1><p>The two delegations met for the first time, and the mediator said
that more rounds would follow before the summer was over.</p><p>The minister thanked the hosts and asked both sides to
refrain from violence while the talks went on.</p></article></body></html>"""

HTML = "Content-Type: text/html; charset=utf-8\r\n"


def record(
    body: bytes = PAGE,
    address: str = "https://harbour.example/talks",
    *,
    status: str = "200 OK",
    http: str = HTML,
    kind: str = "response",
    headers: str = "",
    length: int | None = None,
) -> bytes:
    """A record of a WARC file."""
    block = f"HTTP/1.1 {status}\r\n{http}\r\n".encode("latin-1") + body
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
    head += f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype={kind}\r\n{headers}"
    size = len(block) if length is None else length
    return f"{head}Content-Length: {size}\r\n\r\n".encode() + block + b"\r\n\r\n"


def zipped(*members: tuple[str | zipfile.ZipInfo, str | bytes]) -> bytes:
    """A zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def link(name: str, target: str) -> tarfile.TarInfo:
    """A symbolic link for `tarred`."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = tarfile.SYMTYPE, target
    return info


def tarred(*members: tuple[str | tarfile.TarInfo, bytes], mode: str = "w") -> bytes:
    """A tar archive; mode "w:gz" for a compressed one."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members:
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return file.getvalue()
