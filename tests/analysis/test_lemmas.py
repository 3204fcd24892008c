"""Dictionary forms, of verbs above all."""

import pytest
from hypothesis import given, settings
from hypothesis.strategies import sampled_from

from turnstone.analysis.lemmas import lemma

# one consonant after one vowel in a stressed syllable: English doubles it
DOUBLING = tuple(
    """plan stop ban rob grab drop ship trap flag rig jam trim bar stir pin gun get sit set hit cut win run bid beg
    dig split quit refer prefer defer confer infer transfer incur occur deter commit admit permit submit omit regret
    rebut begin control patrol compel expel propel repel rebel dispel extol abet equip kidnap outbid""".split()
)
# a final l in any syllable: British English doubles it
BRITISH = tuple(
    """travel cancel label model signal level channel counsel equal fuel marshal panel quarrel rival shovel total tunnel
    unravel dial duel initial pencil spiral libel marvel""".split()
)
# a double consonant that is the verb's own
OWN = tuple(
    """tell call kill sell fill pull poll roll spell stall shell bill drill pass miss press cross discuss assess bless
    address possess harass witness add err egg stuff staff scoff buzz install recall fulfill enroll distill
    forestall enthrall appall instill butt purr""".split()
)
# a silent e that -ing drops
SILENT = tuple(
    """write trade rate tape mine file rule serve house name vote strike close cope raise charge seize leave give take
    move prove solve breathe clothe finance price force manage decide handle settle""".split()
)
PLAIN = tuple(
    """warn build hear bomb hunt hijack hold meet bring ring sting cling fling bargain broadcast
    counterfeit plead demand march shoot train open visit offer market target bury study carry agree flee free see
    dwell find fund follow""".split()
)


@settings(deadline=None)
@given(sampled_from(DOUBLING + BRITISH), sampled_from(("ing", "ed")))
def test_a_doubled_consonant_is_single_again(verb: str, ending: str) -> None:
    if ending == "ed" and lemma(verb + verb[-1] + "ed", "VERB").endswith("ed"):
        return  # no word: getted
    assert lemma(verb + verb[-1] + ending, "VERB") == verb


@settings(deadline=None)
@given(sampled_from(OWN + PLAIN), sampled_from(("VERB", "AUX")))
def test_what_is_double_of_itself_stays(verb: str, upos: str) -> None:
    assert lemma(verb, upos) == verb
    assert lemma(verb + "ing", "VERB") == verb


@settings(deadline=None)
@given(sampled_from(SILENT))
def test_a_dropped_e_comes_back(verb: str) -> None:
    assert lemma(verb.removesuffix("e") + "ing", "VERB") == verb
    assert lemma(verb, "VERB") == verb


@settings(deadline=None)
@given(sampled_from(("panic", "mimic", "traffic", "frolic")), sampled_from(("king", "ked")))
def test_c_without_its_k(verb: str, ending: str) -> None:
    assert lemma(verb + ending, "VERB") == verb


@settings(deadline=None)
@given(sampled_from(DOUBLING + BRITISH + OWN + SILENT + PLAIN))
def test_a_dictionary_form_is_its_own(verb: str) -> None:
    assert lemma(verb, "VERB") == verb


@pytest.mark.parametrize(
    ("word", "upos", "expected"),
    [
        ("Travelling", "VERB", "travel"),
        ("putting", "VERB", "put"),
        ("warning", "NOUN", "warning"),
        ("barbells", "NOUN", "barbell"),
        ("labelled", "ADJ", "label"),
        ("attacked", "VERB", "attack"),
        ("Cancelled", "PROPN", "Cancelled"),
        ("wo", "AUX", "will"),
        ("'s", "AUX", "be"),
    ],
)
def test_words(word: str, upos: str, expected: str) -> None:
    assert lemma(word, upos) == expected
