"""States of which a report tells only that they strike: whom they hit is not thereby theirs."""

from __future__ import annotations

from turnstone.records import Mention
from turnstone.resolution.trees import Tree, listed

# what one state's forces do to another; police fire at their own people, and an attack may be named after its place
_WITH_WEAPONS = listed("airstrike shelling bombardment invasion")
_SENT = listed("missile rocket drone warplane")
_ON_SOMEBODY = listed("strike attack assault raid offensive")
_WEAPONS = listed("air drone missile rocket artillery aerial")
_STRIKES = listed("shell bomb bombard strike invade raid attack")
_NAMED = frozenset(("amod", "compound", "nmod:poss", "nmod:desc", "nmod"))
_SUBJECTS = frozenset(("nsubj", "obl:agent"))


def only_strikes(tree: Tree, mention: Mention) -> bool:
    """Whether the mention says who strikes: "an Israeli air strike", "shelling by Russia", "Turkey shelled", "by
    Russian missiles"."""
    tokens = tree.covering(mention.start, mention.end)
    if not tokens:
        return False
    place = tree.top(tokens)
    head = tree.heads[place]
    arms = head if tree.relations[place] in _NAMED - {"nmod"} else place
    if arms >= 0 and tree.tokens[arms].lemma.lower() in _SENT and tree.relations[arms] in _SUBJECTS:
        return True
    # a mention may be longer than the name in it: "Russian shelling"
    if tree.tokens[place].lemma.lower() in _WITH_WEAPONS:
        return True
    if head < 0:
        return False
    deed = tree.tokens[head].lemma.lower()
    if tree.relations[place] in _SUBJECTS:
        itself = not mention.sectors  # an army may strike at home
        return itself and deed in _STRIKES and tree.tokens[head].upos == "VERB"
    if tree.relations[place] not in _NAMED or (tree.relations[place] == "nmod" and "by" not in tree.cases(place)):
        return False
    if deed in _WITH_WEAPONS:
        return True
    if deed not in _ON_SOMEBODY or any(tree.words[child] == "suicide" for child in tree.children[head]):
        return False
    armed = any(tree.words[child] in _WEAPONS for child in tree.children[head])
    return armed or any({"on", "against"} & tree.cases(child) for child in tree.children[head])
