"""Verbs that say that somebody is killed or hurt."""

from __future__ import annotations

HARM = frozenset("kill injure wound hurt slay".split())
"""Their object is who is harmed."""
DIE = frozenset({"die"})
"""Their subject is."""
