"""Which agency a text came from: what newsrooms write in datelines and credit lines, and names of agencies."""

from __future__ import annotations

import re
from typing import Final

_NAMES: Final = {
    "AP": ("ap", "associated press", "the associated press"),
    "AFP": ("afp", "agence france-presse", "agence france presse"),
    "Reuters": ("reuters", "thomson reuters"),
    "UPI": ("upi", "united press international"),
    "dpa": ("dpa", "deutsche presse-agentur"),
    "EFE": ("efe", "agencia efe"),
    "ANSA": ("ansa",),
    "Xinhua": ("xinhua", "xinhua news agency"),
    "Kyodo": ("kyodo", "kyodo news"),
    "Yonhap": ("yonhap", "yonhap news agency"),
    "KCNA": ("kcna",),
    "TASS": ("tass", "itar-tass"),
    "RIA Novosti": ("ria", "ria novosti"),
    "Interfax": ("interfax",),
    "Anadolu": ("anadolu", "anadolu agency", "aa"),
    "PTI": ("pti", "press trust of india"),
    "IRNA": ("irna",),
    "SANA": ("sana",),
    "Bernama": ("bernama",),
    "Antara": ("antara",),
    "PA": ("pa media", "press association"),
    "AAP": ("aap", "australian associated press"),
    "Canadian Press": ("cp", "canadian press", "the canadian press"),
    "IANS": ("ians",),
    "MENA": ("mena", "middle east news agency"),
}
_CANONICAL: Final = {alias: name for name, aliases in _NAMES.items() for alias in aliases}
_VIA: Final = re.compile(r"^(.{2,40}?)\s+via\b", re.IGNORECASE)


def agency(publisher: str) -> str:
    """The agency that a publisher's name says, as "AFP via Google News"; empty where it says none."""
    name = publisher.strip()
    if match := _VIA.match(name):
        name = match[1]
    return _CANONICAL.get(name.lower(), "")


def credited(name: str) -> str:
    """A name that stands where newsrooms credit an agency, in its usual form."""
    clean = " ".join(name.split()).strip(" .")
    return _CANONICAL.get(clean.lower(), clean)
