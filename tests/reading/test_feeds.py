from __future__ import annotations

import datetime as dt
import gzip

import pytest

DAY = dt.date(2021, 5, 4)
WHEN = "Tue, 04 May 2021 23:30:00 -0400"


def rss(*items: str, channel: str = "<title>The Harbour Post</title>", end: str = "</channel></rss>") -> str:
    head = '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    head += 'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    return head + channel + "".join(f"<item>{item}</item>" for item in items) + end


def item(date: str = f"<pubDate>{WHEN}</pubDate>", text: str = "The envoys met in Bergen.") -> str:
    return f"<title>Talks open</title><description>{text}</description>{date}"


def test_everything_an_entry_of_rss_states(put, sort) -> None:
    html = (
        "<p>The envoys <b>met</b>\nin Bergen.<p>They will<br>meet again.<script>x()</script></p><ul><li>One<li>Two</ul>"
    )
    one = f"""<title>Talks &amp; tea</title><link>https://harbour.example/talks</link><dc:creator>Ann Orr</dc:creator>
    <pubDate>{WHEN}</pubDate><description>Short.</description><content:encoded><![CDATA[{html}]]></content:encoded>"""
    [article], [] = sort(put("a.rss", rss(one)), dt.date(1999, 1, 1))
    assert (article.published, article.title, article.publisher) == (DAY, "Talks & tea", "The Harbour Post")
    assert (article.author, article.url) == ("Ann Orr", "https://harbour.example/talks")
    assert article.text == "Talks & tea\n\nThe envoys met in Bergen.\n\nThey will meet again.\n\nOne\n\nTwo"
    assert article.origin.endswith("a.rss:1") and len(article.id) == 16


def test_everything_an_entry_of_atom_states(put, sort) -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Harbour Post</title>
    <entry><title>Talks open</title><link href="https://harbour.example/talks"/><author><name>Ann Orr</name></author>
    <updated>2022-01-01T00:00:00Z</updated>
    <published>2021-05-04T23:30:00-04:00</published><summary>The envoys met.</summary>
    <source><title>Fjord Wire</title></source></entry>
    <entry><title>More</title><updated>2021-05-04T00:00:00Z</updated><content type="text">a &lt; b
