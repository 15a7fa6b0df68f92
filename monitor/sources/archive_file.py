"""A local file read in windows, so that an archive of any size is held a few megabytes at a time.

Offsets count bytes after gzip is undone. Between two windows the file may grow, or be another one.
"""

import gzip
import os
import stat
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final, Self

from monitor.sources.errors import RefusedError, SourceError, UnreachableError, UnreadableError
from monitor.values import JSON

WINDOW: Final = 2**20
MOST_UNFOLDED: Final = 4_000_000_000
_STEP: Final = 2**16
_TAIL: Final = 1024
_GZIP: Final = b"\x1f\x8b"
# Real archives fold to a fifth or a thirtieth; what folds further, and is large, was made to fill a disk.
_SUSPECT_FROM: Final = 16 * 2**20
_MOST_FOLDED: Final = 200


@dataclass(frozen=True, slots=True)
class Place:
    """How far a file was read. `stamp`: inode, size and time of change then; `tail`: the bytes before, hashed."""

    offset: int = 0
    stamp: tuple[int, ...] = ()
    tail: tuple[int, str] = (0, "")
    done: bool = False

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        if not given:
            return cls()
        length, digest = given["tail"]
        return cls(given["offset"], tuple(given["stamp"]), (length, digest), given["done"])

    def json(self) -> dict[str, JSON]:
        return {"offset": self.offset, "stamp": list(self.stamp), "tail": list(self.tail), "done": self.done}

    def after(self, window: "Window", consumed: int, *, done: bool) -> "Place":
        tail = window.data[max(0, consumed - _TAIL) : consumed]
        known = (len(tail), _digest(tail)) if tail else self.tail
        return Place(window.offset + consumed, window.stamp, known, done)


@dataclass(frozen=True, slots=True)
class Window:
    """`end`: the file ends with it. `trouble`: it broke off there."""

    data: bytes
    offset: int
    stamp: tuple[int, ...]
    end: bool = False
    trouble: SourceError | None = None


def read_window(path: Path, place: Place, size: int) -> Window | None:
    """What follows that place; from the start where the file is not the same any more. None: nothing new.

    Raises UnreachableError, RefusedError and UnreadableError.
    """
    stamp = _stamp(path)
    if place.done and stamp == place.stamp:
        return None
    if place.offset and not _is_same(place.stamp, stamp):
        place = Place()
    with _open(path) as raw:
        stream = _Unfolding(raw) if _is_folded(raw) else _Plain(raw)
        if _goes_on(stream, place):
            return _window(stream, place.offset, stamp, size)
    return read_window(path, Place(), size)


class _Plain:
    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw

    def step(self, size: int) -> bytes:
        try:
            return self._raw.read(min(size, _STEP))
        except OSError as error:
            raise UnreachableError(f"the file could not be read: {error.strerror or error}") from error

    def skip(self, size: int) -> None:
        self._raw.seek(size, os.SEEK_CUR)


class _Unfolding:
    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._gzip = gzip.GzipFile(fileobj=raw)
        self._unfolded = 0

    def step(self, size: int) -> bytes:
        try:
            piece = self._gzip.read1(min(size, _STEP))
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableError("its gzip is damaged or cut off") from error
        self._unfolded += len(piece)
        suspect = self._unfolded > max(_SUSPECT_FROM, _MOST_FOLDED * self._raw.tell())
        if suspect or self._unfolded > MOST_UNFOLDED:
            raise RefusedError(f"its gzip unfolds to more than {self._unfolded:,} bytes from {self._raw.tell():,}")
        return piece

    def skip(self, size: int) -> None:
        while size > 0 and (piece := self.step(size)):
            size -= len(piece)


def _is_same(before: tuple[int, ...], now: tuple[int, ...]) -> bool:
    """Unchanged, or grown at its end."""
    return before == now or (len(before) == 3 and before[0] == now[0] and before[1] < now[1])


def _goes_on(stream: _Plain | _Unfolding, place: Place) -> bool:
    """Go to the place. False where other bytes stand before it now."""
    length, digest = place.tail
    stream.skip(place.offset - length)
    tail = b""
    while len(tail) < length and (piece := stream.step(length - len(tail))):
        tail += piece
    return length == 0 or _digest(tail) == digest


def _window(stream: _Plain | _Unfolding, offset: int, stamp: tuple[int, ...], size: int) -> Window:
    data = bytearray()
    try:
        while len(data) < size:
            piece = stream.step(size - len(data))
            if not piece:
                return Window(bytes(data), offset, stamp, end=True)
            data += piece
        return Window(bytes(data), offset, stamp, end=not stream.step(1))
    except (UnreadableError, UnreachableError) as error:
        return Window(bytes(data), offset, stamp, trouble=error)


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise UnreachableError(f"no file {path} can be read: {_reason(error)}") from error
    if not stat.S_ISREG(found.st_mode):  # opening a pipe would wait for ever, a device would never end
        raise RefusedError(f"{path} is no file")
    return found.st_ino, found.st_size, found.st_mtime_ns


def _open(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise UnreachableError(f"no file {path} can be read: {_reason(error)}") from error


def _is_folded(raw: IO[bytes]) -> bool:
    """By content, not by name."""
    first = raw.read(2)
    raw.seek(0)
    return first == _GZIP


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
