"""`python -m turnstone` is the command line."""

from __future__ import annotations

from turnstone.cli import app

if __name__ == "__main__":
    app(prog_name="turnstone")
