"""Who speaks in a quotation that stands alone."""

from __future__ import annotations

import pytest

from tests.builders import parse, plain
from turnstone.coding.attributions import Tellings, code_attributions
from turnstone.records import Attribution, Mention, Span

ALONE = "“We will rebuild every house in the valley.”"
DIALLO = ("Diallo", "said", "the dam broke", "indirect")
OKOYE = ("Okoye", "told", "it rained", "indirect")
REUTERS = ("Reuters", "reported", "the mill burned", "indirect")
SAID = {
    "Diallo": "Diallo/PROPN/2/nsubj said/VERB/0/root the/DET/4/det dam/NOUN/5/nsubj broke/VERB/2/ccomp "
    "+./PUNCT/2/punct",
    "Okoye": "Okoye/PROPN/2/nsubj told/VERB/0/root us/PRON/2/iobj it/PRON/5/nsubj rained/VERB/2/ccomp +./PUNCT/2/punct",
    "Reuters": "Reuters/PROPN/2/nsubj reported/VERB/0/root the/DET/4/det mill/NOUN/5/nsubj burned/VERB/2/ccomp "
    "+./PUNCT/2/punct",
}
BLUNT = "Okoye/PROPN/3/nsubj was/AUX/3/cop blunt/ADJ/0/root +{}/PUNCT/3/punct"
RAIN = "Rain/NOUN/2/nsubj fell/VERB/0/root +./PUNCT/2/punct"


def code(*sentences: str, quotations: tuple[tuple[str, ...], ...], alone: str = ALONE) -> Attribution:
    """The attribution of the quotation that stands alone."""
    article, analysis = parse(
        *(plain(one) if "/" not in one else one for one in sentences),
        quotations=(*quotations, ("", "", alone, "direct")),
    )
    mentions = []
    for name, kind, sectors in (("Diallo", "PER", ()), ("Okoye", "PER", ()), ("Reuters", "ORG", ("JRN",))):
        at = article.text.find(name)
        while at >= 0:
            mentions.append(Mention(at, at + len(name), kind, name.lower(), name, "NGA", sectors))  # type: ignore[arg-type]
            at = article.text.find(name, at + 1)
    found = code_attributions(article.text, analysis, mentions)
    start = article.text.index(alone) + 1
    return found[Tellings(found).innermost(Span(start, start + 2))]


def speaker(*sentences: str, quotations: tuple[tuple[str, ...], ...], alone: str = ALONE) -> str:
    found = code(*sentences, quotations=quotations, alone=alone)
    assert found.cue == () and found.kind == "direct" and bool(found.source) == (found.speaker is not None)
    return found.speaker.name if found.speaker else ""


@pytest.mark.parametrize(
    ("sentences", "quotations", "expected"),
    [
        ((SAID["Diallo"], ALONE), (DIALLO,), "Diallo"),
        ((SAID["Diallo"], RAIN, "\n" + ALONE), (DIALLO,), "Diallo"),
        ((SAID["Okoye"], SAID["Diallo"], ALONE), (OKOYE, DIALLO), "Diallo"),  # the nearer one
        ((SAID["Diallo"], SAID["Reuters"], ALONE), (DIALLO, REUTERS), "Diallo"),  # an outlet goes on with nothing
        ((SAID["Reuters"], ALONE), (REUTERS,), ""),
        ((SAID["Diallo"], "\n" + RAIN, "\n" + ALONE), (DIALLO,), ""),  # two paragraphs back
        ((ALONE, SAID["Diallo"]), (DIALLO,), "Diallo"),  # told right after
        ((ALONE, "\n" + SAID["Diallo"]), (DIALLO,), ""),
        ((SAID["Okoye"], ALONE, SAID["Diallo"]), (OKOYE, DIALLO), ""),  # equally near
        ((SAID["Okoye"], RAIN, ALONE, SAID["Diallo"]), (OKOYE, DIALLO), "Diallo"),
        ((SAID["Diallo"], BLUNT.format("."), ALONE), (DIALLO,), "Okoye"),  # led up to
        ((SAID["Diallo"], "\n" + BLUNT.format(":"), "\n" + ALONE), (DIALLO,), "Okoye"),
        ((SAID["Diallo"], BLUNT.format("."), "\n" + ALONE), (DIALLO,), ""),  # somebody else came between
        ((SAID["Okoye"], BLUNT.format("."), "\n" + ALONE), (OKOYE,), "Okoye"),
    ],
)
def test_it_goes_on_with_what_was_being_said(
    sentences: tuple[str, ...], quotations: tuple[tuple[str, ...], ...], expected: str
) -> None:
    assert speaker(*sentences, quotations=quotations) == expected


def test_its_source_is_that_of_the_statement_it_continues() -> None:
    found = code(SAID["Diallo"], ALONE, quotations=(DIALLO,))
    assert found.source == (Span(0, len("Diallo")),)


def test_a_second_one_follows_the_first() -> None:
    second = "“Nobody will have to leave his home again.”"
    known = (DIALLO, ("", "", second, "direct"))
    assert speaker(SAID["Diallo"], "\n" + second, "\n" + ALONE, quotations=known) == "Diallo"


def test_of_a_report_in_a_report_the_outermost_speaker_goes_on() -> None:
    sentence = (
        "Diallo/PROPN/2/nsubj said/VERB/0/root Okoye/PROPN/4/nsubj told/VERB/2/ccomp them/PRON/4/iobj it/PRON/7/nsubj "
        "rained/VERB/4/ccomp +./PUNCT/2/punct"
    )
    outer = ("Diallo", "said", "Okoye told them it rained", "indirect")
    assert speaker(sentence, ALONE, quotations=(outer, OKOYE)) == "Diallo"


def test_two_speakers_in_one_sentence_are_equally_near() -> None:
    both = SAID["Diallo"].replace("+./PUNCT/2/punct", "and/CCONJ/8/cc ") + (
        "Okoye/PROPN/8/nsubj told/VERB/2/conj us/PRON/8/iobj it/PRON/11/nsubj rained/VERB/8/ccomp +./PUNCT/2/punct"
    )
    assert speaker(both, ALONE, quotations=(DIALLO, OKOYE)) == ""


def test_fewer_words_are_nobodys() -> None:
    short = "“We will rebuild it.”"
    assert speaker(SAID["Diallo"], short, quotations=(DIALLO,), alone=short) == ""


def test_it_reached_us_as_the_statement_before_it() -> None:
    told = SAID["Okoye"].replace("us/PRON", "Reuters/PROPN")
    assert code(told, ALONE, quotations=(OKOYE,)).outlet == "Reuters"
