"""An object store that speaks as much of S3 as s3fs asks for, for the tests: in memory, and deaf to signatures. The
bucket `denied` is nobody's to read.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    objects: dict[str, bytes]

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, status: int, body: bytes = b"", head: bool = False) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Last-Modified", "Mon, 20 Nov 2023 08:00:00 GMT")
        self.send_header("ETag", f'"{hashlib.md5(body).hexdigest()}"')
        self.end_headers()
        if not head:
            self.wfile.write(body)

    def _error(self, status: int, code: str) -> None:
        self._answer(status, f"<Error><Code>{code}</Code><Message>{code}</Message></Error>".encode())

    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).lstrip("/")

    def do_HEAD(self) -> None:
        if self._key().startswith("denied"):
            self._answer(403, head=True)
            return
        found = self.objects.get(self._key())
        bucket = "/" not in self._key().rstrip("/")
        self._answer(200 if found is not None or bucket else 404, found or b"", head=True)

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        if self._key().startswith("denied"):
            self._error(403, "AccessDenied")
        elif "list-type" in query:
            self._list(self._key().rstrip("/"), query)
        elif (found := self.objects.get(self._key())) is None:
            self._error(404, "NoSuchKey")
        else:
            self._answer(200, found)

    def _list(self, bucket: str, query: dict[str, list[str]]) -> None:
        prefix, delimiter = query.get("prefix", [""])[0], query.get("delimiter", [""])[0]
        keys, folders = [], set()
        for name in sorted(self.objects):
            key = name.removeprefix(f"{bucket}/")
            if not key.startswith(prefix):
                continue
            if delimiter and delimiter in key[len(prefix) :]:
                folders.add(prefix + key[len(prefix) :].partition(delimiter)[0] + delimiter)
            else:
                keys.append((key, len(self.objects[name])))
        rows = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{size}</Size><ETag>x</ETag>"
            "<LastModified>2023-11-20T08:00:00.000Z</LastModified></Contents>"
            for key, size in keys
        )
        rows += "".join(f"<CommonPrefixes><Prefix>{escape(one)}</Prefix></CommonPrefixes>" for one in sorted(folders))
        count = f"<IsTruncated>false</IsTruncated><KeyCount>{len(keys) + len(folders)}</KeyCount>"
        self._answer(200, f"<ListBucketResult>{count}{rows}</ListBucketResult>".encode())

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if source := self.headers.get("x-amz-copy-source"):
            self.objects[self._key()] = self.objects[unquote(source).lstrip("/")]
            self._answer(200, b"<CopyObjectResult><ETag>x</ETag></CopyObjectResult>")
        else:
            self.objects[self._key()] = body
            self._answer(200)

    def do_POST(self) -> None:  # the removal of several
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        for piece in body.split("<Key>")[1:]:
            self.objects.pop(f"{self._key().rstrip('/')}/{piece.partition('</Key>')[0]}", None)
        self._answer(200, b"<DeleteResult></DeleteResult>")

    def do_DELETE(self) -> None:
        self.objects.pop(self._key(), None)
        self._answer(204)


@contextmanager
def object_store() -> Iterator[tuple[str, dict[str, bytes]]]:
    """The address of a store and what it holds, by bucket and key."""
    objects: dict[str, bytes] = {}
    handler = type("Handler", (_Handler,), {"objects": objects})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", objects
    finally:
        server.shutdown()
        server.server_close()
