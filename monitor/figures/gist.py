"""What a text is about beside its numbers: the words that the reader has no other use for, by their beginnings."""

from functools import lru_cache
from typing import Final

from models.enums import Lang
from monitor.figures.marked import Marked
from monitor.figures.text import document
from monitor.values import Gist

STEM: Final = 5  # letters that a word keeps through its cases; shorter words are everywhere


@lru_cache(maxsize=20_000)
def gist_of(text: str, lang: Lang | None = None) -> Gist:
    marked = Marked(document(text, lang))
    words = zip(marked.words, marked.classes, strict=True)
    own = (word for word, classes in words if not classes and len(word) >= STEM and word.isalpha())
    return Gist(marked.doc.lang, frozenset(word[:STEM] for word in own))
