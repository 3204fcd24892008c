"""A document fetched from a web address: from public machines only, of bounded size, with no cookies."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import re
import socket
import ssl
from collections.abc import Iterator
from email.message import Message
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from turnstone import __version__
from turnstone.reading.parsers import bodies
from turnstone.reading.unreadable import Unreadable, shown, too_long

_REDIRECTIONS = 5
_SOCKET_SECONDS = 20.0
_MOVED = (301, 302, 303, 307, 308)
_PORTS = {"http": 80, "https": 443}
_SAFE = "!#$%&'()*+,/:;=?@[]~"
_SAVE = "save it as a file and give that"
_CHECK = "check the address, or save it as a file and give that"
_MASKED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 addresses as networks of IPv6 alone write them


def fetch(address: str, limit: int) -> Iterator[dict[str, str] | bytes]:
    """What an http or https address holds: `{"address", "type", "charset"}` of where it was found in the end,
    then its bytes. Every machine on the way must have a public address; it is connected to at the address that was
    looked at. Raises `Unreadable` for anything else, and for more than `limit` bytes."""
    for _ in range(_REDIRECTIONS + 1):
        parts = _parts(address)
        connection = _connect(parts)
        try:
            target = quote(f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}", safe=_SAFE)
            headers = {"User-Agent": f"turnstone/{__version__}", "Accept-Encoding": "identity", "Connection": "close"}
            connection.request("GET", target, headers=headers)
            response = connection.getresponse()
            if response.status in _MOVED and (there := response.headers.get("Location")):
                address = urljoin(address, there)
                continue
            if response.status != 200:
                raise Unreadable(f"the server answered {response.status} {shown(response.reason, 60)}", _CHECK)
            body = response.read(limit + 1)
            if len(body) > limit:
                raise too_long("what the address holds", limit)
            if response.length:
                raise Unreadable("the answer of the server breaks off", "try again")
            body = bodies.unpacked(body, response.headers.get("Content-Encoding", ""), limit)
            yield {"address": address, **_content_type(response.headers)}
            yield body
            return
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _unreached(error) from None
        finally:
            connection.close()
    raise Unreadable(f"the address leads on more than {_REDIRECTIONS} times", _CHECK)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public network; one that wraps another is as public as that."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _MASKED:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local or ip.teredo:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises ValueError for one that is none
    except ValueError as error:
        raise Unreadable(f"it is no web address ({error})", _CHECK) from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise Unreadable(f"only http and https addresses are read, not {shown(address)}", _SAVE)
    if parts.username is not None or parts.password is not None:
        raise Unreadable("the address holds a user's name", _SAVE)
    return parts


def _connect(parts: SplitResult) -> http.client.HTTPConnection:
    """A connection to the first of a host's addresses that takes one; all of them must be public."""
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    try:
        name = host if ":" in host else host.encode("idna").decode("ascii")
        found = [str(one[4][0]) for one in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise Unreadable(f"the host {shown(host)} is not found ({error})", _CHECK) from None
    for one in found:
        if not is_public(one.partition("%")[0]):
            raise Unreadable(f"the host {shown(host)} is not on the public network ({one})", _SAVE)
    failure: Exception = OSError("it has no address")
    for one in dict.fromkeys(found):
        try:
            # The name is not looked up again: its next answer could be another.
            raw = socket.create_connection((one, port), timeout=_SOCKET_SECONDS)
            if parts.scheme == "http":
                plain = http.client.HTTPConnection(name, port)
                plain.sock = raw
                return plain
            secure = http.client.HTTPSConnection(name, port)
            with contextlib.ExitStack() as undo:
                undo.callback(raw.close)
                secure.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=name)
                undo.pop_all()
            return secure
        except (OSError, ValueError, http.client.InvalidURL) as error:
            failure = error
    raise _unreached(failure)


def _unreached(error: Exception) -> Unreadable:
    said = " ".join(str(error).split())[:200] or type(error).__name__
    return Unreadable(f"it cannot be fetched ({said})", _CHECK)


def _content_type(headers: Message[Any, Any]) -> dict[str, str]:
    found = headers.get("Content-Type", "")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", found, re.IGNORECASE)
    return {"type": found.partition(";")[0].strip().lower(), "charset": charset[1] if charset else ""}
