"""The places that a name can stand for, however the text writes it."""

from __future__ import annotations

import regex

from turnstone.knowledge.gazetteer import Gazetteer, PlaceEntry

# The Associated Press's and the post's abbreviations of states and provinces.
ABBREVIATIONS = {
    "Ala.": "Alabama",
    "Ariz.": "Arizona",
    "Ark.": "Arkansas",
    "B.C.": "British Columbia",
    "Calif.": "California",
    "Colo.": "Colorado",
    "Conn.": "Connecticut",
    "D.C.": "District of Columbia",
    "DC": "District of Columbia",
    "Del.": "Delaware",
    "Fla.": "Florida",
    "Ga.": "Georgia",
    "Ill.": "Illinois",
    "Ind.": "Indiana",
    "Kan.": "Kansas",
    "Ky.": "Kentucky",
    "La.": "Louisiana",
    "Mass.": "Massachusetts",
    "Md.": "Maryland",
    "Mich.": "Michigan",
    "Minn.": "Minnesota",
    "Miss.": "Mississippi",
    "Mo.": "Missouri",
    "Mont.": "Montana",
    "N.C.": "North Carolina",
    "N.D.": "North Dakota",
    "N.H.": "New Hampshire",
    "N.J.": "New Jersey",
    "N.M.": "New Mexico",
    "N.Y.": "New York",
    "Neb.": "Nebraska",
    "Nev.": "Nevada",
    "Okla.": "Oklahoma",
    "Ont.": "Ontario",
    "Ore.": "Oregon",
    "Pa.": "Pennsylvania",
    "R.I.": "Rhode Island",
    "S.C.": "South Carolina",
    "S.D.": "South Dakota",
    "Tenn.": "Tennessee",
    "Tex.": "Texas",
    "Va.": "Virginia",
    "Vt.": "Vermont",
    "W.Va.": "West Virginia",
    "Wash.": "Washington",
    "Wis.": "Wisconsin",
    "Wyo.": "Wyoming",
}

# "northern Syria", "mainland China", "the Upper Nile" (which is a province: whole names come first)
_PART = regex.compile(
    r"(?:(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est|[Cc]entral|[Uu]pper|[Ll]ower|[Mm]ainland|[Mm]id|[Gg]reater|[Dd]owntown|"
    r"[Rr]ural|[Oo]ccupied)(?:ern|-?(?:east|west)(?:ern)?)?[\s-]+)+(?=\p{Lu})"
)
_KIND = regex.compile(
    r"\s+(?P<kind>[Pp]rovinces?|[Gg]overnorate|[Cc]ounty|[Oo]blast|[Rr]egion|[Ss]tate|[Pp]refecture|[Dd]istrict|[Dd]ivision|"
    r"[Dd]epartment|[Kk]rai|[Rr]epublic|[Cc]anton|[Vv]oivodeship|[Rr]egency|[Tt]erritory|[Ii]slands?|[Cc]ity|[Tt]own|"
    r"[Vv]illage|[Aa]rea|[Vv]alley|[Mm]unicipality|[Pp]eninsula)$"
)
_KIND_BEFORE = regex.compile(
    r"^(?:[Pp]rovince|[Cc]ounty|[Cc]ity|[Tt]own|[Ss]tate|[Dd]istrict|[Rr]epublic|[Gg]overnorate|[Vv]illage|[Ii]sland)"
    r" of\s+(?:the\s+)?"
)
# what is named after the town that it is in
_FACILITY = regex.compile(
    r"(?:\s+(?:International|Central|City|General|Regional|Municipal|Provincial|Military|Air))*\s+"
    r"(?:Airport|Hall|Stadium|Hospital|Station|Prison|Jail|Airfield|Base|Zoo|Port|Harbou?r|Cathedral|Metro|Subway)$"
)
_OWNED = regex.compile(r"['’]s\s+\p{Lu}.*$")
_OF_A_THING = 100_000
# so long is a name in two words that may be one in the gazetteer
_JOINED = 10
_TOWN_KINDS = frozenset(("city", "town", "village", "municipality"))
_DIVISIONS = frozenset(("admin1", "admin2"))
# what a place's name is followed by where something in it is named: "Benghazi hospital"
_TAIL = regex.compile(r"(?<=^\p{Lu}[\p{L}.'’-]*(?:\s+\p{Lu}[\p{L}.'’-]*)*)\s+\p{Ll}\P{Lu}*$")


def candidates_of(surface: str, gazetteer: Gazetteer) -> tuple[PlaceEntry, ...]:
    """Every place that the words can name, most populous first; none is no error.

    Where the whole is no name, what surrounds one is taken off: an article or possessive, the part of a place that is
    meant ("northern Syria"), what kind of place it is ("Sindh province", of which only divisions are then meant), and
    the thing in it ("Benghazi hospital", "Kabul International Airport", "London's Cenotaph").
    """
    for form in _forms(surface):
        if found := gazetteer.lookup(form):
            return found
    bare = _bare(surface)
    town, comma, area = bare.partition(", ")
    if comma:  # "Washington, D.C." as one name
        area = ABBREVIATIONS.get(area, area)
        return tuple(entry for entry in candidates_of(town, gazetteer) if area in (entry.admin1, entry.country))
    if kind := _KIND.search(bare):
        found = candidates_of(bare[: kind.start()], gazetteer)
        if kind["kind"].lower() in _TOWN_KINDS:
            return tuple(entry for entry in found if entry.feature in ("city", "capital"))
        return tuple(entry for entry in found if entry.feature in _DIVISIONS) or found
    if thing := _FACILITY.search(bare) or _OWNED.search(bare):
        found = candidates_of(bare[: thing.start()], gazetteer)
        towns = any(entry.feature in ("city", "capital") for entry in found)
        return tuple(
            entry
            for entry in found
            if entry.feature == "capital"
            or (entry.population >= _OF_A_THING and not (towns and entry.feature == "country"))
        )
    for rest in (_KIND_BEFORE.sub("", bare), _TAIL.sub("", bare), _PART.sub("", bare, count=1)):
        if rest and rest != bare and (found := candidates_of(rest, gazetteer)):
            return found
    return ()


def _bare(surface: str) -> str:
    """The name without an article or a possessive."""
    bare = surface.removeprefix("the ").removeprefix("The ")
    return bare.removesuffix("'s").removesuffix("’s")


def _forms(surface: str) -> dict[str, None]:
    """The ways to write a name, as the text does first."""
    bare = _bare(surface)
    forms = dict.fromkeys((surface, bare))
    if bare.startswith("St. "):
        forms |= dict.fromkeys((f"Saint {bare[4:]}", f"Saint-{bare[4:]}"))
    forms |= dict.fromkeys((bare.replace(" ", "-"), bare.replace("-", " ")))
    if bare in ABBREVIATIONS:
        forms[ABBREVIATIONS[bare]] = None
    if len(bare) >= _JOINED and " " in bare:
        forms[bare.replace(" ", "").capitalize()] = None
    forms.pop("", None)
    return forms
