from __future__ import annotations

import datetime as dt

import pytest

from tests.reading.samples import PAGE
from turnstone.reading import addresses, inputs, read
from turnstone.reading.articles import Columns, Terms
from turnstone.reading.parsers.process import Parser, Parsers
from turnstone.records import Article, Refusal

RSS = b"""<rss version="2.0"><channel><title>Post</title><item><title>Talks</title>
<description>Envoys met.</description><pubDate>4 May 2021</pubDate></item></channel></rss>"""


class Answer(Parsers):
    """Parsers of which the one for addresses answers with this."""

    def __init__(self, told: dict[str, str], body: bytes) -> None:
        super().__init__()

        class Fetched(Parser):
            def ask(self, *arguments: object):  # type: ignore[no-untyped-def]
                return iter([told, body])

        self.fetched = Fetched("", "", "")


def test_without_leave_the_network_is_not_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Parser, "ask", lambda *_: pytest.fail("asked"))
    for address in ("https://harbour.example/a.html", "HTTP://x"):
        [refusal] = read([address])
        assert isinstance(refusal, Refusal) and refusal.origin == address
        assert "not used unless it is asked for" in refusal.reason and "--allow-network" in refusal.remedy


@pytest.mark.parametrize("address", ["ftp://x/a.txt", "memory://x/a.jsonl", "github://o:r@/a.txt", "file+http://x"])
def test_only_web_and_storage_are_addresses(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(Parser, "ask", lambda *_: pytest.fail("asked"))
    [refusal] = read([address], allow_network=True)
    assert isinstance(refusal, Refusal) and "no kind of address" in refusal.reason and "s3" in refusal.remedy


@pytest.mark.parametrize("name", ["a:b.txt", "://a.txt", "1http://x", "C://a.txt"])
def test_what_is_no_address_is_a_files_name(name: str) -> None:
    assert not addresses.is_address(name)


def test_this_machine_is_not_read_even_with_leave() -> None:
    [refusal] = read(["http://127.0.0.1:1/a.html"], allow_network=True)
    assert isinstance(refusal, Refusal) and "not on the public network" in refusal.reason


@pytest.mark.parametrize(
    "kind, there, body, text, url",
    [
        ("text/html", "https://x.example/a", PAGE, "Harbour talks open", "https://x.example/a"),
        ("application/rss+xml", "https://x.example/feed", RSS, "Talks\n\nEnvoys met.", ""),
        ("text/plain", "https://x.example/b/a.txt", b"date 2021-05-04 Envoys met.", "Envoys met.", ""),
        ("", "https://x.example/a.csv?x=1", b"date,text\n2021-05-04,Envoys met.\n", "Envoys met.", ""),
    ],
)
def test_what_an_address_holds(monkeypatch: pytest.MonkeyPatch, kind, there, body, text, url) -> None:
    told = {"type": kind, "address": there, "charset": ""}
    monkeypatch.setattr(inputs, "Parsers", lambda: Answer(told, body))
    [article] = read(["https://x.example/", "https://x.example/"], allow_network=True)
    assert isinstance(article, Article)
    assert article.published == dt.date(2021, 5, 4) and article.text.startswith(text)
    assert article.url == url and article.origin.startswith("https://x.example/")


@pytest.mark.parametrize("there", ["https://x.example/a.pdf", "https://x.example/", "https://x.example/a.zip"])
def test_what_is_no_document_that_can_be_read(monkeypatch: pytest.MonkeyPatch, there) -> None:
    told = {"type": "application/octet-stream", "address": there, "charset": ""}
    monkeypatch.setattr(inputs, "Parsers", lambda: Answer(told, b"x"))
    [refusal] = read(["https://x.example/"], allow_network=True)
    assert isinstance(refusal, Refusal)
    assert "not a kind of input" in refusal.reason or "as a file only" in refusal.reason


def test_an_address_over_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    terms = Terms(None, Columns(), 1000)
    with Parser("time:sleep", "the address", "save it", 0.5) as parser:
        monkeypatch.setattr(parser, "ask", lambda *_, ask=parser.ask: ask(60))
        [refusal] = addresses.read("http://x", True, terms, parser, lambda *_: iter(()))
    assert isinstance(refusal, Refusal) and "more than 0.5 seconds" in refusal.reason
