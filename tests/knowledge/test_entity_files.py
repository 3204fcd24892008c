"""Names as ids."""

import pytest
from hypothesis import given
from hypothesis.strategies import characters, text

from turnstone.knowledge.entity_files import slug


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("Hans Hækkerup", "hans-haekkerup"),
        ("Ine Eriksen Søreide", "ine-eriksen-soreide"),
        ("Jarosław Kaczyński", "jaroslaw-kaczynski"),
        ("Binali Yıldırım", "binali-yildirim"),
        ("Guðlaugur Þór Þórðarson", "gudlaugur-thor-thordarson"),
        ("Milo Đukanović", "milo-dukanovic"),
        ("Fiamē Naomi Mataʻafa", "fiame-naomi-mataafa"),
        ("Gérard Larcher", "gerard-larcher"),
        ("Cheick Modibo O'Neill-Diarra", "cheick-modibo-o-neill-diarra"),
        ("习近平", "习近平"),
    ],
)
def test_a_name_as_an_id(name: str, identity: str) -> None:
    assert slug(name) == identity


@given(text(characters(min_codepoint=0xC0, max_codepoint=0x17F, categories=("Lu", "Ll")), min_size=1, max_size=1))
def test_no_letter_of_a_european_alphabet_is_lost(letter: str) -> None:
    assert len(slug(f"a{letter}b")) > 2


@given(text(min_size=1))
def test_an_id_is_its_own(name: str) -> None:
    assert slug(slug(name)) == slug(name)
