"""Posts as JSON Lines: one object a line, each line judged by itself (docs/formats.md)."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, NoReturn

from models.enums import Lang
from monitor.errors import BadInputError
from monitor.values import RawPost

KEYS: Final = frozenset(
    {"source", "id", "published", "text", "lang", "edited", "deleted", "url", "forwarded_from", "reply_to", "views",
     "forwards"}
)  # fmt: skip
_DEEPEST: Final = 50  # further down, what walks over it and stores it would run out of stack
_REST_OF_DATE: Final = {len("2023"): "-01-01", len("2023-01"): "-01"}
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class PostLine:
    """`source` is None only where the line may be bare: then it may lack `published` too."""

    source: str | None
    post: RawPost


def parse_post_line(line: bytes | str, *, bare: bool = False) -> PostLine:
    """Raises BadInputError with what is wrong, without the line's number. Unknown keys are kept in `extra`."""
    given = _object(line)
    for key in ("id", "text") if bare else ("source", "id", "published", "text"):
        if key not in given:
            raise BadInputError(f"lacks the key {key}")
    source = _text(given, "source")
    if source == "" or (source is None and not bare):
        raise BadInputError("source: must not be empty")
    return PostLine(source, _post(given))


def _object(line: bytes | str) -> Mapping[str, Any]:
    try:
        text = line.decode("utf-8") if isinstance(line, bytes) else line
        given = _DECODER.decode(text)
    except UnicodeDecodeError as error:
        raise BadInputError(f"is not UTF-8 text (byte {error.start + 1})") from error
    except json.JSONDecodeError as error:
        raise BadInputError(f"is no JSON (column {error.colno}: {error.msg})") from error
    except RecursionError as error:
        raise BadInputError("is no JSON that can be read: nested too deeply") from error
    except ValueError as error:
        raise BadInputError(f"is no JSON that can be read: {error}") from error
    if not isinstance(given, dict):
        raise BadInputError("is no JSON object")
    if is_deep(given):
        raise BadInputError("is no JSON that can be read: nested too deeply")
    return given


def is_deep(given: object) -> bool:
    """Whether lists and objects stand in each other deeper than any post has them."""
    level: list[object] = [given]
    for _ in range(_DEEPEST):
        level = [inner for each in level for inner in _contents(each) if isinstance(inner, list | dict)]
        if not level:
            return False
    return True


def _contents(given: object) -> Iterable[object]:
    return given.values() if isinstance(given, dict) else given if isinstance(given, list) else ()


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


_DECODER: Final = json.JSONDecoder(parse_constant=_no_number)  # made once: making it takes as long as a short post


def _post(given: Mapping[str, Any]) -> RawPost:
    text = _text(given, "text")
    if text is None:
        raise BadInputError("text: must be text, but is null")
    edited = _time(given, "edited")
    return RawPost(
        external_id=_id(given, "id") or _missing("id"),
        published=_time(given, "published"),
        text=text,
        url=_text(given, "url"),
        edited=edited is not None,
        edited_at=edited,
        deleted=_flag(given, "deleted"),
        forwarded_from=_text(given, "forwarded_from"),
        reply_to=_id(given, "reply_to"),
        views=_count(given, "views"),
        forwards=_count(given, "forwards"),
        lang=_lang(given),
        extra={key: value for key, value in given.items() if key not in KEYS},
    )


def _missing(key: str) -> NoReturn:
    raise BadInputError(f"{key}: must not be empty")


def _text(given: Mapping[str, Any], key: str) -> str | None:
    value = given.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadInputError(f"{key}: must be text, but is {_kind(value)}")
    return _LONE_SURROGATE.sub("\ufffd", value)


def _id(given: Mapping[str, Any], key: str) -> str | None:
    """Ids are text; a whole number, as other programs write them, is taken as its digits."""
    value = given.get(key)
    return str(value) if type(value) is int else _text(given, key)


def _count(given: Mapping[str, Any], key: str) -> int | None:
    value = given.get(key)
    if value is not None and (type(value) is not int or not 0 <= value < 2**63):
        raise BadInputError(f"{key}: must be a count, but is {_kind(value)}")
    return value


def _flag(given: Mapping[str, Any], key: str) -> bool:
    value = given.get(key)
    if value is not None and not isinstance(value, bool):
        raise BadInputError(f"{key}: must be true or false, but is {_kind(value)}")
    return bool(value)


def _time(given: Mapping[str, Any], key: str) -> datetime | None:
    """Without an offset it is UTC; a date, a month or a year alone is its first moment."""
    text = _text(given, key)
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text + _REST_OF_DATE.get(len(text), ""))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadInputError(f"{key}: {text!r} is no time; write it as 2023-01-01T12:00:00+03:00") from error


def _lang(given: Mapping[str, Any]) -> Lang | None:
    value = _text(given, "lang")
    if value is None:
        return None
    try:
        return Lang(value)
    except ValueError as error:
        raise BadInputError(f"lang: {value!r} is none of {', '.join(Lang)}") from error


def _kind(value: object) -> str:
    names: Mapping[type, str] = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list"}
    return names.get(type(value), "an object")
