"""Telegram Desktop's result.json in windows: of one chat, or of an account with all its chats."""

import json
import re
from typing import Any, Final

from monitor.errors import BadInputError
from monitor.sources.archive_entries import Chat, Chunk, Entry, State
from monitor.sources.archive_message import read_message
from monitor.sources.archive_walk import Level, Walk
from monitor.values import Problem

_HEAD: Final = 100_000
_MARK = re.compile(rb'"(?:messages|chats|left_chats|personal_information|(?:frequent_)?contacts)"\s*:\s*[\[{]')


def is_export(data: bytes) -> bool:
    """Whether a file that begins so is one document instead of one object a line."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    line, broken, _ = head.partition(b"\n")
    try:
        first = json.loads(line) if broken else None
    except (ValueError, RecursionError):
        first = None
    if isinstance(first, dict):
        return isinstance(first.get("messages"), list) or isinstance(first.get("chats"), dict)
    laid_out = line.strip() == b"{"
    return head.startswith(b"{") and _MARK.search(head if laid_out else line) is not None


def read_export(data: bytes, state: State, *, end: bool, longest: int) -> Chunk:
    """`end`: the file ends with this window. `longest`: what a window holds; no message is longer."""
    if state.get("finished"):
        return Chunk(len(data), state)
    text = data.decode("utf-8", "surrogateescape")  # gives the same bytes back, also of a letter that is cut in two
    walk = Walk(
        text, last=end, levels=[Level(each) for each in state.get("levels", ())], header=dict(state.get("header", {}))
    )
    entries: list[Entry] = []
    problems: list[Problem] = []
    fault = None
    try:
        for chat, message in walk.messages():
            _take(chat, message, entries, problems)
    except (ValueError, RecursionError) as error:
        fault = f"is no JSON that can be read: {error}"[:300]
    consumed = len(text[: walk.position].encode("utf-8", "surrogateescape"))
    if fault is None and not walk.finished:
        fault = _stuck(consumed, len(data), end=end, longest=longest)
    after = {"levels": [str(level) for level in walk.levels], "header": walk.header, "finished": walk.finished}
    return Chunk(len(data) if walk.finished else consumed, after, tuple(entries), tuple(problems), fault)


def _take(chat: Chat, message: Any, entries: list[Entry], problems: list[Problem]) -> None:
    try:
        entries.append(read_message(chat, message))
    except BadInputError as error:
        number = message.get("id") if isinstance(message, dict) else None
        problems.append(Problem(f"message {number} of {chat.name or chat.telegram_id}", str(error)))


def _stuck(consumed: int, length: int, *, end: bool, longest: int) -> str | None:
    if end:
        return "the document breaks off before its end"
    return (
        f"is no JSON, or holds more than {longest:,} bytes in one piece" if not consumed and length >= longest else None
    )
