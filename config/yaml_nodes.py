"""Reading YAML so that whatever is wrong is named with its file, line, column and key, all of it at once."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from typing import Any, TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from config.durations import parse_duration

Read: TypeAlias = Callable[[Node, str], Any]

_KINDS = {
    "str": "text", "int": "a number", "float": "a number", "bool": "yes or no", "null": "nothing",
    "timestamp": "a date", "map": "a mapping", "seq": "a list",
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Problem:
    """Line and column count from 1; `key` is the way to the place: `sources.rybar.interval`."""

    file: str
    line: int
    column: int
    key: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}: "
        return where + (f"{self.key}: {self.message}" if self.key else self.message)


class BadFileError(ValueError):
    """A file that is refused as a whole; `problems` has all that is wrong with it."""

    def __init__(self, problems: Collection[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def _tag(node: Node) -> str:
    return str(node.tag).removeprefix("tag:yaml.org,2002:")


def _kind(node: Node) -> str:
    return _KINDS.get(_tag(node), f"a value tagged {node.tag}")


def did_you_mean(word: str, known: Collection[str]) -> str:
    near = get_close_matches(word.lower(), sorted(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""


class Checker:
    """Each reading takes a node and its key, and gives the value, or None after noting what is wrong."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def wrong(self, node: Node, key: str, message: str) -> None:
        mark = node.start_mark
        self.problems.append(Problem(self.file, mark.line + 1, mark.column + 1, key, message))

    def raise_problems(self) -> None:
        if self.problems:
            raise BadFileError(self.problems)

    def compose(self, text: str) -> Node | None:
        try:
            return yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self._unreadable(mark.line if mark else 0, mark.column if mark else 0, error.problem or "no YAML")
        except yaml.reader.ReaderError as error:
            before = text[: error.position].splitlines() or [""]
            self._unreadable(len(before) - 1, len(before[-1]), f"character {error.character!r} is not allowed")
        except RecursionError:
            self._unreadable(0, 0, "nested too deeply")
        return None

    def _unreadable(self, line: int, column: int, message: str) -> None:
        self.problems.append(Problem(self.file, line + 1, column + 1, "", f"cannot be read as YAML: {message}"))

    def _expected(self, node: Node, key: str, what: str) -> None:
        self.wrong(node, key, f"must be {what}, but is {_kind(node)}")

    # Collections.

    def mapping(self, node: Node, key: str) -> dict[str, Node]:
        if not isinstance(node, MappingNode) or _tag(node) != "map":
            self._expected(node, key, "a mapping")
            return {}
        found: dict[str, Node] = {}
        for name, value in node.value:
            if not isinstance(name, ScalarNode):
                self._expected(name, key, "a plain key")
            elif name.value in found:
                self.wrong(name, _under(key, name.value), "stands twice")
            else:
                found[name.value] = value
        return found

    def items(self, node: Node, key: str) -> list[Node]:
        if isinstance(node, SequenceNode) and _tag(node) == "seq":
            return list(node.value)
        self._expected(node, key, "a list")
        return []

    def fields(
        self, node: Node, key: str, readings: Mapping[str, Read], required: Collection[str] = ()
    ) -> dict[str, Any]:
        """The values of a mapping with these keys and no other; a key given as nothing is a fault, not a default."""
        given = self.mapping(node, key)
        if not isinstance(node, MappingNode):
            return {}
        for name, _ in node.value:
            if isinstance(name, ScalarNode) and name.value not in readings:
                self.wrong(name, _under(key, name.value), f"unknown key{did_you_mean(name.value, readings)}")
        for name in required:
            if name not in given:
                self.wrong(node, key, f"lacks the key {name}")
        return {name: readings[name](value, _under(key, name)) for name, value in given.items() if name in readings}

    # Scalars.

    def _scalar(self, node: Node, key: str, tag: str, what: str) -> str | None:
        if isinstance(node, ScalarNode) and _tag(node) == tag:
            return str(node.value)
        hint = "; put it into quotes" if tag == "str" and isinstance(node, ScalarNode) and node.value else ""
        self.wrong(node, key, f"must be {what}, but is {_kind(node)}{hint}")
        return None

    def text(self, node: Node, key: str) -> str | None:
        value = self._scalar(node, key, "str", "text")
        if value is None:
            return None
        if _CONTROL.search(value):
            self.wrong(node, key, "has a line break or another control character")
        elif not value.strip():
            self.wrong(node, key, "is empty")
        return value.strip()

    def texts(self, node: Node, key: str) -> tuple[str, ...]:
        found = [self.text(item, f"{key}[{place}]") for place, item in enumerate(self.items(node, key))]
        return tuple(dict.fromkeys(text for text in found if text is not None))

    def flag(self, node: Node, key: str) -> bool | None:
        value = self._scalar(node, key, "bool", "true or false")
        return None if value is None else value.lower() in ("true", "yes", "on")

    def integer(self, node: Node, key: str) -> int | None:
        value = self._scalar(node, key, "int", "a whole number")
        if value is None:
            return None
        if re.fullmatch(r"[-+]?\d{1,19}", value):
            return int(value)
        self.wrong(node, key, f"must be a whole number, but is {value!r}")
        return None

    def choice(self, known: Collection[str], what: str) -> Read:
        def read(node: Node, key: str) -> str | None:
            value = self.text(node, key)
            if value is not None and value not in known:
                self.wrong(node, key, f"{value!r} is no known {what}{did_you_mean(value, known)}")
            return value

        return read

    def parsed(self, parse: Callable[[str], Any]) -> Read:
        """A text that `parse` understands; its ValueError is the message."""

        def read(node: Node, key: str) -> Any:
            value = self.text(node, key)
            if value is None:
                return None
            try:
                return parse(value)
            except ValueError as error:
                self.wrong(node, key, str(error))
                return None

        return read

    def duration(self, node: Node, key: str) -> timedelta | None:
        if isinstance(node, ScalarNode) and re.fullmatch(r"\d+", node.value):
            self.wrong(node, key, f"{node.value} of what? Write it as {node.value}s, {node.value}m or {node.value}h")
            return None
        length: timedelta | None = self.parsed(parse_duration)(node, key)
        if length is not None and not length:
            self.wrong(node, key, "must be longer than nothing")
        return length

    def moment(self, node: Node, key: str) -> datetime | None:
        """A date is its first moment in UTC; a time without an offset is UTC."""
        if not isinstance(node, ScalarNode):
            self._expected(node, key, "a date")
            return None
        try:
            found = datetime.fromisoformat(node.value)
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            self.wrong(node, key, f"{node.value!r} is no date; write it as 2022-01-01")
            return None


def _under(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name
