"""On which day an event is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tests.builders import parse
from tests.coding.proposed import (
    ARTICLE,
    CODEBOOK,
    COUNSEL,
    MENTIONS,
    one,
    proposal,
)
from turnstone.coding.events import code_events
from turnstone.records import DateMention, Resolved, Span
from turnstone.settings import Settings


def test_without_a_date_the_articles_day_and_the_basis_says_so() -> None:
    event = one(proposal("ACCUSE"))
    assert event.first_day == event.last_day == date(2023, 3, 21)
    assert "article's day" in event.date_basis


def test_the_basis_says_where_the_day_is_that_of_the_clause_above() -> None:
    article, analysis = parse(
        "Chad/PROPN/2/nsubj hosted/VERB/5/ccomp Niger/PROPN/2/obj +,/PUNCT/5/punct said/VERB/0/root he/PRON/5/nsubj"
        " Monday/PROPN/5/obl"
    )
    start, monday = article.text.index("Monday"), article.published - timedelta(days=1)
    dated = Resolved(MENTIONS, (DateMention(start, start + 6, monday, monday, "day", "said"),), ())
    analysis = replace(analysis, proposals=(proposal("CONSULT"),))
    (event,) = code_events(article, analysis, dated, CODEBOOK, Settings(), COUNSEL).events
    assert (event.first_day, event.date_basis) == (monday, "said; told of the clause above")


def test_so_many_days_after_it_is_counted_back() -> None:
    article, analysis = parse(
        "Chad/PROPN/2/nsubj voted/VERB/0/root Monday/PROPN/2/obl two/NUM/5/nummod day/NOUN/8/obl after/SCONJ/8/mark"
        " they/PRON/8/nsubj hosted/VERB/2/advcl Niger/PROPN/8/obj"
    )
    start, monday = article.text.index("Monday"), article.published - timedelta(days=1)
    dated = Resolved((MENTIONS[0],), (DateMention(start, start + 6, monday, monday, "day", "said"),), ())
    analysis = replace(analysis, proposals=(proposal("CONSULT", trigger=7),))
    (event,) = code_events(article, analysis, dated, CODEBOOK, Settings(), COUNSEL).events
    assert event.first_day == event.last_day == monday - timedelta(days=2)
    assert event.date_basis == "said; told of the clause above, 2 days after"
    month = replace(dated.dates[0], granularity="month")
    in_month = replace(dated, dates=(month,))
    (event,) = code_events(article, analysis, in_month, CODEBOOK, Settings(), COUNSEL).events
    assert (event.first_day, event.granularity) == (monday, "month")


def test_a_sentence_of_today_is_not_of_the_year_of_the_crime() -> None:
    article, parsed = parse(
        "Chad/PROPN/2/nsubj jailed/VERB/0/root Niger/PROPN/2/obj for/ADP/5/case raids/NOUN/2/obl in/ADP/7/case "
        "2001/NUM/5/nmod"
    )
    year = DateMention(31, 35, date(2001, 1, 1), date(2001, 12, 31), "year", "2001")
    for kind, first in (("SANCTION", ARTICLE.published), ("ASSAULT", date(2001, 1, 1))):
        one_of = replace(proposal(kind), recipients=(Span(12, 17),))
        assert article.text[year.start : year.end] == "2001"
        coded = code_events(article, replace(parsed, proposals=(one_of,)), Resolved(MENTIONS, (year,), ()), CODEBOOK,
                            Settings(), COUNSEL)  # fmt: skip
        assert [e.first_day for e in coded.events] == [first]


def test_what_is_done_today_is_not_dated_by_what_was_years_before_it() -> None:
    for tense, verb, day in (("present", "frees", date(2023, 3, 21)), ("past", "freed", date(2015, 5, 4))):
        article, analysis = parse(
            f"Chad/PROPN/2/nsubj {verb}/VERB/0/root guards/NOUN/2/obj tried/VERB/3/acl for/ADP/6/case deaths/NOUN/4/obl"
            " on/ADP/8/case May/PROPN/2/obl 4/NUM/8/nummod +,/PUNCT/8/punct 2015/NUM/8/nummod"
        )
        tokens = tuple(replace(t, lemma="free") if t.lemma == verb else t for t in analysis.tokens)
        start = article.text.index("May")
        told = DateMention(start, len(article.text), date(2015, 5, 4), date(2015, 5, 4), "day")
        found = replace(analysis, tokens=tokens, proposals=(proposal("RETREAT"),))
        resolved = Resolved((MENTIONS[0],), (told,), ())
        (event,) = code_events(article, found, resolved, CODEBOOK, Settings(), COUNSEL).events
        assert event.first_day == day, tense
