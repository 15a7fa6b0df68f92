"""A pull parser of Telegram Desktop's result.json: the messages of a document that is never held whole.

The document is one chat `{"name", "type", "id", "messages": [...]}`, or a full export whose chats stand in
`{"chats": {"list": [...]}}` (and `left_chats`). Values between them are passed over.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from monitor.sources.archive_entries import Chat

_BETWEEN = re.compile(r"[\s,]*")
_DECODER: Final = json.JSONDecoder(parse_constant=lambda _: None)  # the store knows no NaN
_HEADER: Final = ("id", "name", "type")


class Level(StrEnum):
    """The containers that the walk enters. What is passed over is entered too: a list of contacts may be long."""

    DOCUMENT = "document"
    CHATS = "chats"
    LIST = "list"
    CHAT = "chat"
    MESSAGES = "messages"
    PASSED_OBJECT = "passed_object"
    PASSED_LIST = "passed_list"


_PASSED: Final = {"{": Level.PASSED_OBJECT, "[": Level.PASSED_LIST}
_ENTERED: Final = {
    (Level.DOCUMENT, "messages"): (Level.MESSAGES, "["),
    (Level.DOCUMENT, "chats"): (Level.CHATS, "{"),
    (Level.DOCUMENT, "left_chats"): (Level.CHATS, "{"),
    (Level.CHATS, "list"): (Level.LIST, "["),
    (Level.CHAT, "messages"): (Level.MESSAGES, "["),
}


class _MoreNeededError(Exception):
    """The text ends inside of a value."""


@dataclass(slots=True)
class Walk:
    """`position`: behind the last thing that was read whole. `finished`: the document came to its end."""

    text: str
    last: bool
    levels: list[Level] = field(default_factory=list)
    header: dict[str, Any] = field(default_factory=dict)
    position: int = 0
    finished: bool = False

    def messages(self) -> Iterator[tuple[Chat, Any]]:
        """Until the text or the document ends. Raises ValueError and RecursionError where it is no JSON."""
        try:
            if not self.levels:
                self._begin()
            while self.levels:
                yield from self._step()
            self.finished = True
        except _MoreNeededError:
            return

    @property
    def chat(self) -> Chat:
        number, name, kind = (self.header.get(key) for key in _HEADER)
        return Chat(
            number if type(number) is int else None,
            name if isinstance(name, str) else None,
            kind if isinstance(kind, str) else None,
            alone=Level.CHAT not in self.levels,
        )

    def _begin(self) -> None:
        at = self._next(0)
        if self.text[at] == "\ufeff":
            at = self._next(at + 1)
        if self.text[at] != "{":
            raise ValueError("no JSON object")
        self._enter(Level.DOCUMENT, at + 1)

    def _step(self) -> Iterator[tuple[Chat, Any]]:
        at, level = self._next(self.position), self.levels[-1]
        if self.text[at] in "]}":
            self.levels.pop()
            self.position = at + 1
        elif level is Level.MESSAGES:
            value, self.position = self._value(at)
            yield self.chat, value
        elif level is Level.LIST and self.text[at] == "{":
            self.header = {}
            self._enter(Level.CHAT, at + 1)
        elif level in (Level.LIST, Level.PASSED_LIST):
            self._pass_over(at)
        else:
            self._member(at)

    def _member(self, at: int) -> None:
        level, (key, end) = self.levels[-1], self._value(at)
        colon = self._next(end)
        if self.text[colon] != ":" or not isinstance(key, str):
            raise ValueError(f"no member of an object at character {at}")
        at = self._next(colon + 1)
        entered, opening = _ENTERED.get((level, key), (None, ""))
        if entered is not None and self.text[at] == opening:
            self._enter(entered, at + 1)
            return
        value = self._pass_over(at)
        if key in _HEADER and level in (Level.DOCUMENT, Level.CHAT):
            self.header[key] = value

    def _pass_over(self, at: int) -> Any:
        """The value, where it is a single one."""
        if self.text[at] in _PASSED:
            self._enter(_PASSED[self.text[at]], at + 1)
            return None
        value, self.position = self._value(at)
        return value

    def _enter(self, level: Level, position: int) -> None:
        self.levels.append(level)
        self.position = position

    def _next(self, position: int) -> int:
        """Where the next character stands that says something; missing and superfluous commas are let pass."""
        found = _BETWEEN.match(self.text, position)
        at = position if found is None else found.end()
        if at >= len(self.text):
            raise _MoreNeededError
        return at

    def _value(self, at: int) -> tuple[Any, int]:
        try:
            value, end = _DECODER.raw_decode(self.text, at)
        except json.JSONDecodeError as error:
            if self.last:
                raise
            raise _MoreNeededError from error
        if end == len(self.text) and not self.last and not isinstance(value, str | list | dict):
            raise _MoreNeededError  # perhaps the beginning of a longer number
        return value, end
