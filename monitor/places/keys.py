"""How names in Latin letters are compared: the many ways to write a Ukrainian or Russian name share one key."""

import re
from functools import lru_cache
from typing import Final

_SOUNDS: Final = (
    (re.compile(r"(?:iy|yi|yy|ii|ij|yj|y|j|i)"), "i"),
    (re.compile(r"i(?=[aeou])"), ""),
    (re.compile(r"kh"), "h"),
    (re.compile(r"tz|ts"), "c"),
    (re.compile(r"(zh|sh|ch)\1"), r"\1"),
    (re.compile(r"([a-z])\1"), r"\1"),
)
_NOT_A_LETTER: Final = re.compile(r"[^a-z]")
KEPT_WORDS: Final = 20_000


@lru_cache(maxsize=KEPT_WORDS)
def latin_key(word: str) -> str:
    """`word` in lower case; 'Huliaipole', 'Hulyaipole' and 'Gulyaypole' (but for its g) come to the same."""
    key = _NOT_A_LETTER.sub("", word.removesuffix("'s"))
    for sound, letter in _SOUNDS:
        key = sound.sub(letter, key)
    return key
