from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from turnstone.web.safety import POLICY
from turnstone.web.settings import WebSettings

TOKEN = "correct-horse-battery"


@pytest.mark.parametrize("path", ["/", "/events", "/api/events", "/nothing", "/api", "/openapi.json", "/events?from=x"])
def test_every_answer_carries_the_policy_and_its_kin(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"


def test_the_policy_allows_no_inline_script_or_style_and_no_frame() -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in POLICY.split(";"))
    assert "unsafe" not in POLICY
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == "'none'"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:8765", "", "localhost.evil.example", "10.0.0.1"]
)
def test_a_name_that_is_not_ours_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST", "[::1]:8765"])
def test_every_name_of_the_loopback_is_ours(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_listening_everywhere_takes_addresses_but_only_known_names(serve: Callable[..., TestClient]) -> None:
    client = serve(host="0.0.0.0", names=("desk.example",))
    for host, status in (("192.168.7.7:8765", 404), ("desk.example", 404), ("evil.example", 421)):
        assert client.get("/", headers={"host": host}).status_code == status, host


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_what_another_site_sends_is_refused_even_as_json(client: TestClient, headers: dict[str, str]) -> None:
    report = {"text": "Ruritania invited Graustark.", "date": "2023-03-01"}
    assert client.post("/api/code", json=report, headers=headers).status_code == 403


def test_another_site_may_link_here_but_not_load_from_here(client: TestClient) -> None:
    other = {"sec-fetch-site": "cross-site"}
    assert client.get("/", headers={**other, "sec-fetch-mode": "navigate"}).status_code == 200
    assert client.get("/api/events", headers={**other, "sec-fetch-mode": "cors"}).status_code == 403
    assert client.get("/static/page.js", headers={**other, "sec-fetch-mode": "no-cors"}).status_code == 403


def test_a_form_without_the_token_of_its_page_is_refused(client: TestClient) -> None:
    report = {"text": "Ruritania invited Graustark.", "date": "2023-03-01"}
    client.get("/")
    for form_token in ({}, {"form_token": ""}, {"form_token": "0" * 64}):
        answer = client.post("/code", data={**report, **form_token})
        assert answer.status_code == 403, answer.text
    assert (
        client.post("/code", content=b"text=a&date=2023-03-01", headers={"content-type": "text/plain"}).status_code
        == 403
    )


def test_a_token_of_another_visitor_is_refused(serve: Callable[..., TestClient]) -> None:
    client = serve()
    theirs = form_token(client.get("/").text)
    client.cookies.clear()
    client.get("/")
    assert client.post("/code", data={"text": "", "date": "", "form_token": theirs}).status_code == 403


def test_with_the_token_of_its_page_a_form_is_read(client: TestClient) -> None:
    token = form_token(client.get("/").text)
    assert client.post("/code", data={"text": "", "date": "x", "form_token": token}).status_code == 422


def test_without_the_token_nothing_is_served(serve: Callable[..., TestClient]) -> None:
    client = serve(host="0.0.0.0", token=TOKEN)
    for path in ("/", "/api/events", "/static/page.js", "/openapi.json", "/?token=wrong", "/?token="):
        assert client.get(path).status_code == 401, path
    assert client.get("/", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/", headers={"cookie": "turnstone_token_8765=wrong"}).status_code == 401


def test_the_token_in_the_address_becomes_a_cookie_and_leaves_the_address(serve: Callable[..., TestClient]) -> None:
    client = serve(token=TOKEN)
    answer = client.get(f"/events?token={TOKEN}&q=a%20b", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/events?q=a+b")
    assert "HttpOnly" in answer.headers["set-cookie"] and "SameSite" in answer.headers["set-cookie"]
    assert client.get("/static/page.js").status_code == 200
    assert client.get("/static/page.js", headers={"authorization": f"Bearer {TOKEN}", "cookie": ""}).status_code == 200


def test_the_token_never_leads_to_another_site(serve: Callable[..., TestClient]) -> None:
    answer = serve(token=TOKEN).get(f"//evil.example/?token={TOKEN}", follow_redirects=False)
    assert not answer.headers.get("location", "/").startswith("//")


def test_what_is_too_large_is_refused(serve: Callable[..., TestClient]) -> None:
    client = serve(largest=1000)
    assert client.post("/api/code", json={"text": "a" * 2000, "date": "2023-03-01"}).status_code == 413

    def pieces() -> object:
        for _ in range(20):
            yield b" " * 100

    answer = client.post("/api/code", content=pieces(), headers={"content-type": "application/json"})  # type: ignore[arg-type]
    assert answer.status_code in (400, 413)


@pytest.mark.parametrize(
    ("host", "loopback"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("desk", False)]
)
def test_only_the_loopback_is_loopback(host: str, loopback: bool) -> None:
    assert WebSettings(host=host).is_loopback is loopback


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/%2e%2e/cli/__init__.py"])
def test_no_path_leads_out_of_the_bundled_files(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (404, 422)


def form_token(page: str) -> str:
    return page.partition('name="form_token" value="')[2].partition('"')[0]
