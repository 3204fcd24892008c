"""Speakers, and the chain through which a statement reached us."""

from __future__ import annotations

from tests.builders import parse
from turnstone.coding.attributions import attribution_at, code_attributions
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
    speaker = found[attribution_at(Span(at, at + 6), found)].speaker
    assert speaker is not None and speaker.name == "Okoye"
    assert attribution_at(Span(len(ARTICLE.text) - 1, len(ARTICLE.text)), found) == -1
