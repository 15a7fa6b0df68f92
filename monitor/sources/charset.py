"""Which letters the bytes mean. What a server declares is a hint: feeds and blogs of the field often declare wrong."""

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import Final

_SAMPLE: Final = 50_000
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_IN_BODY = (
    re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE),
    re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE),
)
_RUN: Final = re.compile(rb"[\x80-\xff]{3,}")
_LATIN: Final = "windows-1252"
_WIDER: Final = {"koi8-r": "koi8-u", "iso8859-1": _LATIN}  # the same letters and some more, as browsers do
_GUESSES: Final = ("windows-1251", "koi8-u", "iso-8859-5", "cp866")
_NO_PAGE_IS_IN: Final = frozenset(
    {"utf-8", "ascii", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7", "charmap", "mbcs", "oem"}
)
_CYRILLIC: Final = range(0x400, 0x500)
_SMALL: Final = range(0x430, 0x450)


def decode(body: bytes, headers: Mapping[str, str]) -> str:
    """Valid UTF-8 is UTF-8, whatever is declared; else what is declared, unless another reading is plainly better."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body.decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if _nearly_utf8(body, error):
            return body.decode("utf-8", "replace")
    return _best(body, list(_declared(body, headers)))


def _nearly_utf8(body: bytes, error: UnicodeDecodeError) -> bool:
    """A few broken bytes in long UTF-8: a cut-off end, a careless shortening of a headline."""
    if error.start >= len(body) - 3:
        return True
    sample = body[:_SAMPLE]
    letters = sum(byte >= 0xC0 for byte in sample)
    return sample.decode("utf-8", "replace").count("\ufffd") * 10 < letters


def _declared(body: bytes, headers: Mapping[str, str]) -> Iterator[str]:
    in_header = _IN_HEADER.search(headers.get("content-type", ""))
    found = [in_header[1]] if in_header else []
    found += [match[1].decode("ascii") for match in (pattern.search(body, 0, 4096) for pattern in _IN_BODY) if match]
    for name in found:
        try:
            known = codecs.lookup(name).name
            b"a".decode(known, "replace")  # some codecs give no text ('rot13', 'zlib', 'undefined')
        except (LookupError, ValueError):
            continue
        if known not in _NO_PAGE_IS_IN:
            yield _WIDER.get(known, known)


def _best(body: bytes, declared: list[str]) -> str:
    """What is declared, unless another reading is clearly better Cyrillic."""
    sample = body[:_SAMPLE]
    if not _in_runs(sample):
        return body.decode(declared[0] if declared else _LATIN, "replace")
    names = [*declared, *_GUESSES]
    best = max(names, key=lambda name: _likeness(sample, name) + (0.1 if name in declared else 0))
    return body.decode(best, "replace")


def _in_runs(sample: bytes) -> bool:
    """Cyrillic in one byte a letter stands in whole words; accents of Latin letters stand alone."""
    return sum(len(run) for run in _RUN.findall(sample)) * 2 > sum(byte > 0x7F for byte in sample)


def _likeness(sample: bytes, name: str) -> float:
    """How far the letters beyond ASCII look like a Cyrillic text: nearly all of them small."""
    letters = [ord(letter) for letter in sample.decode(name, "replace") if ord(letter) > 0x7F]
    if not letters:
        return 0.0
    small = sum(letter in _SMALL for letter in letters)
    others = sum(letter not in _CYRILLIC and letter < 0x2000 and letter not in (0xA0, 0xAB, 0xBB) for letter in letters)
    return (small - 2 * others) / len(letters)
