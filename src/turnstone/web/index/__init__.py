"""An index of a record, made once beside it, from which the pages are answered: narrow columns as arrays, the words of
each event in SQLite, and a full-text index. It can be thrown away at any time.
"""
