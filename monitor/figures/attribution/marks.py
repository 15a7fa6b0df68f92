"""What a word may be where speakers are named, as bits of one number: a page is read word by word, and often."""

from functools import cache
from typing import Final

from models.enums import Lang
from monitor.figures.lexicon import KEPT_WORDS, lexicon, words_of

_NAMES: Final = (
    "about",
    "additive",
    "adverbs",
    "articles",
    "at",
    "auxiliaries",
    "bodies",
    "by",
    "by_nouns",
    "cite",
    "civil",
    "contrast",
    "copyright",
    "credits",
    "data",
    "delegates",
    "demonyms",
    "domains",
    "generic.bodies",
    "generic.people",
    "impersonal",
    "into",
    "joins",
    "like",
    "media",
    "meanwhile",
    "mediums",
    "names",
    "no_labels",
    "nobody",
    "nouns",
    "of",
    "ordinary",
    "own",
    "people",
    "possessives",
    "prepositions",
    "pronouns",
    "recipients",
    "relative",
    "reports",
    "say",
    "saying",
    "sender",
    "sources",
    "stops",
    "straight",
    "straight_named",
    "there",
    "this",
    "times",
    "when",
    "within",
)
BITS: Final = {name: 1 << at for at, name in enumerate(_NAMES)}


@cache
def bit(*names: str) -> int:
    """The mark of a class of words; of several, the marks of all."""
    return sum(BITS[name] for name in names)


WORD: Final = 1 << len(_NAMES)
NUMBER: Final = WORD << 1
BREAK: Final = WORD << 2
QUOTE: Final = WORD << 3
CAPITAL: Final = WORD << 4
HYPHEN: Final = WORD << 5  # within a word; any other is a dash
_DASH: Final = WORD << 6
DASH: Final = _DASH | BREAK
PHRASE_CUE: Final = WORD << 7  # a phrase that makes somebody speak begins here
CUES: Final = bit("say", "saying", "impersonal", "by", "straight", "straight_named", "cite")
CUE: Final = CUES | _DASH | PHRASE_CUE

ARTICLE: Final = bit("articles")
PERSON: Final = bit("people")
SPEAKER: Final = bit("people", "bodies", "sources", "media")
SAY: Final = bit("say")
STOP: Final = bit("stops")
PREPOSITION: Final = bit("prepositions")
ADVERB: Final = bit("adverbs")
TIME: Final = bit("times")
IN: Final = bit("at")
PRONOUN: Final = bit("pronouns")
NOBODY: Final = bit("nobody")
MEDIUM: Final = bit("mediums")
REPORT: Final = bit("reports")
DOMAIN: Final = bit("domains")
# Phrases that are a speaker or an adverb as a whole mark each of their words.
SPREAD: Final = SPEAKER | ADVERB

_BREAKS: Final = frozenset(",;:(){}|!?…→=#")
QUOTES: Final = frozenset('"«»“”„')


class _Marks(dict[str, int]):
    """Marks by the word, found out once."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._known = lexicon(lang, "speakers")

    def __missing__(self, word: str) -> int:
        if len(self) >= KEPT_WORDS:
            self.clear()
        marks = _shape(word)
        for name in self._known[word].classes:
            marks |= BITS.get(name, 0)
        self[word] = marks
        return marks


def _shape(word: str) -> int:
    if word[0].isalpha():
        return WORD
    if word[0].isdigit():
        return NUMBER
    return BREAK if word in _BREAKS else QUOTE if word in QUOTES else 0


@cache
def marks_of(lang: Lang) -> _Marks:
    return _Marks(lang)


@cache
def endings(lang: Lang, name: str) -> tuple[str, ...]:
    """The longest first."""
    return tuple(sorted(words_of(f"speakers.{lang}")["endings"][name], key=len, reverse=True))
