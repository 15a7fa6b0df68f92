"""Undoing a content encoding piece by piece, so that a few bytes that unfold into gigabytes never do."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]

from monitor.sources.errors import RefusedError, UnreachableError

STEP = 64 * 1024
ACCEPTED = "gzip, deflate, br"
_GZIP, _ZLIB, _RAW = 31, 15, -15
_GZIP_MEMBER = b"\x1f"


class Decoder(Protocol):
    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Pieces of at most STEP bytes, each made only when asked for."""

    @property
    def finished(self) -> bool:
        """Whether the encoded stream came to its own end."""


class _Identity:
    finished = True

    def pieces(self, data: bytes) -> Iterator[bytes]:
        yield data


class _Zlib:
    def __init__(self, window: int) -> None:
        self._window = window
        self._inflate = zlib.decompressobj(window)
        self._started = False

    @property
    def finished(self) -> bool:
        return self._inflate.eof or not self._started

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._inflate.eof:
                if self._window != _GZIP or not data.startswith(_GZIP_MEMBER):
                    return  # padding after the end
                self._inflate = zlib.decompressobj(_GZIP)  # a gzip body may be several, one after another
            yield self._step(data)
            data = self._inflate.unconsumed_tail or self._inflate.unused_data

    def _step(self, data: bytes) -> bytes:
        first, self._started = not self._started, True
        try:
            return self._inflate.decompress(data, STEP)
        except zlib.error:
            if not first or self._window != _ZLIB:
                raise
        self._inflate = zlib.decompressobj(_RAW)  # 'deflate' means zlib, but some servers send it bare
        return self._inflate.decompress(data, STEP)


class _Brotli:
    def __init__(self) -> None:
        self._inflate = brotli.Decompressor()
        self._started = False

    @property
    def finished(self) -> bool:
        return not self._started or bool(self._inflate.is_finished())

    def pieces(self, data: bytes) -> Iterator[bytes]:
        self._started = True
        yield self._inflate.process(data, output_buffer_limit=STEP)
        while not self._inflate.can_accept_more_data():
            yield self._inflate.process(b"", output_buffer_limit=STEP)


def decoder_for(encoding: str) -> Decoder:
    match encoding.strip().lower():
        case "" | "identity":
            return _Identity()
        case "gzip" | "x-gzip":
            return _Zlib(_GZIP)
        case "deflate":
            return _Zlib(_ZLIB)
        case "br":
            return _Brotli()
    raise RefusedError(f"content encoding {encoding[:40]!r} was not asked for")


def inflate(received: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """The body as it was before encoding. Raises RefusedError above `limit` bytes, received or unfolded."""
    decoder, body, taken = decoder_for(encoding), bytearray(), 0
    for chunk in received:
        taken += len(chunk)
        if taken > limit:
            raise RefusedError(f"larger than {limit:,} bytes")
        for piece in _pieces(decoder, chunk):
            body += piece
            if len(body) > limit:
                raise RefusedError(f"unfolds to more than {limit:,} bytes")
    if not decoder.finished:
        raise UnreachableError("the answer broke off")
    return bytes(body)


def _pieces(decoder: Decoder, chunk: bytes) -> Iterator[bytes]:
    try:
        yield from decoder.pieces(chunk)
    except (zlib.error, brotli.error) as error:
        raise UnreachableError("the answer's compression is damaged") from error
