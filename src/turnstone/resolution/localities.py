"""Countries that the place tells: of towns, their offices, and unnamed people of whom only the scene is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from turnstone.records import Analysis, Mention, Place, Proposal
from turnstone.resolution.compatriots import compatriots, of_the_state_spoken_of
from turnstone.resolution.foreigners import AWAY, FOREIGN
from turnstone.resolution.local_bodies import of_their_place
from turnstone.resolution.main_state import of_the_main_state
from turnstone.resolution.officials import follow, officials
from turnstone.resolution.setting import Setting
from turnstone.resolution.toponyms import settle_toponyms
from turnstone.resolution.trees import NOMINAL, Tree, listed
from turnstone.resolution.unnamed import unnamed

# people and bodies that are of the place where they act, unless the words say otherwise
_LOCAL = frozenset("CVL COP CRM UAF REB JUD GOV LEG OPP PTY LAB EDU MED REL SOC AGR SPY".split())
# of those who govern, only these stay at home: ministers and presidents travel
_AT_HOME = listed(
    "official authority authorities government mayor governor councillor councilor lawmaker parliament mp legislator "
    "parliamentarian senator congressman congresswoman ministry junta regime council assembly legislature senate "
    "cabinet member mps servant bureaucrat"
)
# armed forces that a state has one of, unlike "troops" and "soldiers", who may be anybody's
_FORCES = listed("military army navy forces guard junta police")
_OF_THE_STATE = listed("government security armed national state army military the")
# bodies of a state, and those who protest against them
_BODIES = frozenset("COP JUD GOV LEG SPY".split())
# named people of whom a report about one state alone tells that they are its own
_PUBLIC = _BODIES | {"OPP", "PTY"}
_MOVEMENTS = frozenset("REB UAF SOC CRM".split())
_OF_THE_PLACE = listed("local indigenous aboriginal native")
_SEVERAL = listed("governments parliaments ministries councils assemblies regimes administrations")
_GROUPS = listed("group groups organisation organisations organization organizations watchdog watchdogs")
_MODIFIERS = frozenset(("amod", "compound", "nmod:poss", "nmod:desc", "nmod"))


def localise(
    text: str,
    analysis: Analysis,
    mentions: Sequence[Mention],
    places: Sequence[Place],
    proposals: Sequence[Proposal] = (),
) -> tuple[Mention, ...]:
    """The mentions, with a country where the places of the article tell it and nothing else does.

    A toponym has the country of its place, and so have the mayor and the police of the town. Unnamed people
    ("thousands of protesters", "the police") are of the one country where their sentence happens, or else of the only
    country that the article speaks of. Named holders of an office at home are of the only state spoken of, and so are
    people and bodies of whom nothing is said. So are people and things without a name who take part in `proposals`, and
    in a whole article they, and who speaks, are of the state that it is mostly about.
    """
    tree = Tree(text, analysis)
    settled = of_their_place(tree, settle_toponyms(text, mentions, places))
    settled = follow(tree, settled)
    settled = of_the_state_spoken_of(tree, settled, places)
    setting = Setting(tree, settled, places)
    settled = officials(tree, settled, setting)
    people = {mention.name for mention in settled if mention.kind == "PER"}
    settled = [_of_scene(tree, mention, setting, mention.name in people) for mention in settled]
    settled = follow(tree, compatriots(tree, follow(tree, settled), setting))
    settled = follow(tree, unnamed(tree, proposals, settled, setting))
    if analysis.is_whole_article:
        settled = of_the_main_state(tree, proposals, analysis.quotations, settled)
    return tuple(settled)


def _of_scene(tree: Tree, mention: Mention, setting: Setting, named: bool) -> Mention:
    if mention.country or mention.entity_id or mention.kind != "OTHER":
        return mention
    tokens = tree.covering(mention.start, mention.end)
    if not tokens or not _local(tree, mention, tokens, setting):
        return mention
    here = setting.scenes_of(tree.top(tokens))
    if len(here) == 1 and (mention.sectors[0] != "MIL" or "COP" in mention.sectors):
        country = next(iter(here))
        return replace(mention, country=country, basis=f"{mention.basis}; what the sentence tells happens in {country}")
    if named and not set(mention.sectors) & _PUBLIC and not (setting.only and setting.alone):
        return mention
    if setting.only and not here - {setting.only}:
        country = setting.only
        return replace(mention, country=country, basis=f"{mention.basis}; the article speaks of {country} alone")
    home, basis = setting.home
    if home and not here - {home} and set(mention.sectors[:1]) & _PUBLIC:
        return replace(mention, country=home, basis=f"{mention.basis}; {basis}")
    if not here and setting.topic:
        country = setting.topic
        return replace(mention, country=country, basis=f"{mention.basis}; the article's topic is in {country}")
    if not here and setting.centre and _is_body(tree, mention, tokens) and not _qualified(tree, tree.top(tokens)):
        country = setting.centre
        basis = f"{mention.basis}; of the states named only {country} acts or is where something happens"
        return replace(mention, country=country, basis=basis)
    return mention


def _is_body(tree: Tree, mention: Mention, tokens: range) -> bool:
    """Whether the words mean a body of a state and not one or some of a kind ("a court", "two officers"), or those who
    protest."""
    if tree.tokens[tree.top(tokens)].lemma.lower() in ("protester", "demonstrator", "rioter"):
        return True
    children = [child for place in tokens for child in tree.children[place] if child in tokens]
    some = any(
        tree.relations[child] == "nummod" or tree.words[child] in ("a", "an", "another", "some") for child in children
    )
    return not some and bool(set(mention.sectors) & _BODIES)


def _qualified(tree: Tree, head: int) -> bool:
    """Whether a name or an adjective from one, which nobody knows, says whose a government is."""
    return any(
        tree.text[tree.starts[child]].isupper() and tree.words[child] not in _OF_THE_STATE | {"federal", "interim"}
        for child in tree.children[head]
        if child < head and tree.relations[child] in _MODIFIERS
    )


def _local(tree: Tree, mention: Mention, tokens: range, setting: Setting) -> bool:
    if not mention.sectors:
        return False
    head = tree.top(tokens)
    word, lemma = tree.words[head], tree.tokens[head].lemma.lower()
    if tree.tokens[head].upos not in NOMINAL | {"ADJ", "NUM"} or lemma in AWAY:
        return False
    if tree.tokens[head].upos == "PROPN" and mention.sectors[0] in _MOVEMENTS and len(tokens) > 1:
        return False  # a movement by its name, which may be anywhere's
    described = {tree.words[child] for child in tree.children[head] if tree.relations[child] in _MODIFIERS}
    described |= {tree.words[place] for place in tokens if place != head} - {"the"}
    if described & FOREIGN or ("rights" in described and word in _GROUPS):
        return False
    if described & _OF_THE_PLACE:
        return True
    if mention.sectors[0] == "MIL":
        definite = any(tree.words[child] == "the" for child in tree.children[head])
        if word in ("forces", "troops", "soldiers"):  # "15 soldiers", mostly the dead of a state's own
            counted = any(tree.tokens[place].upos == "NUM" for place in tokens)
            unsaid = all(tree.tokens[place].upos in ("NUM", "DET", "ADV") for place in tokens if place != head)
            acting = any(one.sectors[:1] == ("MIL",) and one.country == setting.only for one in setting.told)
            alone = (counted or acting) and unsaid and word != "forces" and bool(setting.only) and setting.alone
            return alone or bool(described & _OF_THE_STATE)
        return word in _FORCES and (definite or bool(described & _OF_THE_STATE)) and described <= _OF_THE_STATE
    if mention.sectors[0] not in _LOCAL or word in _SEVERAL:
        return False
    return mention.sectors[0] not in ("GOV", "LEG") or lemma in _AT_HOME
