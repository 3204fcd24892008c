"""turnstone codes dated news reports into political events: who did or said what to whom, when, where, on whose word."""

__version__ = "0.1.0"
