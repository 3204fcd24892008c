"""Whatever is asked of the API by its own description, it never fails."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

CODES_A_REPORT = ("/api/code", "/api/event/why")


def test_no_request_makes_the_api_fail(client: TestClient) -> None:
    schema = schemathesis.openapi.from_dict(client.get("/openapi.json").json())
    asked: set[str] = set()
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path in CODES_A_REPORT:  # these load the model; others try them
            continue

        @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def none_fails(case: schemathesis.Case) -> None:
            answer = client.request(case.method, case.formatted_path, params=dict(case.query or {}))
            assert answer.status_code < 500, (case.formatted_path, case.query, answer.text)
            asked.add(case.path)

        none_fails()
    assert {"/api/overview", "/api/events", "/api/event", "/api/article"} <= asked
