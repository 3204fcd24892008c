"""The label sets of the packaged network, in the order of its outputs."""

from __future__ import annotations

from typing import Final

# Universal Dependencies: parts of speech
UPOS: Final = tuple(("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X").split())

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

# PLOVER: event types
EVENT_TYPES: Final = tuple(
    (
        "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION"
        " MOBILIZE COERCE ASSAULT"
    ).split()
)

# PLOVER: modes as TYPE.mode; "TYPE." is an event without a mode
MODES: Final = tuple(
    (
        "AGREE. CONSULT. CONSULT.visit CONSULT.third-party CONSULT.multilateral CONSULT.phone SUPPORT. CONCEDE."
        " COOPERATE. AID. RETREAT. RETREAT.withdraw RETREAT.release RETREAT.disarm RETREAT.ceasefire RETREAT.access"
        " RETREAT.resign REQUEST. REQUEST.assist REQUEST.change REQUEST.yield REQUEST.meet ACCUSE. ACCUSE.disapprove"
        " ACCUSE.investigate ACCUSE.allege REJECT. REJECT.assist REJECT.change REJECT.yield REJECT.meet THREATEN."
        " THREATEN.restrict THREATEN.arrest THREATEN.relations THREATEN.expel THREATEN.territory THREATEN.violence"
        " PROTEST. PROTEST.demo PROTEST.riot PROTEST.strike PROTEST.hunger PROTEST.boycott PROTEST.obstruct"
        " PROTEST.vandalize SANCTION. SANCTION.convict SANCTION.expel SANCTION.withdraw SANCTION.discontinue"
        " MOBILIZE. MOBILIZE.troops MOBILIZE.weapons MOBILIZE.police MOBILIZE.militia COERCE. COERCE.seize"
        " COERCE.restrict COERCE.censor COERCE.curfew COERCE.martial-law COERCE.arrest COERCE.deport COERCE.withhold"
        " COERCE.misinformation COERCE.cyber ASSAULT. ASSAULT.abduct ASSAULT.beat ASSAULT.torture ASSAULT.sexual"
        " ASSAULT.targeted ASSAULT.destroy ASSAULT.primitive ASSAULT.firearms ASSAULT.explosives"
        " ASSAULT.suicide-attack ASSAULT.aerial ASSAULT.drone ASSAULT.heavy-weapons ASSAULT.crowd-control"
        " ASSAULT.unconventional"
    ).split()
)

# PLOVER: status of an event
STATUSES: Final = tuple(("happened historical future hypothetical negated").split())

# PLOVER: contexts
CONTEXTS: Final = tuple(
    (
        "military intelligence executive legislative election political_institutions pro_democracy pro_autocracy"
        " economic legal reparations human_rights rights_freedoms repression human_security gender lgbt"
        " religion_ethnicity inequality diplomatic territory peacekeeping health asylum migration disasters"
        " natural_resource environment technology terrorism cbrn cyber misinformation crime corruption illegal_drugs"
        " trafficking"
    ).split()
)
