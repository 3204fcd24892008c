from __future__ import annotations

import datetime as dt

import pytest

from turnstone.reading import Columns, read, web_pages
from turnstone.reading.articles import Terms
from turnstone.reading.parsers.process import Parser, Parsers
from turnstone.reading.unreadable import Unreadable
from turnstone.records import Article

DAY = dt.date(2021, 5, 4)
BODY = """<article><h1>Harbour talks open</h1>{}
<p>The two delegations met on 2 May 2011 for the first time, and the mediator said that more rounds would follow.</p>
<p>The minister thanked the café owner and asked both sides to refrain from violence while the talks went on.</p>
</article>"""


def page(head: str = "", inside: str = "") -> str:
    top = f"<!doctype html><html><head><title>Talks | The Harbour Post</title>{head}</head>"
    return f"{top}<body>{BODY.format(inside)}</body></html>"


@pytest.fixture(scope="module")
def parser():
    with Parsers() as parsers:
        yield parsers.page


def read_page(parser: Parser, html: str | bytes, date: dt.date | None = None):
    data = html.encode() if isinstance(html, str) else html
    return web_pages.read(iter([data]), "p.html", Terms(date, Columns(), 10**6), parser)


def test_everything_a_page_states(parser) -> None:
    head = """<meta property="og:site_name" content="The Harbour Post"><meta name="author" content="Ann Orr">
    <meta property="article:published_time" content="2021-05-04T23:30:00-04:00">
    <meta property="article:modified_time" content="2022-01-01"><link rel="canonical" href="https://harbour.example/talks">"""
    article = read_page(parser, page(head), dt.date(1999, 1, 1))
    assert isinstance(article, Article)
    assert (article.published, article.title, article.publisher) == (DAY, "Harbour talks open", "The Harbour Post")
    assert (article.author, article.url) == ("Ann Orr", "https://harbour.example/talks")
    assert article.text.startswith("Harbour talks open\n\nThe two delegations met")
    assert article.text.count("Harbour talks open") == 1 and "café" in article.text


@pytest.mark.parametrize(
    "head, inside",
    [
        ('<meta name="date" content="4 May 2021">', ""),
        ('<meta itemprop="datePublished" content="2021-05-04">', ""),
        ('<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "datePublished": "2020-01-01"},'
         ' {"@type": "NewsArticle", "datePublished": "2021-05-04T08:00:00Z"}]}</script>', ""),
        ("", '<span itemprop="datePublished">May 4, 2021</span>'),
        ("", '<time datetime="2021-05-04T10:00">Tuesday</time>'),
        ("", '<p class="byline">By Ann Orr, published 4 May 2021</p>'),
        ("", '<p class="date">4 May 2021</p><p class="date">Updated 6 May 2021</p>'),
        ("", '<p class="posted">4 May 2021</p><p class="date">7 May 2021</p>'),
        ('<link rel="canonical" href="https://harbour.example/2021/05/04/talks">', ""),
    ],
)  # fmt: skip
def test_stated_dates(parser, head, inside) -> None:
    article = read_page(parser, page(head, inside))
    assert isinstance(article, Article), article
    assert article.published == DAY


@pytest.mark.parametrize(
    "head, inside",
    [
        ("", ""),
        ('<meta itemprop="copyrightyear" content="2021">', "<footer>© 2021 The Harbour Post</footer>"),
        ('<meta property="article:modified_time" content="2021-05-04">', '<p class="date">Updated 4 May 2021</p>'),
        ("", '<p class="date">4 May 2021</p><p class="date">5 May 2021</p>'),
        ("", '<p class="date">03/04/2021</p>'),
        ('<meta name="date" content="yesterday">', "<time>10 minutes ago</time>"),
        ('<script type="application/ld+json">{"datePublished": }</script>', ""),
    ],
)
def test_a_date_that_is_not_stated_is_not_guessed(parser, head, inside) -> None:
    refusal = read_page(parser, page(head, inside))
    assert refusal.reason == "the page states no date of publication" and "--date" in refusal.remedy
    assert read_page(parser, page(head, inside), DAY).published == DAY


def test_pages_without_running_text(parser) -> None:
    for html in ("", "  ", "<html><body></body></html>", "not a page"):
        assert read_page(parser, html, DAY).reason == "the text is empty"


def test_a_page_nested_too_deeply_is_refused_and_never_read_in_part(parser) -> None:
    deep, deeper = (page(inside=f"<p>Ships left. {'<b>' * depth}They came back.") for depth in (1_000, 3_000))
    article, refusal = read_page(parser, deep, DAY), read_page(parser, deeper, DAY)
    assert "They came back." in article.text and "refrain from violence" in article.text
    assert refusal.reason == "its HTML is nested too deeply to be read" and refusal.remedy == "give the article as text"


@pytest.mark.parametrize(
    "data, text",
    [
        ('<meta charset="iso-8859-1">café “no”'.encode("cp1252"), "café “no”"),
        ('<meta content="text/html; charset=windows-1251">Киев'.encode("cp1251"), "Киев"),
        ('<?xml version="1.0" encoding="koi8-r"?><p>Киев'.encode("koi8-r"), "<p>Киев"),
        ("Киев".encode("utf-16"), "Киев"),
        ("\ufeff<meta charset=latin1>Киев".encode(), "Киев"),
        ("<meta charset=utf-16>Киев".encode(), "Киев"),
        ("Киев".encode(), "Киев"),
        ("<meta charset=koi8-r>Киев".encode(), "Киев"),
        ("<meta charset=nonsense>Киев".encode(), "Киев"),
    ],
)
def test_declared_encodings(data, text) -> None:
    assert web_pages.decode(data).endswith(text) and not web_pages.decode(data).startswith("<?xml")


def test_an_encoding_told_with_the_page_goes_before_its_own_but_not_before_its_bytes() -> None:
    assert web_pages.decode("<meta charset=koi8-r>Киев".encode("cp1251"), "windows-1251").endswith("Киев")
    assert web_pages.decode("<meta charset=koi8-r>Киев".encode("koi8-r"), "nonsense").endswith("Киев")
    assert web_pages.decode("Киев".encode(), "iso-8859-1") == "Киев"


@pytest.mark.parametrize(
    "data, said",
    [
        (b"caf\xe9", "not valid UTF-8 (byte offset 3)"),
        (b"<meta charset=utf-8>\xe9", "not valid UTF-8 (byte offset 20)"),
        (b"<meta charset=windows-1252>\x81", "not valid windows-1252, which the page declares (byte offset 27)"),
        (b"<meta charset=unicode_escape>\\ud800", "'unicode_escape', which turnstone does not know"),
        (b"<meta charset=nonsense>", "'nonsense'"),
    ],
)
def test_bad_encodings(data, said) -> None:
    with pytest.raises(Unreadable) as caught:
        web_pages.decode(data)
    assert said in caught.value.reason


def test_read_ends_the_process_when_it_is_left_early(tmp_path, put, monkeypatch) -> None:
    ended = []
    close = Parser.close
    monkeypatch.setattr(Parser, "close", lambda self: (ended.append(self._what), close(self)))
    monkeypatch.setattr(Parser, "one", lambda self, page: {"text": "x", "date": "2021-05-04"})
    found = read([put("a.html", "<p>x"), put("b.html", "<p>y")])
    assert next(found).published == DAY
    assert not ended
    found.close()
    assert "the page" in ended
