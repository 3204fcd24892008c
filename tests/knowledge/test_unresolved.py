"""Names that records hold and the data lacks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.store.samples import article, record
from turnstone.knowledge.entities import Entities, load_entities
from turnstone.knowledge.entity_files import EntityFile
from turnstone.knowledge.gazetteer import load_gazetteer
from turnstone.knowledge.unresolved import unresolved
from turnstone.records import Mention, Record, Resolved


@pytest.fixture(scope="module")
def packaged() -> Entities:
    return load_entities()


def named(key: str, text: str, name: str, **more: str) -> Record:
    """A record whose recipient is `name`, which the data does not know."""
    full = f"Ruritania invited Graustark in Strelsau on Friday, envoy {key} said. {text}"
    whole = record(article(key, full))
    (event,) = whole.coded.events
    start = full.index(name, full.index(text))
    one = replace(event.recipients[0], start=start, end=start + len(name), name=name, country="", sectors=(), **more)
    return replace(whole, coded=replace(whole.coded, events=(replace(event, recipients=(one,)),), attributions=()))


def test_by_frequency_with_kind_and_examples(packaged: Entities) -> None:
    records = [
        named("1", "Then came the Zenda Guards.", "the Zenda Guards"),
        named("2", "They met Zenda Guards.", "Zenda Guards"),
        named("3", "They met Rudolf Rassendyll.", "Rudolf Rassendyll"),
        named("4", "They met the rebels.", "the rebels"),
        named("5", "Villages burned.", "Villages"),
        named("6", "They met Kofi Annan.", "Kofi Annan"),
        named("7", "They met Rupert Hentzau.", "Rupert Hentzau", entity_id="rupert-hentzau"),
    ]
    first, second = unresolved(records, packaged, load_gazetteer())
    assert (first.name, first.kind, first.mentions, first.articles) == ("Zenda Guards", "ORG", 2, 2)
    assert [example.article for example in first.examples] == ["1", "2"]
    assert "Then came the Zenda Guards." in first.examples[0].text
    assert (second.name, second.kind, second.mentions) == ("Rudolf Rassendyll", "PER", 1)


def test_a_file_of_entities_resolves_them() -> None:
    own = load_entities(EntityFile("own.yaml", b"- {id: zenda-guards, name: Zenda Guards, sectors: [MIL]}"))
    assert unresolved([named("1", "They met Zenda Guards.", "Zenda Guards")], own) == ()


def test_mentions_have_their_kind(packaged: Entities) -> None:
    whole = record(article("1", "The Sapt of Zenda met Rassendyll near Strelsau."))
    text = whole.article.text
    mentions = tuple(
        Mention(text.index(name), text.index(name) + len(name), kind, "", name, country)  # type: ignore[arg-type]
        for name, kind, country in (
            ("Sapt of Zenda", "ORG", ""), ("Rassendyll", "PER", "RUR"), ("Strelsau", "LOC", "RUR"),
            ("met", "OTHER", ""),
        )
    )  # fmt: skip
    found = unresolved([replace(whole, resolved=Resolved(mentions, (), ()))], packaged)
    assert [(one.name, one.kind, one.country) for one in found] == [
        ("Rassendyll", "PER", "RUR"),
        ("Sapt of Zenda", "ORG", ""),
    ]
