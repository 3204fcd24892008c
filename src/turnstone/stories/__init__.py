"""Copies among articles, and events of several articles that are one happening; kept beside the record."""
