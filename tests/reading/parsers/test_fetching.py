from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from turnstone.reading.parsers import fetching
from turnstone.reading.unreadable import Unreadable

LOCAL = fetching.is_public  # before any test replaces it


class Handler(BaseHTTPRequestHandler):
    seen: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        Handler.seen.append((self.path, dict(self.headers)))
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Set-Cookie", "a=b")
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
            return
        self.send_response(404 if self.path == "/gone" else 200)
        self.send_header("Content-Type", "text/html; charset=latin1")
        body = b"<p>page"
        if self.path == "/packed":
            self.send_header("Content-Encoding", "gzip")
            body = gzip.compress(body * 100)
        self.send_header("Content-Length", str(len(body) + (self.path == "/cut")))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    Handler.seen = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_address[1]}"
        found.shutdown()


@pytest.fixture
def anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine counts as public."""
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1" or LOCAL(address))


def fetched(address: str, limit: int = 1000) -> list[Any]:
    return list(fetching.fetch(address, limit))


def refused(address: str, limit: int = 1000) -> str:
    with pytest.raises(Unreadable) as caught:
        fetched(address, limit)
    assert caught.value.remedy
    return caught.value.reason


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1",
        "2002:7f00:1::", "64:ff9b::7f00:1", "2001:db8::1", "2001:0:53aa:64c:1:2:3:4",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not fetching.is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_addresses_that_are(address: str) -> None:
    assert fetching.is_public(address)


@pytest.mark.parametrize(
    "address, said",
    [
        ("http://127.0.0.1/", "not on the public network (127.0.0.1)"),
        ("http://localhost:8080/", "not on the public network"),
        ("http://2130706433/", "not on the public network (127.0.0.1)"),
        ("http://[::1]/", "not on the public network (::1)"),
        ("http://[::ffff:10.0.0.1]/", "not on the public network"),
        ("https://169.254.169.254/latest/meta-data", "not on the public network"),
        ("ftp://93.184.216.34/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("http:///a", "only http and https"),
        ("http://me:secret@93.184.216.34/", "user's name"),
        ("http://93.184.216.34:99999/", "no web address"),
        ("http://[::1/", "no web address"),
        ("http://a..b/", "is not found"),
        (f"http://{'a' * 300}/", "is not found"),
    ],
)
def test_addresses_that_are_never_connected_to(monkeypatch: pytest.MonkeyPatch, address: str, said: str) -> None:
    def no(*_: object, **__: object) -> None:
        raise AssertionError("connected")

    monkeypatch.setattr(socket, "create_connection", no)
    assert said in refused(address)


def test_one_private_address_among_a_hosts_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert "(10.0.0.1)" in refused("http://harbour.example/")


def test_the_address_looked_at_is_the_one_connected_to(
    monkeypatch: pytest.MonkeyPatch, server: str, anywhere: None
) -> None:
    port = int(server.rpartition(":")[2])
    answers = [[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers.pop())
    made: list[Any] = []

    def connect(where: tuple[str, int], **_: object) -> socket.socket:
        made.append(where)
        found = socket.socket()
        found.connect(where)
        return found

    monkeypatch.setattr(socket, "create_connection", connect)
    told, body = fetched(f"http://harbour.example:{port}/a")
    assert (told["address"], body) == (f"http://harbour.example:{port}/a", b"<p>page")
    assert made == [("127.0.0.1", port)] and not answers
    assert Handler.seen[-1][1]["Host"] == f"harbour.example:{port}"


def test_what_is_fetched(server: str, anywhere: None) -> None:
    told, body = fetched(f"{server}/to//to//café page?q=ö")
    assert told == {"address": f"{server}/caf%C3%A9%20page?q=%C3%B6", "type": "text/html", "charset": "latin1"}
    assert body == b"<p>page"
    assert not any("Cookie" in headers for _, headers in Handler.seen)
    assert fetched(f"{server}/packed")[1] == b"<p>page" * 100


@pytest.mark.parametrize(
    "path, said",
    [
        ("/gone", "the server answered 404"),
        ("/cut", "breaks off"),
        ("/to/http://10.0.0.1/", "not on the public network (10.0.0.1)"),
        ("/to/file:///etc/passwd", "only http and https"),
        ("/to/" * 7 + "/a", "leads on more than 5 times"),
    ],
)
def test_what_is_not(server: str, anywhere: None, path: str, said: str) -> None:
    assert said in refused(server + path)


def test_sizes(server: str, anywhere: None) -> None:
    assert "longer than 6 bytes" in refused(f"{server}/a", 6)
    assert "longer than 600 bytes" in refused(f"{server}/packed", 600)


def test_a_server_that_is_none(anywhere: None) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert "cannot be fetched" in refused(f"http://127.0.0.1:{closed.getsockname()[1]}/")
