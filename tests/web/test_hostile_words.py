"""Nothing that an article says, in any field, becomes markup."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from tests.web.hostile_record import PAYLOADS, hostile


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def client(serve: Callable[..., TestClient]) -> TestClient:
    return serve(*hostile())


def addresses(client: TestClient) -> list[str]:
    rows = client.get("/api/events?size=100").json()["rows"]
    assert len(rows) == len(PAYLOADS)
    found = ["/", "/events", "/events?q=invited"]
    found += [
        f"/events?{name}={payload}" for name in ("q", "actor", "source", "place") for payload in map(quoted, PAYLOADS)
    ]
    for row in rows:
        found += [f"/event?article={quoted(row['article'])}&id={quoted(row['id'])}"]
        found += [f"/article?id={quoted(row['article'])}&event={quoted(row['id'])}"]
    return found


def quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")


def test_no_page_gains_an_element_or_attribute_from_an_article(client: TestClient) -> None:
    for address in addresses(client):
        page = client.get(address)
        assert page.status_code == 200, address
        parser = Elements()
        parser.feed(page.text)
        for tag, attributes in parser.found:
            assert tag not in ("img", "svg", "iframe", "object", "embed", "base", "math"), address
            assert not any(name.startswith("on") or name in ("style", "srcdoc") for name in attributes), address
            for name in ("href", "src", "action", "hx-get"):
                target = attributes.get(name) or "/"
                assert target.startswith(("/", "#", "https://news.example/")), (address, target)
            if tag == "script":
                assert attributes.get("src") or attributes.get("type") == "application/json"


def test_data_for_charts_cannot_end_its_own_element(client: TestClient) -> None:
    page = client.get("/").text
    data = page.partition('<script type="application/json" id="chart-data">')[2].partition("</script>")[0]
    assert "<" not in data and "Strelsau" in data
