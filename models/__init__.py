"""Kept empty: the reader imports `models.enums` and must not pay for the tables; those are in `models.tables`."""
