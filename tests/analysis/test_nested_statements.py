"""Statements inside another's report, by the tree."""

from __future__ import annotations

from tests.builders import parse
from turnstone.analysis.nested_statements import with_nested_statements
from turnstone.analysis.quotations import Found
from turnstone.records import Analysis, Article, Span

Words = tuple[str, str, str]


def nested(sentence: str, *statements: Words) -> list[Words]:
    """What is found in a sentence besides the statements given as (source, cue, content), pieces parted by " | "."""
    article, analysis = parse(sentence)
    given = [
        Found(*(_ranges(article, analysis, words) for words in (cue, source, content)))
        for source, cue, content in statements
    ]
    found = with_nested_statements(given, analysis.tokens, analysis.sentences)
    return [tuple(_words(article, analysis, part) for part in (one.source, one.cue, one.content)) for one in found]  # type: ignore[misc]


def _ranges(article: Article, analysis: Analysis, words: str) -> list[tuple[int, int]]:
    ranges = []
    for piece in filter(None, words.split(" | ")):
        start = article.text.index(piece)
        span = Span(start, start + len(piece))
        inside = [i for i, t in enumerate(analysis.tokens) if span.start <= t.start and t.end <= span.end]
        ranges.append((inside[0], inside[-1] + 1))
    return ranges


def _words(article: Article, analysis: Analysis, ranges: list[tuple[int, int]]) -> str:
    tokens = analysis.tokens
    return " | ".join(article.text[tokens[a].start : tokens[b - 1].end] for a, b in ranges)


def test_what_is_denied_inside_a_statement_is_one() -> None:
    sentence = (
        "Okoye/PROPN/2/nsubj said/VERB/0/root that/SCONJ/6/mark the/DET/5/det envoy/NOUN/6/nsubj deny/VERB/2/ccomp "
        "that/SCONJ/9/mark Chad/PROPN/9/nsubj paid/VERB/6/ccomp"
    )
    outer = ("Okoye", "said", "that the envoy deny that Chad paid")
    assert nested(sentence, outer) == [outer, ("the envoy", "deny", "that Chad paid")]
    assert nested(sentence) == []  # denials are the network's to find where they stand in nobody's report


def test_a_verb_of_saying_is_enough_anywhere() -> None:
    sentence = "Okoye/PROPN/2/nsubj say/VERB/0/root Chad/PROPN/4/nsubj paid/VERB/2/ccomp"
    assert nested(sentence) == [("Okoye", "say", "Chad paid")]
    told = ("Okoye", "say", "Chad paid")
    assert nested(sentence, told) == [told]


def test_a_lost_clause_is_what_follows_that() -> None:
    sentence = (
        "Okoye/PROPN/2/nsubj say/VERB/7/ccomp that/SCONJ/5/mark Chad/PROPN/5/nsubj paid/VERB/7/ccomp "
        "Reuters/PROPN/7/nsubj report/VERB/0/root"
    )
    outer = ("Reuters", "report", "Okoye say that Chad paid")
    assert nested(sentence, outer) == [outer, ("Okoye", "say", "that Chad paid")]


def test_a_statement_told_after_its_content_inside_a_report() -> None:
    sentence = (
        "Rebels/NOUN/2/nsubj fled/VERB/0/root +,/PUNCT/5/punct Diallo/PROPN/5/nsubj say/VERB/2/parataxis "
        "+,/PUNCT/5/punct according/VERB/9/case to/ADP/7/fixed Reuters/PROPN/2/obl"
    )
    outer = ("Reuters", "according to", "Rebels fled, Diallo say")
    assert nested(sentence, outer) == [outer, ("Diallo", "say", "Rebels fled")]


def test_according_to_inside_a_report() -> None:
    sentence = (
        "Reuters/PROPN/2/nsubj reports/NOUN/0/root that/SCONJ/9/mark according/VERB/7/case to/ADP/4/fixed "
        "two/NUM/7/nummod envoys/NOUN/9/obl Chad/PROPN/9/nsubj paid/VERB/2/ccomp"
    )
    outer = ("Reuters", "reports", "that according to two envoys Chad paid")
    assert nested(sentence, outer) == [outer, ("two envoys", "according to", "Chad paid")]


def test_who_is_cited_says_what_is_reported() -> None:
    sentence = (
        "Chad/PROPN/2/nsubj paid/VERB/0/root +,/PUNCT/5/punct according/VERB/5/case report/NOUN/2/obl "
        "in/ADP/7/case Tribune/PROPN/5/nmod +,/PUNCT/9/punct {}/VERB/5/acl two/NUM/11/nummod {}/NOUN/9/obj"
    )
    outer = ("report in Tribune", "according", "Chad paid")
    citing = sentence.format("cite", "official")
    assert nested(citing, outer) == [outer, ("two official", "cite", "Chad paid")]
    assert nested(citing, outer, ("", "cite", "two official"))[1] == ("two official", "cite", "Chad paid")
    assert nested(citing) == []
    assert nested(sentence.format("cite", "storm"), outer) == [outer]  # a reason, nobody's words


def test_whoever_cites_does_not_say_that_he_does() -> None:
    sentence = (
        "Tribune/PROPN/2/nsubj reported/NOUN/0/root cite/VERB/2/advcl two/NUM/5/nummod envoy/NOUN/3/obj "
        "that/SCONJ/8/mark Chad/PROPN/8/nsubj paid/VERB/2/ccomp"
    )
    found = nested(sentence.replace("envoy/", "diplomat/"), ("Tribune", "reported", "two diplomat | that Chad paid"))
    assert found == [("Tribune", "reported", "that Chad paid"), ("two diplomat", "cite", "that Chad paid")]


def test_quoted_as_saying() -> None:
    active = (
        "Tribune/PROPN/2/nsubj quote/VERB/0/root Diallo/PROPN/2/obj as/SCONJ/5/mark say/VERB/2/advcl "
        "Chad/PROPN/7/nsubj paid/VERB/5/ccomp"
    )
    outer = ("Tribune", "quote", "as say Chad paid")
    assert nested(active, outer) == [outer, ("Diallo", "say", "Chad paid")]
    assert nested(active) == [("Tribune", "quote", "Diallo as say Chad paid"), ("Diallo", "say", "Chad paid")]


def test_was_quoted_as_saying_by() -> None:
    passive = (
        '"/PUNCT/3/punct +We/PRON/3/nsubj leave/VERB/7/ccomp +"/PUNCT/3/punct Diallo/PROPN/7/nsubj:pass '
        "was/AUX/7/aux:pass quote/VERB/0/root as/SCONJ/9/mark say/VERB/7/advcl by/ADP/11/case Tribune/PROPN/9/obl"
    )
    told = ("", "was quote as say", '"We leave" | Diallo')
    assert nested(passive, told) == [
        ("Diallo", "was quote as say", '"We leave"'),
        ("Tribune", "by", '"We leave" | Diallo | was quote as say'),
    ]


def test_who_said_the_first_adds_the_second() -> None:
    sentence = (
        "Okoye/PROPN/2/nsubj said/VERB/0/root Chad/PROPN/4/nsubj paid/VERB/2/ccomp +,/PUNCT/6/punct "
        "add/VERB/2/advcl Mali/PROPN/8/nsubj would/AUX/6/ccomp"
    )
    first, second = ("Okoye", "said", "Chad paid"), ("", "add", "Mali would")
    assert nested(sentence, first, second) == [first, ("Okoye", "add", "Mali would")]
