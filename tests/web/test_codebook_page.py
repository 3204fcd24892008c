from __future__ import annotations

from fastapi.testclient import TestClient

from turnstone.knowledge.codebook import load_codebook


def test_every_code_has_its_meaning_and_examples_from_the_record(client: TestClient) -> None:
    page = client.get("/api/codebook").json()
    book = load_codebook()
    types = {one["name"]: one for one in page["types"]}
    assert list(types) == list(book.types)
    assert types["AGREE"]["events"] == 3 and len(types["AGREE"]["examples"]) == 2
    assert types["ASSAULT"]["events"] == 0 and types["ASSAULT"]["examples"] == []
    assert {one["name"]: one["events"] for one in page["statuses"]}["future"] == 3
    assert {one["name"]: one["events"] for one in page["contexts"]}["diplomatic"] == 3
    assert all(one["description"] for kind in page["types"] for one in (kind, *kind["modes"]))


def test_the_page_leads_to_the_events_of_a_type(client: TestClient) -> None:
    page = client.get("/codebook").text
    assert 'href="/events?type=AGREE"' in page and 'id="ASSAULT"' in page
