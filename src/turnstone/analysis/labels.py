"""The label sets of the packaged network, in the order of its outputs."""

from __future__ import annotations

from typing import Final

# Universal Dependencies: parts of speech
UPOS: Final = tuple(
    (
        "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X"
    ).split()
)

# Universal Dependencies: relations, with the subtypes English uses
RELATIONS: Final = tuple(
    (
        "acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj ccomp compound"
        " compound:prt conj cop csubj csubj:outer csubj:pass dep det det:predet discourse dislocated expl fixed flat"
        " goeswith iobj list mark nmod nmod:desc nmod:poss nmod:unmarked nsubj nsubj:outer nsubj:pass nummod obj obl"
        " obl:agent obl:unmarked orphan parataxis punct reparandum root vocative xcomp"
    ).split()
)

# names: outside, or beginning or inside of a kind
NAMES: Final = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
