"""Who may ask for what: the checks that every request passes, and the headers of every answer.

A page of another site that is open in the same browser can send requests here. It is kept out by the names this server
goes by (Host), by where a request comes from (Origin, Sec-Fetch-Site), and by a token in every form.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import socket
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from turnstone.web.settings import WebSettings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # with no-referrer a browser says of its own forms that they come from nowhere
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
FORM_FIELD = "form_token"
FORM_HEADER = "x-form-token"

_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Safety:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self._app = app
        self._settings = settings
        self._secret = secrets.token_bytes(32)
        self._names = {settings.host.lower(), *(name.lower() for name in settings.names)}
        if settings.is_loopback or settings.is_everywhere:
            self._names |= _LOOPBACK_NAMES
        if settings.is_everywhere:
            self._names |= {socket.gethostname().lower(), socket.getfqdn().lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # nothing here speaks anything else
        headers = Headers(scope=scope)
        visitor = _cookie(headers, f"turnstone_visitor_{self._settings.port}")
        fresh = visitor or secrets.token_urlsafe(18)
        scope.setdefault("state", {})["form_token"] = self._form_token(fresh)
        cookies = [] if visitor else [self._set_cookie("visitor", fresh)]

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    out.setdefault(name, value)
                out.setdefault("cache-control", "no-store")
                for cookie in cookies:
                    out.append("set-cookie", cookie)
            await send(message)

        if (refusal := self._refusal(scope, headers)) is not None:
            await refusal(scope, receive, sending)
            return
        if self._settings.token and not self._is_known(scope, headers):
            given = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("token", "")
            if scope["method"] == "GET" and given and _same(given, self._settings.token):
                cookies.append(self._set_cookie("token", given))
                await RedirectResponse(_without_token(scope), 303)(scope, receive, sending)
            else:
                text = "This workbench asks for its token: open the address that turnstone serve printed."
                asking = _refused(scope, 401, text, {"www-authenticate": "Bearer"})
                await asking(scope, receive, sending)
            return
        await self._app(scope, _counted(receive, self._settings.largest), sending)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._is_ours(hosts[0]):
            return _refused(
                scope, 421, f"Host: {_names(hosts)} is no name of this workbench; give it by turnstone serve --name"
            )
        site = headers.get("sec-fetch-site", "none")
        origin = headers.get("origin")
        if scope["method"] in _READING:
            if site not in ("same-origin", "none") and headers.get("sec-fetch-mode") != "navigate":
                return _refused(scope, 403, "Another site may link to this one, and no more; open it by itself.")
        elif site not in ("same-origin", "none") or (origin is not None and not self._is_here(origin, hosts[0])):
            return _refused(scope, 403, "Forms of other sites are not taken; send it from a page of this one.")
        if not headers.get("content-length", "0").isdecimal():
            return _refused(scope, 400, "Content-Length: no number; give the bytes of the body.")
        if int(headers.get("content-length", "0")) > self._settings.largest:
            return _refused(scope, 413, _too_large(self._settings.largest))
        return None

    def _is_ours(self, host: str) -> bool:
        name = _name(host)
        if name in self._names:
            return True
        if not self._settings.is_everywhere:
            return False
        try:  # a name can be made to point anywhere, an address cannot
            ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return False
        return True

    @staticmethod
    def _is_here(origin: str, host: str) -> bool:
        parts = urlsplit(origin)
        return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()

    def _is_known(self, scope: Scope, headers: Headers) -> bool:
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and _same(bearer.strip(), self._settings.token):
            return True
        return _same(_cookie(headers, f"turnstone_token_{self._settings.port}"), self._settings.token)

    def _set_cookie(self, what: str, value: str) -> str:
        # Cookies do not keep the ports of a machine apart.
        return f"turnstone_{what}_{self._settings.port}={value}; Path=/; HttpOnly; SameSite=Lax"

    def _form_token(self, visitor: str) -> str:
        return hmac.new(self._secret, visitor.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


async def check_form(request: Request) -> None:
    """Holds every request that changes something to the token of its page; a dependency of the whole application.

    It stands in the field `form_token` or the header X-Form-Token. JSON needs none: a page of another site cannot send
    it without asking first, which is not answered.
    """
    if request.method in _READING:
        return
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return
    given: object = request.headers.get(FORM_HEADER)
    if given is None and kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        given = (await request.form()).get(FORM_FIELD)
    if not isinstance(given, str) or not _same(given, request.state.form_token):
        raise HTTPException(403, "The form is from another visit; load its page again and send it once more.")


def _refused(scope: Scope, status: int, text: str, headers: dict[str, str] | None = None) -> Response:
    if scope["path"].startswith("/api/"):
        return JSONResponse({"detail": text}, status, headers)
    return PlainTextResponse(f"{text}\n", status, headers)


def _too_large(largest: int) -> str:
    return f"The request is too large: at most {largest:,} bytes are taken; send less, or code it with turnstone code."


def _names(hosts: list[str]) -> str:
    return repr(hosts[0][:100]) if len(hosts) == 1 else f"{len(hosts)} names"


def _counted(receive: Receive, largest: int) -> Receive:
    seen = 0

    async def receiving() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > largest:
            raise HTTPException(413, _too_large(largest))
        return message

    return receiving


def _name(host: str) -> str:
    """A Host without its port."""
    host = host.lower()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _same(given: str, wanted: str) -> bool:
    return bool(given) and hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode("utf-8", "replace"))


def _without_token(scope: Scope) -> str:
    rest = [(k, v) for k, v in parse_qsl(scope["query_string"].decode("latin-1"), True) if k != "token"]
    path = "/" + bytes(scope.get("raw_path") or b"/").decode("latin-1").lstrip("/\\")
    return path + (f"?{urlencode(rest)}" if rest else "")