c</content></entry></feed>"""
    [first, second], [] = sort(put("a.atom.gz", gzip.compress(feed.encode())))
    assert (first.published, first.publisher, first.author, first.text) == (
        DAY, "Fjord Wire", "Ann Orr", "Talks open\n\nThe envoys met."
    )  # fmt: skip
    assert (second.published, second.text, second.publisher) == (DAY, "More\n\na < b\nc", "The Harbour Post")


@pytest.mark.parametrize(
    "date",
    [
        f"<pubDate>{WHEN}</pubDate>",
        "<pubDate>4 May 21 10:00 GMT</pubDate>",
        "<pubDate>2021-05-04</pubDate>",
        "<dc:date>2021-05-04T00:30:00+02:00</dc:date>",
    ],
)
def test_the_day_is_the_one_written(put, sort, date) -> None:
    [article], [] = sort(put("a.xml", rss(item(date))))
    assert article.published == DAY


@pytest.mark.parametrize(
    "date, given, said",
    [
        ("", None, "no date is given"),
        ("<pubDate></pubDate>", None, "no date is given"),
        ("<pubDate>yesterday</pubDate>", DAY, "'yesterday'"),
        ("<pubDate>0000-00-00</pubDate>", DAY, "'0000-00-00'"),
        ("<pubDate>Mon, 31 Feb 2021 10:00:00 GMT</pubDate>", DAY, "31 Feb 2021"),
        ("<pubDate>9999-12-31T00:00:00Z</pubDate>", DAY, "9999"),
    ],
)
def test_an_entry_without_a_usable_date_is_refused_and_the_others_are_read(put, sort, date, given, said) -> None:
    [article], [refusal] = sort(put("a.rss", rss(item(), item(date))), given)
    assert article.published == DAY
    assert said in refusal.reason and refusal.remedy and refusal.origin.endswith("a.rss:2")


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "the text is empty"),
        ("nonsense", "no RSS or Atom feed"),
        ("<?xml version='1.0'?><report><p>x</p></report>", "no RSS or Atom feed"),
        (rss(), "the feed has no entries"),
        (b"<rss version='2.0'>caf\xe9</rss>", "not valid UTF-8 (byte offset 22)"),
        (b"<?xml version='1.0' encoding='nonsense'?><rss/>", "'nonsense'"),
    ],
)
def test_files_that_are_no_feeds(put, sort, text, said) -> None:
    [], [refusal] = sort(put("a.xml", text), DAY)
    assert said in refusal.reason and refusal.origin.endswith("a.xml")


def test_a_feed_that_breaks_off_does_not_pass_half_an_entry_for_a_whole_one(put, sort) -> None:
    whole = rss(item(), item(text="Ships left."))
    [article], [refusal] = sort(put("a.rss", whole[: whole.index("Ships") + 3]))
    assert article.text.endswith("in Bergen.")
    assert "breaks off" in refusal.reason and refusal.origin.endswith("a.rss:2")


def test_a_feed_with_faults_is_read(put, sort) -> None:
    articles, [] = sort(put("a.rss", rss(item(), item(text="Caf&eacute; & tea"))))
    assert [one.text.split("\n")[-1] for one in articles] == ["The envoys met in Bergen.", "Café & tea"]


def test_encodings_and_addresses(put, sort) -> None:
    one = "<link>javascript:alert(1)</link><description>Киев</description><pubDate>4 May 2021</pubDate>"
    text = rss(one).replace('"1.0"', '"1.0" encoding="windows-1251"', 1)
    for data in (text.encode("cp1251"), text.encode(), text.encode("utf-16")):
        [article], [] = sort(put("a.xml", data))
        assert (article.text, article.url) == ("Киев", "")


def test_over_the_limit(put, sort) -> None:
    path = put("a.rss", rss(item(), item(text="x" * 300)))
    [_], [refusal] = sort(path, max_bytes=200)
    assert refusal.reason == "the text is longer than 200 bytes"
    [], [refusal] = sort(path, max_bytes=100)
    assert refusal.reason == "the feed is longer than 400 bytes"


def test_a_long_run_of_characters_is_read_whole_or_told_to_be_over_the_limit(put, sort) -> None:
    """Longer than the parser of HTML takes if it is not told to."""
    long = "x" * 10_000_001
    longer = f"&lt;p&gt;Ships left.&lt;p&gt;{'x' * 10_500_000}"
    [article], [refusal] = sort(put("a.rss", rss(item(text=long), item(text=longer))))
    assert article.text == f"Talks open\n\n{long}"
    assert refusal.reason == "the text is longer than 10485760 bytes" and refusal.origin.endswith("a.rss:2")


def test_an_entry_nested_too_deeply_is_refused_and_never_read_in_part(put, sort) -> None:
    deep, deeper = (item(text=f"Ships left. {'&lt;b&gt;' * depth}They came back.") for depth in (1_000, 3_000))
    articles, [refusal] = sort(put("a.rss", rss(deep, deeper, item())))
    assert [one.text.split("\n")[-1] for one in articles] == [
        "Ships left. They came back.",
        "The envoys met in Bergen.",
    ]
    assert "nested too deeply" in refusal.reason and refusal.remedy and refusal.origin.endswith("a.rss:2")


def test_a_title_of_the_feed_nested_too_deeply_costs_the_name_of_the_publisher_only(put, sort) -> None:
    title = f"The Harbour Post {'&lt;b&gt;' * 3_000}of Bergen"
    entry = f"<entry><title>Talks open</title><updated>{DAY}</updated><summary>The envoys met.</summary></entry>"
    feed = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">{title}</title>{entry}</feed>"""
    [article], [] = sort(put("a.atom", feed))
    assert (article.text, article.publisher) == ("Talks open\n\nThe envoys met.", "")


@pytest.mark.parametrize(
    "html, text",
    [
        ("&lt;html&gt;&lt;head&gt;&lt;title&gt;T&lt;/title&gt;&lt;/head&gt;&lt;p&gt;Ships left.", "Ships left."),
        ("&lt;html&gt;", ""),
        ("&lt;p&gt;Ships&amp;#1; left.&lt;p&gt;They came back.", "Ships\x01 left.\n\nThey came back."),
        ("Ships left.&lt;/body&gt; They came back.", "Ships left. They came back."),
        ("Ships&lt;!-- x --&gt; left.&lt;?x?&gt; They came back.", "Ships left. They came back."),
    ],
)
def test_odd_html_costs_neither_its_words_nor_the_entries_after_it(put, sort, html, text) -> None:
    articles, refusals = sort(put("a.rss", rss(item(text=html), item())))
    assert [one.text for one in articles] == [
        f"Talks open\n\n{one}" for one in (text, "The envoys met in Bergen.") if one
    ]
    assert [one.reason for one in refusals] == ([] if text else ["the text is empty"])


@pytest.mark.parametrize("reference", ["&#xD800;", "&#55296", "&#0;", "&#x110000;", f"&#{'9' * 5000};", "&#X0;"])
def test_a_reference_to_no_character_costs_no_feed(put, sort, reference) -> None:
    broken = item(text=f"Ships {reference} left.") + "<a>"  # not well-formed, which another parser reads
    articles, [] = sort(put("a.rss", rss(item(), broken, item(text="More &#38;&#x26; tea"))))
    assert articles[1].text.endswith("Ships \ufffd left.") and articles[2].text.endswith("More && tea")
