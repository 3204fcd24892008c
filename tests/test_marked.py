"""Articles and events as HTML."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.made import TEXT, events, made_record
from turnstone.api import CodedRecord
from turnstone.marked import KINDS, article_html, event_html, marked

SPANS = st.lists(
    st.tuples(st.integers(-2, 40), st.integers(-2, 40), st.sampled_from(KINDS), st.text(max_size=8)), max_size=12
)


class Reader(HTMLParser):
    """What a page says, with the kinds that are open at each character; a fault where tags are not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.marks: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open.append(tag)
        if tag == "mark":
            self.marks.append(dict(attributes)["class"] or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


@settings(deadline=None)
@given(text=st.text(max_size=40), marks=SPANS)
def test_the_text_comes_back_whatever_overlaps(text: str, marks: list[tuple[int, int, str, str]]) -> None:
    html = marked(text, marks)
    assert unescape(re.sub(r"<[^>]*>", "", html)) == unescape(text.replace("&", "&amp;"))
    assert html.count("<mark ") == html.count("</mark>")


def test_a_piece_in_several_spans_says_so_of_each() -> None:
    html = marked("abcdef", [(0, 4, "actor", "A"), (2, 6, "place", "P"), (3, 4, "trigger", "T")])
    assert html == (
        '<mark class="actor" title="actor: A">ab</mark>'
        '<mark class="actor several" title="actor: A; place: P">c</mark>'
        '<mark class="trigger several" title="trigger: T; actor: A; place: P">d</mark>'
        '<mark class="place" title="place: P">ef</mark>'
    )


def test_everything_is_escaped_and_nothing_runs() -> None:
    bad = '<script>alert("x")</script><img src=x onerror=y>'
    html = marked(bad, [(0, 8, "actor", f'"{bad}')])
    assert Reader(f"<p>{html}</p>").tags == {"p", "mark"}
    assert Reader(f"<p>{html}</p>").text == bad


def test_an_article_shows_its_text_and_a_row_for_each_event() -> None:
    record = made_record()
    html = article_html('A <title> & "more"', record.article.text, record.resolved, record.coded)
    page = Reader(html)
    assert TEXT in page.text and 'A <title> & "more"' in page.text
    assert html.count("<tr>") == 1 + len(events())
    assert {"script", "link", "img", "iframe"} & page.tags == set() and "http" not in html
    assert "trigger" in page.marks and "recipient several" in page.marks


def test_colours_leave_the_text_its_own() -> None:
    """On a dark page the words keep the page's colour: only lines and translucent grounds are set."""
    record = made_record()
    style = article_html("", record.article.text, record.resolved, record.coded).partition("</style>")[0]
    assert re.findall(r"[;{]color:(?!inherit)", style) == []
    assert all("rgba(" in ground or ground == "background:none" for ground in re.findall(r"background:[^;}]*", style))


def test_an_event_shows_the_words_it_was_read_from() -> None:
    html = event_html(TEXT, events()[1])
    page = Reader(html)
    assert "heavy-weapons" in page.text and "shelled" in page.text
    assert page.marks.count("actor") == 2


def test_a_coded_text_shows_itself() -> None:
    record = made_record()
    html = CodedRecord(record.article, record.analysis, record.resolved, record.coded)._repr_html_()
    assert html.startswith('<div class="ts">') and "ASSAULT" in html
