"""Named holders of offices whom no nationality places: "Interior Minister Horst Seehofer" beside the chancellor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from turnstone.records import Mention
from turnstone.resolution.setting import Setting
from turnstone.resolution.toponyms import is_toponym
from turnstone.resolution.trees import Tree, listed

_OFFICIAL = frozenset(("GOV", "LEG", "JUD", "COP"))
# they act at home; presidents, foreign and defence ministers and envoys are met abroad
_AT_HOME = listed(
    "minister governor mayor senator congressman congresswoman judge justice prosecutor attorney magistrate sheriff "
    "councillor councilor lawmaker mp parliamentarian legislator speaker secretary commissioner inspector "
    "superintendent solicitor"
)
ABROAD = listed(
    "foreign external prime president premier defence defense ambassador envoy general-secretary king queen chancellor "
    "secretary-general european commission union international"
)
_GOVERN = listed("prime president premier defence defense chancellor")
_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer"))
_OBJECTS = frozenset(("obj", "iobj", "obl", "obl:agent"))


def officials(tree: Tree, mentions: Sequence[Mention], setting: Setting) -> list[Mention]:
    """The mentions, where a named holder of an office at home has the country that the words leave open to them.

    That is the country of an official named just before with "and"; else the only state that the report speaks of,
    unless it is only one whom the official deals with.
    """
    found = []
    for mention in mentions:
        if mention.kind == "PER" and not (mention.country or mention.entity_id) and mention.sectors[:1]:
            words = title_of(tree, mention, mentions)
            if mention.sectors[0] in _OFFICIAL and words:
                mention = _settled(tree, mention, words, mentions, setting)
        found.append(mention)
    return follow(tree, found)


def follow(tree: Tree, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, where those of one name or one head word have the country that one of them has: also somebody
    named that of the title beside the name ("Ada Obi, the mayor of Strelsau")."""
    named: dict[str, set[str]] = {}
    basis: dict[str, str] = {}
    people = {mention.name for mention in mentions if mention.kind == "PER"}
    for mention in mentions:
        if mention.name and mention.country and (mention.kind in ("PER", "ORG") or mention.name in people):
            named.setdefault(mention.name, set()).add(mention.country)
            basis.setdefault(mention.name, mention.basis)
    described = {mention.name: mention for mention in mentions if mention.country and mention.name}
    heads: dict[int, Mention] = {}
    for mention in mentions:
        places = tree.covering(mention.start, mention.end)
        if mention.country and mention.sectors and mention.kind in ("OTHER", "PER", "ORG") and places:
            heads.setdefault(tree.top(places), mention)
    found = []
    for mention in mentions:
        if not (mention.country or mention.entity_id):
            places = tree.covering(mention.start, mention.end)
            known = heads.get(tree.top(places)) if places else None
            if mention.kind == "OTHER" and mention.basis == f"refers to {mention.name}" and mention.name in described:
                mention = replace(mention, country=described[mention.name].country)
            elif len(named.get(mention.name, ())) == 1 and mention.name:
                country = next(iter(named[mention.name]))
                mention = replace(mention, country=country, basis=basis[mention.name])
            elif known is not None and mention.kind in ("PER", "ORG", "OTHER"):
                mention = replace(mention, country=known.country, basis=known.basis)
        found.append(mention)
    return found


def title_of(tree: Tree, mention: Mention, mentions: Sequence[Mention]) -> frozenset[str]:
    """The words of the phrases that the name is part of, the name left out: its title."""
    words: set[str] = set()
    for other in mentions:
        if other.kind == "OTHER" and other.name == mention.name and other.start <= mention.start < other.end:
            words.update(tree.words[place] for place in tree.covering(other.start, mention.start))
            words.update(tree.words[place] for place in tree.covering(mention.end, max(mention.end, other.end)))
    return frozenset(words - {"'", "’"})


def _settled(
    tree: Tree, mention: Mention, title: frozenset[str], mentions: Sequence[Mention], setting: Setting
) -> Mention:
    places = tree.covering(mention.start, mention.end)
    head = tree.top(places)
    beside = _joined(tree, head, mentions)
    if beside is not None and not title & {"president", "prime", "king", "queen"}:
        basis = f"named together with {beside.name} of {beside.country}; {mention.basis}"
        return replace(mention, country=beside.country, basis=basis)
    if not setting.only:
        home, basis = setting.home
        if home and title & _AT_HOME and not title & ABROAD:
            return replace(mention, country=home, basis=f"{mention.basis}; {basis}")
        return mention
    if not title & _AT_HOME or title & ABROAD:
        # "In Iraq, Prime Minister ...": what the sentence begins with holds for whoever governs
        if not title & _GOVERN or title & {"foreign", "vice", "deputy"} or not _opens(tree, head, setting):
            return mention
        return replace(mention, country=setting.only, basis=f"the sentence begins in {setting.only}; {mention.basis}")
    if any(_tells(tree, head, one, setting) for one in setting.told if one is not mention):
        code = setting.only
        return replace(mention, country=code, basis=f"the only state that the article speaks of is {code}")
    return mention


def _opens(tree: Tree, head: int, setting: Setting) -> bool:
    """Whether the sentence says first that something happens in the only state spoken of: "In Iraq, ..."."""
    sentence = tree.sentence[head]
    if setting.scenes(sentence) != {setting.only}:
        return False
    first = tree.sentence.index(sentence)
    return any(
        place < head
        and tree.sentence[place] == sentence
        and min([place, *tree.children[place]]) == first
        and tree.words[first] == "in"
        for one in setting.told
        if one.country == setting.only and one.kind in ("GPE", "LOC")
        for place in (tree.top(tree.covering(one.start, one.end)),)
    )


def _joined(tree: Tree, head: int, mentions: Sequence[Mention]) -> Mention | None:
    """The official with a country whom "and" joins to the name from before."""
    if tree.relations[head] != "conj":
        return None
    for other in mentions:
        if (
            other.kind == "PER"
            and other.country
            and set(other.sectors[:1]) & _OFFICIAL
            and other.end <= tree.starts[head]
        ):
            places = tree.covering(other.start, other.end)
            if places and tree.top(places) == tree.heads[head]:
                return other
    return None


def _tells(tree: Tree, head: int, one: Mention, setting: Setting) -> bool:
    """Whether a state's mention says where the official is, and not with whom the official deals."""
    places = tree.covering(one.start, one.end)
    if not places:
        return False
    place = tree.top(places)
    sentence = tree.sentence[head]
    if tree.sentence[place] != sentence:
        return tree.sentence[place] < sentence or one.country in setting.scenes(tree.sentence[place])
    if one.country in setting.scenes(sentence) or (is_toponym(one) and place < head):
        return True
    if place > head:
        return False
    # a state by its name as subject, the official its object: two sides
    same = tree.heads[place] == tree.heads[head]
    return not (same and one.kind == "GPE" and tree.relations[place] in _SUBJECTS and tree.relations[head] in _OBJECTS)
