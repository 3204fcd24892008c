"""Whatever is asked of the API or sent to it, by its own description or against it, it answers and never fails."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from starlette.testclient import httpx  # the one that the client is made of

from tests.store.samples import article, record
from tests.web.conftest import ADDRESS
from tests.web.hostile_record import PAYLOADS
from turnstone.query import Limits, Result
from turnstone.query.prepared import prepared
from turnstone.query.serve import asked as answered
from turnstone.query.serve import lock
from turnstone.query.tables import connect
from turnstone.web.pages import sql
from turnstone.web.uploads import KINDS, Coding, Uploads

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

pytestmark = pytest.mark.long
CHECKS = (
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.response_schema_conformance,
)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
CHANGE = ("POST", "PUT", "PATCH", "DELETE")


@pytest.fixture
def many(request: pytest.FixtureRequest) -> int:
    found: int = request.config.getoption("--requests")
    return found


@pytest.fixture
def client(serve: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A record of its own, for what is sent changes it; of an upload everything happens but the coding."""
    told = [
        record(article("a", day=1)),
        record(article("b", day=2)),
        record(article("c", "Nobody did a thing.", day=3)),
    ]
    client = serve(*told)
    monkeypatch.setattr(Uploads, "_start", _not_coded)
    page = client.get("/").text
    client.headers["x-form-token"] = page.partition('name="form_token" value="')[2].partition('"')[0]
    return client


def _not_coded(self: Uploads, folder: Path, names: dict[str, str], date: str) -> Coding:
    now = time.monotonic()
    return Coding(folder, names, now, state="finished", ended=now)


@pytest.fixture
def queries_run_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Queries are read, refused and run as in a process of their own, without its start. The process itself is asked by
    `test_no_query_makes_it_fail` and in tests/query/test_process.py."""
    monkeypatch.setattr(sql, "run", _run_here)


def _run_here(directory: Path, query: str, limits: Limits) -> Result:
    files = prepared(directory, limits.threads)
    with connect(files, limits.threads, limits.memory_mb, sql=query) as connection:
        lock(connection, files)
        schema, batches, more = answered(connection, files, query, limits.rows, limits.memory_mb)
        return Result(pa.Table.from_batches(batches, schema), more)


def operations(client: TestClient) -> list[Any]:
    schema = schemathesis.openapi.from_dict(client.get("/openapi.json").json())
    return [found.ok() for found in schema.get_all_operations()]


def tried(many: int) -> Any:
    return settings(max_examples=many, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def send(client: TestClient, case: Any) -> Any:
    """The answer to a case, as a browser's page or a program would send it."""
    given = case.as_transport_kwargs(base_url=ADDRESS)
    headers = {name: value for name, value in given["headers"].items() if name.lower() != "user-agent"}
    body = given.get("data")
    try:
        answer = client.request(
            given["method"], given["url"], params=given.get("params"), headers=headers, files=_files(given),
            json=given.get("json"), **({"content": body} if isinstance(body, bytes | str) else {"data": body}),
        )  # fmt: skip
    except httpx.InvalidURL:  # an address so long that no client sends it
        reject()
    answer.request.read()  # files go out as a stream, and checks look at what was sent
    return answer


def _files(given: dict[str, Any]) -> list[tuple[str, Any]] | None:
    """The parts of a form with files; numbers and the like go out as words, as every form sends them."""
    files = given.get("files")
    if files is None:
        return None
    pairs = files.items() if isinstance(files, dict) else files
    return [
        (name, (one[0], _words(one[1]), *one[2:]) if isinstance(one, tuple) else _words(one)) for name, one in pairs
    ]


def _words(content: object) -> bytes | str:
    return content if isinstance(content, bytes | str) else json.dumps(content)


def refuses_cleanly(answer: Any) -> None:
    """A refusal is JSON with one text in it, long enough to say what, why and what to do."""
    if answer.status_code < 400:
        return
    assert answer.headers["content-type"] == "application/json", (answer.status_code, answer.text)
    assert list(answer.json()) == ["detail"], answer.text
    detail = answer.json()["detail"]
    assert isinstance(detail, str) and len(detail.split()) >= 6, detail
    assert len(detail) < 4000 and "Traceback" not in detail and "<class" not in detail, detail


