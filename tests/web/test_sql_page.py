from __future__ import annotations

import io
import re
from collections.abc import Callable

import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from tests.web.hostile_record import PAYLOADS, hostile
from turnstone.query import Limits
from turnstone.web.pages import sql


def token(client: TestClient) -> str:
    found = re.search(r'name="form_token" value="(\w+)"', client.get("/sql").text)
    assert found
    return found[1]


def test_a_query_gives_rows_under_its_limits(client: TestClient) -> None:
    query = "SELECT event_id, first_day, modes, confidence FROM events ORDER BY article_id"
    found = client.post("/api/sql", json={"query": query, "rows": 2}).json()
    assert found["columns"] == ["event_id", "first_day", "modes", "confidence"]
    assert found["rows"] == [["1", "2023-03-03", ["meet"], 0.75]] * 2
    assert found["more"]


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("SELECT * FROM read_csv('/etc/passwd')", "not allowed"),
        ("DROP TABLE events", "SELECT"),
        ("SELECT nothing FROM events", "nothing"),
        ("", "query"),
    ],
)
def test_what_cannot_be_asked_is_told_with_the_reason(client: TestClient, query: str, why: str) -> None:
    answer = client.post("/api/sql", json={"query": query})
    assert (answer.status_code, why in answer.json()["detail"]) == (422, True), answer.text


def test_a_query_that_takes_too_long_is_stopped(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql, "LIMITS", Limits(seconds=0.2))
    answer = client.post("/api/sql", json={"query": "SELECT count(*) FROM range(100000000000)"})
    assert answer.status_code == 422 and "stopped" in answer.json()["detail"]


def test_a_query_in_the_address_is_shown_and_waits_for_its_form(client: TestClient) -> None:
    page = client.get("/sql", params={"q": "SELECT 1 AS one"}).text
    assert "SELECT 1 AS one</textarea>" in page and '<h2 id="h-rows">' not in page
    assert client.post("/sql", data={"q": "SELECT 1"}).status_code == 403


def test_the_form_gives_a_page_csv_and_parquet(client: TestClient) -> None:
    form = {"form_token": token(client), "q": "SELECT article_id, '=1+1' AS formula FROM events ORDER BY 1"}
    assert "<td" in client.post("/sql", data=form).text
    assert client.post("/sql.csv", data=form).text.splitlines()[:2] == ["article_id,formula", "a,'=1+1"]
    table = pq.read_table(io.BytesIO(client.post("/sql.parquet", data=form).content))
    assert table.column("article_id").to_pylist() == ["a", "b", "c"]
    wrong = client.post("/sql", data={**form, "q": "SELECT FROM"})
    assert wrong.status_code == 422 and "did not run" in wrong.text


def test_every_example_runs_and_every_column_is_there(client: TestClient) -> None:
    for query in sql.EXAMPLES.values():
        assert client.post("/api/sql", json={"query": query}).status_code == 200, query
    for table in client.get("/api/sql").json()["tables"]:
        found = client.post("/api/sql", json={"query": f"SELECT * FROM {table['name']} LIMIT 0"}).json()["columns"]
        assert {one["name"] for one in table["columns"]} <= set(found), table["name"]


def test_rows_are_words_and_no_markup(serve: Callable[..., TestClient]) -> None:
    client = serve(*hostile())
    form = {"form_token": token(client), "q": 'SELECT name AS "<b>x", [name] AS list FROM participants'}
    page = client.post("/sql", data=form).text
    assert "<b>x" not in page
    assert not [payload for payload in PAYLOADS if "<" in payload and payload in page]
