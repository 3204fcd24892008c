"""Speakers, and the chain through which a statement reached us."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import parse, plain
from turnstone.coding.attributions import Tellings, code_attributions
from turnstone.records import Mention, Span

ARTICLE, ANALYSIS = parse(
    "Okoye/PROPN/2/nsubj said/VERB/0/root Chad/PROPN/4/nsubj agreed/VERB/2/ccomp +,/PUNCT/7/punct "
    "according/VERB/7/case Reuters/PROPN/2/obl",
    names="PER Okoye; ORG Reuters",
    quotations=(("Okoye", "said", "Chad agreed"), ("Reuters", "according", "Okoye said Chad agreed")),
)
MENTIONS = [
    Mention(0, 5, "PER", "", "Okoye", "NGA", ("GOV",)),
    Mention(ARTICLE.text.index("Reuters"), len(ARTICLE.text), "ORG", "reuters", "Reuters", "GBR", ("JRN",)),
]


def test_the_agency_is_the_outlet_of_what_it_passes_on() -> None:
    inner, outer = sorted(
        code_attributions(ARTICLE.text, ANALYSIS, MENTIONS), key=lambda a: a.outlet and len(a.content[0:1])
    )
    by_speaker = {a.speaker.name: a for a in (inner, outer) if a.speaker}
    assert by_speaker["Okoye"].outlet == "Reuters"
    assert by_speaker["Okoye"].within >= 0
    assert by_speaker["Reuters"].within == -1


def test_an_event_belongs_to_the_innermost_statement() -> None:
    found = code_attributions(ARTICLE.text, ANALYSIS, MENTIONS)
    at = ARTICLE.text.index("agreed")
    speaker = found[Tellings(found).innermost(Span(at, at + 6))].speaker
    assert speaker is not None and speaker.name == "Okoye"
    assert Tellings(found).innermost(Span(len(ARTICLE.text) - 1, len(ARTICLE.text))) == -1


CITING = (
    "Chad/PROPN/2/nsubj paid/VERB/0/root +,/PUNCT/5/punct per/ADP/5/case report/NOUN/2/obl in/ADP/7/case "
    "Tribune/PROPN/5/nmod +,/PUNCT/9/punct citing/VERB/5/acl envoys/NOUN/9/obj"
)


def test_who_is_cited_is_inside_the_report_that_cites() -> None:
    article, analysis = parse(
        CITING, quotations=(("envoys", "citing", "Chad paid"), ("report in Tribune", "per", "Chad paid"))
    )
    at = article.text.index("Tribune")
    found = code_attributions(article.text, analysis, [Mention(at, at + 7, "ORG", "", "Tribune")])
    report, envoys = found
    assert (report.speaker.name if report.speaker else "", report.outlet, report.within) == ("Tribune", "Tribune", -1)
    assert (envoys.speaker.name if envoys.speaker else "", envoys.outlet, envoys.within) == ("envoys", "Tribune", 0)
    at = article.text.index("paid")
    assert Tellings(found).innermost(Span(at, at + 4)) == 1


def test_who_was_told_is_the_outlet_of_all_that_was_said() -> None:
    article, analysis = parse(
        "Okoye/PROPN/2/nsubj told/VERB/0/root Reuters/PROPN/2/iobj Chad/PROPN/5/nsubj paid/VERB/2/ccomp "
        "adding/VERB/2/advcl Mali/PROPN/8/nsubj refused/VERB/6/ccomp",
        quotations=(("Okoye", "told", "Chad paid"), ("Okoye", "adding", "Mali refused")),
    )
    at = article.text.index("Reuters")
    reuters = Mention(at, at + 7, "ORG", "reuters", "Reuters", "GBR", ("JRN",))
    assert [a.outlet for a in code_attributions(article.text, analysis, [reuters])] == ["Reuters", "Reuters"]
    assert [a.outlet for a in code_attributions(article.text, analysis, [])] == ["", ""]


def test_three_speakers_are_linked_from_the_innermost_outwards() -> None:
    article, analysis = parse(
        plain("Reuters reported Okoye said Diallo denied Chad paid."),
        quotations=(
            ("Diallo", "denied", "Chad paid"),
            ("Reuters", "reported", "Okoye said Diallo denied Chad paid"),
            ("Okoye", "said", "Diallo denied Chad paid"),
        ),
    )
    reuters = Mention(0, 7, "ORG", "reuters", "Reuters", "GBR", ("JRN",))
    found = code_attributions(article.text, analysis, [reuters])
    assert [(a.speaker.name if a.speaker else "", a.within, a.outlet) for a in found] == [
        ("Reuters", -1, "Reuters"),
        ("Okoye", 0, "Reuters"),
        ("Diallo", 1, "Reuters"),
    ]


def test_the_kind_is_the_quotations() -> None:
    article, analysis = parse(plain("Okoye said Chad paid."), quotations=(("Okoye", "said", "Chad paid", "partial"),))
    assert [a.kind for a in code_attributions(article.text, analysis, [])] == ["partial"]


def test_a_body_that_makes_a_report_and_a_person_who_edits_one_are_no_outlets() -> None:
    article, analysis = parse(
        "A/DET/3/det Auditors/PROPN/3/compound report/NOUN/4/nsubj found/VERB/0/root waste/NOUN/4/obj +./PUNCT/4/punct",
        "Awa/PROPN/6/nsubj of/ADP/4/case Valley/PROPN/4/compound Report/PROPN/1/nmod +,/PUNCT/1/punct said/VERB/0/root "
        "so/ADV/6/advmod",
        quotations=(("A Auditors report", "found", "waste"), ("Awa of Valley Report", "said", "so")),
    )
    at = {word: article.text.index(word) for word in ("Auditors", "Awa", "Valley")}
    mentions = [
        Mention(at["Auditors"], at["Auditors"] + 8, "ORG", "", "Auditors"),
        Mention(at["Awa"], at["Awa"] + 3, "PER", "", "Awa"),
        Mention(at["Valley"], at["Valley"] + 13, "ORG", "", "Valley Report"),
    ]
    found = code_attributions(article.text, analysis, mentions)
    assert [(a.speaker.name if a.speaker else "", a.outlet) for a in found] == [("Auditors", ""), ("Awa", "")]


def test_who_says_it_is_whom_the_relative_clause_describes() -> None:
    article, analysis = parse(
        "Okoye/PROPN/7/nsubj +,/PUNCT/4/punct who/PRON/4/nsubj said/VERB/1/acl:relcl Chad/PROPN/6/nsubj "
        "agreed/VERB/4/ccomp left/VERB/0/root",
        names="PER Okoye",
        quotations=(("who", "said", "Chad agreed"),),
    )
    (found,) = code_attributions(article.text, analysis, [Mention(0, 5, "PER", "", "Okoye", "NGA", ("GOV",))])
    assert found.speaker is not None
    at = article.text.index("who")
    assert (found.speaker.name, found.speaker.country, found.speaker.start) == ("Okoye", "NGA", at)


def test_who_in_a_question_is_nobody_else() -> None:
    article, analysis = parse(
        "Okoye/PROPN/2/nsubj asked/VERB/0/root who/PRON/4/nsubj said/VERB/2/ccomp Chad/PROPN/6/nsubj "
        "agreed/VERB/4/ccomp",
        names="PER Okoye",
        quotations=(("who", "said", "Chad agreed"),),
    )
    (found,) = code_attributions(article.text, analysis, [Mention(0, 5, "PER", "", "Okoye", "NGA", ("GOV",))])
    assert found.speaker is not None and found.speaker.name == "who"


def test_of_a_source_in_two_pieces_the_person_named_speaks() -> None:
    article, analysis = parse(
        "Minister/NOUN/6/nsubj of/ADP/3/case State/PROPN/1/nmod Ada/PROPN/1/appos Obi/PROPN/4/flat said/VERB/0/root "
        "Chad/PROPN/8/nsubj paid/VERB/6/ccomp",
        names="PER Ada Obi",
        quotations=(("Minister", "said", "Chad paid"),),
    )
    at = article.text.index("Ada")
    (quotation,) = analysis.quotations
    pieces = replace(analysis, quotations=(replace(quotation, source=(*quotation.source, Span(at, at + 7))),))
    obi = Mention(at, at + 7, "PER", "ada-obi", "Ada Obi", "TCD", ("GOV",))
    (found,) = code_attributions(article.text, pieces, [obi])
    assert found.speaker is not None and found.speaker.entity_id == "ada-obi"
    body = replace(obi, kind="ORG", entity_id="obi-bank")
    (found,) = code_attributions(article.text, pieces, [body])
    assert found.speaker is not None and found.speaker.name == "Minister"
