"""Membership in a long list, as one parameter: an IN list of thousands is slow to send, and ends at 65,535."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, any_, bindparam
from sqlalchemy.orm import QueryableAttribute


def among(column: QueryableAttribute[Any], values: Iterable[object]) -> ColumnElement[bool]:
    return column == any_(bindparam(None, list(values), type_=ARRAY(column.type)))