def known_values(client: TestClient) -> dict[str, list[Any]]:
    """Values that name something in the record, by the names of what takes them."""
    rows = client.get("/api/events").json()["rows"]
    articles, events = [row["article"] for row in rows], [row["id"] for row in rows]
    said = client.post(
        "/api/review", json={"article": articles[0], "event": events[0], "verdict": "accept", "reviewer": "ana"}
    )
    assert said.status_code == 200, said.text
    queries = [
        "SELECT event_type, count(*) FROM events GROUP BY 1",
        "SELECT * FROM events",
        "SELECT 1/0",
        ";;",
        "SELECT '",
    ]
    return {
        "article": articles, "event": events, "id": [*articles, *events], "review": [said.json()["id"]],
        "a": ["RUR", "Ruritania"], "b": ["GRA", "Graustark"], "reviewer": ["ana", "ben"], "query": queries,
        "name": ["Graustark", "Rudolf Rassendyll"], "entity": ["angela-merkel", "Angela Merkel", "Bismarck"],
        "verdict": ["accept", "reject", "correct", "skip"], "start": [0], "end": [9], "mark": [""], "changes": [None],
        "q": ["invited", "gra", '"talks in"'],
        "text": ["Ruritania invited Graustark to talks in Strelsau."], "date": ["2023-03-01"],
    }  # fmt: skip


@pytest.mark.usefixtures("queries_run_here")
@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_no_request_makes_the_api_fail(client: TestClient, many: int, mode: str) -> None:
    known = known_values(client)
    asked: set[str] = set()
    kept: set[str] = set()
    for operation in operations(client):
        few = many if operation.path not in ("/api/sql", "/api/code", "/api/event/why") else max(3, many // 4)

        @tried(few)
        @given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode(mode)), data=st.data())
        def none_fails(case: Any, data: st.DataObject) -> None:
            if case.path.startswith("/api/review") and isinstance(case.body, dict):
                case.body.setdefault("reviewer", "ana")
            for values in (case.query, case.body):
                for name in (name for name in known if isinstance(values, dict) and name in values):
                    if data.draw(st.integers(0, 3)):
                        values[name] = data.draw(st.sampled_from(known[name]))
            answer = send(client, case)
            case.validate_response(answer, checks=CHECKS) if mode == "positive" else None
            assert answer.status_code < 500, (case.as_curl_command(), answer.text)
            refuses_cleanly(answer)
            asked.add(f"{case.method} {case.path}")
            if answer.status_code < 300:
                kept.add(f"{case.method} {case.path}")

        try:
            none_fails()
        except Unsatisfiable as error:  # nothing can be wrong where nothing is taken
            assert mode == "negative", error
    if mode == "positive":
        assert asked == {f"{one.method.upper()} {one.path}" for one in operations(client)}
        some = {"GET /api/overview", "GET /api/events", "POST /api/code"}
        assert (some | {"POST /api/review", "POST /api/sql"} if many >= 50 else some) <= kept


def test_what_an_address_does_not_take_is_refused_with_a_reason(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]
    for path, methods in described.items():
        for method in METHODS:
            if method.lower() in methods:
                continue
            answer = client.request(method, path.replace("{kind}", "csv"))
            assert answer.status_code in (404, 405), (method, path)
            refuses_cleanly(answer)
            assert path.partition("{")[0] in answer.json()["detail"], answer.text
    for path in ("/api/nothing", "/api/events/1", "/api/review/nothing"):
        answer = client.get(path)
        assert answer.status_code == 404 and path in answer.json()["detail"]


BODIES = (
    b"",
    b"{",
    b"[]",
    b"null",
    b'"a"',
    b"1e999",
    b"\xff\xfe",
    b'{"article": NaN}',
    b"[" * 10_000,
    b'{"a":' * 10_000,
)
KIND_OF_BODY = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "")


@pytest.mark.parametrize("kind", KIND_OF_BODY)
def test_a_body_that_cannot_be_read_is_refused_with_a_reason(client: TestClient, kind: str) -> None:
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        if "post" not in methods or "requestBody" not in methods["post"]:
            continue
        for body in BODIES:
            answer = client.post(path, content=body, headers={"content-type": kind})
            assert 400 <= answer.status_code < 500, (path, kind, body[:20], answer.text)
            refuses_cleanly(answer)


def test_a_refusal_names_the_value_and_why(client: TestClient) -> None:
    for asked, named in (
        ("from=2023-02-30", ("from", "2023-02-30")), ("size=0", ("size", "'0'")), ("quad=9", ("quad", "'9'")),
        ("confidence=most", ("confidence", "most")), ("unit=" + "x" * 500, ("unit", "xxx")),
    ):  # fmt: skip
        detail = client.get(f"/api/events?{asked}").json()["detail"]
        assert all(one in detail for one in named) and "/api" in detail, detail
        assert len(detail) < 500
    assert "article" in client.post("/api/review", json={"event": "1", "verdict": "accept"}).json()["detail"]
    assert "no JSON" in client.post("/api/sql", content=b"{", headers={"content-type": "application/json"}).text


