"""CAMEO's actor codes (ISRMIL, IGOUNO) as PLOVER's: a country and sectors."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

_ROLES = {
    "GOV": "GOV", "MIL": "MIL", "REB": "REB", "OPP": "OPP", "PTY": "PTY", "COP": "COP", "JUD": "JUD", "SPY": "SPY",
    "LEG": "LEG", "MED": "JRN", "EDU": "EDU", "STU": "EDU", "BUS": "BUS", "CRM": "CRM", "CVL": "CVL", "ELI": "ELI",
    "AGR": "AGR", "LAB": "LAB", "REF": "REF", "HLH": "MED", "INS": "REB", "SEP": "REB", "UAF": "UAF", "PRM": "PRM",
    "SET": "CVL", "PKO": "MIL", "REL": "REL", "SOC": "SOC", "JRN": "JRN", "UNK": "UNK", "PRE": "PRE",
}  # fmt: skip
# what somebody works for: a sector only where the code names no other
_FIELDS = {"DEV": "SOC", "ENV": "SOC", "HRI": "SOC", "AID": "SOC", "NGO": "SOC", "NGM": "SOC"}
_FAITHS = frozenset(
    """BAH BUD CHR CTH CPT DOX DRZ HIN ITR JAN JEW LDS MAR MOS MRN MUS ORT PAG PRO SFI SHI SHN SIK SUN TAO UDX
    ZRO""".split()
)
_REGIONS = frozenset(
    "AFR ASA BLK CRB CAU CFR CAS CEU EAF EEU EIN EUR LAM MEA MDT NAF NMR PGS SAF SAM SAS SCN SEA WAF WEU WST".split()
)
_FORMER = {
    "ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "BUR": "MMR", "SUN": "RUS", "DDR": "DEU", "GDR": "DEU", "GME": "DEU",
    "GMW": "DEU", "KSV": "KOS", "XKX": "KOS", "PAL": "PSE", "GZS": "PSE", "YUG": "SRB", "SCG": "SRB", "CSK": "CZE",
}  # fmt: skip
_TERRITORIES = {
    "BMU": "GBR", "CYM": "GBR", "FLK": "GBR", "GIB": "GBR", "VGB": "GBR", "AIA": "GBR", "MSR": "GBR", "TCA": "GBR",
    "GLP": "FRA", "GUF": "FRA", "MTQ": "FRA", "NCL": "FRA", "PYF": "FRA", "REU": "FRA", "ABW": "NLD", "ANT": "NLD",
    "GUM": "USA", "PRI": "USA", "VIR": "USA", "ASM": "USA", "MNP": "USA", "FRO": "DNK", "GRL": "DNK", "MAC": "CHN",
}  # fmt: skip
_PEOPLES = frozenset("ARB KUR".split())
_ARMED = frozenset(("REB", "UAF", "CRM"))
_KEPT_BY_BODIES = frozenset(("JUD", "LEG", "MIL", "COP", "ELI", "JRN"))


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a CAMEO code says. `left` are its parts that PLOVER has no place for; `reason` is why it cannot be read,
    empty where it can."""

    country: str
    sectors: tuple[str, ...]
    left: tuple[str, ...] = ()
    reason: str = ""


def decode(code: str, countries: Collection[str]) -> Decoded:
    """A code as country and sectors; `countries` are the codes of states that the data knows."""
    parts = [code[at : at + 3] for at in range(0, len(code), 3)]
    if not code.isalpha() or len(parts[-1]) != 3:
        return Decoded("", (), (), f"{code!r} is no CAMEO actor code of letters in threes")
    first, rest = parts[0], parts[1:]
    if first in ("IGO", "UNO", "EEC", "NGO", "NGM", "MNC", "IMG", "INT", "UIS"):
        return _international(parts)
    today = first if first in countries else _FORMER.get(first) or _TERRITORIES.get(first)
    if today in countries:
        sectors, left = _sectors(rest)
        return Decoded(today or "", sectors, left)
    sectors, left = _sectors(rest if first in _REGIONS | _PEOPLES else parts)
    if first in _REGIONS | _PEOPLES:
        return Decoded("IMG" if _ARMED.intersection(sectors) else "", sectors, (first, *left))
    if first in _ROLES or first in _FAITHS or first in _FIELDS:
        return Decoded("", sectors, left)
    return Decoded("", (), (), f"{first!r} in {code!r} is no country, organisation or role that turnstone knows")


def decode_agent(code: str) -> Decoded:
    """The code of an agent noun (~GOV, NGO~): roles without a country."""
    parts = [code[at : at + 3] for at in range(0, len(code), 3)]
    if not code.isalpha() or len(parts[-1]) != 3:
        return Decoded("", (), (), f"{code!r} is no CAMEO agent code of letters in threes")
    if parts[0] in ("MNC", "IGO", "INT", "IMG"):
        parts = ["BUS", *parts[1:]] if parts[0] == "MNC" else parts[1:]
    sectors, left = _sectors(parts)
    if not sectors:
        return Decoded("", (), (), f"{code!r} names no role that PLOVER has as a sector")
    return Decoded("", sectors, left)


def _international(parts: list[str]) -> Decoded:
    first, rest = parts[0], parts[1:]
    if first == "INT" and rest and rest[0] in ("IGO", "NGO", "MNC", "NGM"):
        return _international(rest)
    sectors, left = _sectors([part for part in rest if part not in _REGIONS and part not in ("UNO", "EEC", "EUU")])
    left = tuple(dict.fromkeys((*left, *(part for part in rest if part in _REGIONS and part != "EUR"))))
    if first in ("IGO", "UNO", "EEC"):
        bodies = {"UNO": "UNO", "EEC": "EUR", "EUU": "EUR"}
        country = next((bodies[part] for part in parts if part in bodies), "IGO")
        # what an organisation works for ("REF" of UNHCR) is not what it is
        kept = tuple(sector for sector in sectors if sector in _KEPT_BY_BODIES)
        return Decoded(country, kept, (*(sector for sector in sectors if sector not in kept), *left))
    if first == "NGM":
        return Decoded("ISM", sectors, left)
    if first in ("NGO", "MNC"):
        return Decoded(first, tuple(sector for sector in sectors if sector != "SOC"), left)
    if first == "IMG" or _ARMED.intersection(sectors):
        return Decoded("IMG", sectors if _ARMED.intersection(sectors) else ("REB", *sectors), left)
    return Decoded("", sectors or (("UNK",) if first == "UIS" else ()), left if sectors else (first, *left))


def _sectors(parts: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sectors of a code's parts, and the parts that give none."""
    found: dict[str, None] = {}
    fields: dict[str, None] = {}
    left = []
    for part in parts:
        if part in _ROLES:
            found[_ROLES[part]] = None
        elif part in _FAITHS:
            found["REL"] = None
        elif part in _FIELDS:
            fields[_FIELDS[part]] = None
        else:
            left.append(part)
    return tuple(found or fields), tuple(left)