@pytest.mark.parametrize(
    "headers", [{"host": "evil.example"}, {"origin": "https://evil.example"}, {"content-length": "x"}]
)
def test_what_is_kept_out_is_told_so_in_json(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/api/sql", content=b"{}", headers={"content-type": "application/json", **headers})
    assert answer.status_code in (400, 403, 421)
    refuses_cleanly(answer)


NAMES = st.one_of(
    st.text(min_size=1, max_size=60),
    st.builds(
        lambda name, kind, zipped: name + kind + zipped,
        st.one_of(
            st.text(max_size=300), st.sampled_from([*PAYLOADS, "../../etc/passwd", "..", "a/b", "a\\b", "C:\\x", "\0"])
        ),
        st.sampled_from(KINDS),
        st.sampled_from(["", ".gz", ".GZ"]),
    ),
)


def test_no_file_that_is_sent_makes_it_fail_or_leaves_its_folder(client: TestClient, many: int) -> None:
    directory: Path = client.app.state.workbench.directory  # type: ignore[attr-defined]
    before = {path for path in directory.parent.rglob("*") if ".uploads" not in path.parts}

    @tried(4 * many)
    @given(
        files=st.lists(st.tuples(NAMES, st.binary(max_size=2000)), max_size=4),
        date=st.one_of(st.text(max_size=12), st.dates().map(str)),
    )
    def none_fails(files: list[tuple[str, bytes]], date: str) -> None:
        answer = client.post("/api/runs/code", files=[("files", one) for one in files], data={"date": date})
        assert answer.status_code < 500, answer.text
        refuses_cleanly(answer)
        assert client.get("/runs").status_code == 200

    none_fails()
    after = {path for path in directory.parent.rglob("*") if ".uploads" not in path.parts}
    assert {path for path in after - before if ".workbench" not in path.parts} == set()
    for path in (directory / ".uploads").rglob("*"):
        assert path.is_dir() or path.name == "names.json" or path.name[:4].isdecimal(), path


PIECES = st.sampled_from(
    """SELECT FROM WHERE GROUP BY ORDER LIMIT events articles participants * ( ) , ; ' " -- /* 1 0 NULL count(*)
    event_type first_day read_csv('/etc/passwd') read_parquet('events.parquet') ATTACH COPY INSTALL PRAGMA SET DROP
    INSERT WITH x AS unnest range(10) 1e999 'x'::DATE :: [1] {'a':1} $1 ? ERROR error('no')
    current_setting('home_directory')""".split()
)


def test_no_query_makes_it_fail(client: TestClient, many: int) -> None:
    @tried(max(4, many // 2))
    @given(query=st.one_of(st.lists(PIECES, min_size=1, max_size=12).map(" ".join), st.text(min_size=1, max_size=60)))
    def none_fails(query: str) -> None:
        answer = client.post("/api/sql", json={"query": query})
        assert answer.status_code in (200, 422), answer.text
        refuses_cleanly(answer)
        page = client.post("/sql", data={"q": query, "form_token": client.headers["x-form-token"]})
        assert page.status_code in (200, 422)

    none_fails()


FORM_FIELDS = """
    article event mark verdict note queue then adjudicates review reviewer event_type modes status first_day
    last_day actors.0.name actors.0.country actors.0.sectors actors.0.start actors.0.end actors.0.remember
    actors.0.kind recipients.3.name place.name place.latitude place.longitude place.geonames_id speaker.name
    start end name entity kind called country sectors back text title date q chart
""".split()
FORMS = (
    "/review", "/review/missing", "/review/complete", "/review/undo", "/review/settle", "/review/reviewer",
    "/entities/merge", "/entities/take-back", "/entities/look", "/sql", "/sql.csv", "/sql.parquet", "/runs/code",
)  # fmt: skip


@pytest.mark.usefixtures("queries_run_here")
@pytest.mark.parametrize("path", FORMS)
def test_no_form_makes_a_page_fail(client: TestClient, many: int, path: str) -> None:
    known = known_values(client)
    client.cookies.set("turnstone_reviewer_8765", "ana")

    @tried(many)
    @given(fields=st.dictionaries(st.sampled_from(FORM_FIELDS), st.text(max_size=40), max_size=14), data=st.data())
    def none_fails(fields: dict[str, str], data: st.DataObject) -> None:
        for name in ("article", "event", "review", "name", "entity", "verdict", "start", "end"):
            if name in fields or data.draw(st.booleans()):
                fields[name] = str(data.draw(st.sampled_from(known[name])))
        token = {"form_token": client.headers["x-form-token"]}
        answer = client.post(path, data=fields | token, follow_redirects=False)
        assert answer.status_code < 500, (path, fields, answer.text)
        if answer.status_code == 303:
            assert answer.headers["location"].startswith("/") and not answer.headers["location"].startswith("//")

    none_fails()


def test_the_description_names_what_a_refusal_looks_like(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    for path, methods in described["paths"].items():
        for said in methods.values():
            refusal = said["responses"]["4XX"]["content"]["application/json"]["schema"]
            assert refusal == {"$ref": "#/components/schemas/Fault"}, path
    assert json.dumps(described["components"]["schemas"]["Fault"]["properties"]["detail"])
