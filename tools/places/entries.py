"""Places as they are gathered, before they are written as a table."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from places.letters import latin_of_russian, latin_of_ukrainian, russian_of

APOSTROPHES: Final = str.maketrans(dict.fromkeys("’ʼ`´′‘ʹ＇", "'") | {"ё": "е"})
CYRILLIC: Final = re.compile(r"[а-яёіїєґ' -]+")
LATIN: Final = re.compile(r"[a-z'. -]+")
UKRAINIAN: Final = re.compile(r"[іїєґ']")
RUSSIAN: Final = re.compile(r"[ыэёъ]")


def folded(name: str) -> str:
    return " ".join(name.lower().translate(APOSTROPHES).replace(".", " ").split())


@dataclass
class Entry:
    """`names`: language (ru, uk, en) and name, in the nominative; `adjectives`: stems before 'область' and the like.

    `listed`: by hand; `complete_as_is`: no spellings follow from its names.
    """

    id: str
    kind: str
    prominence: int
    within: list[str]
    en: str = ""
    ru: str = ""
    uk: str = ""
    names: list[tuple[str, str]] = field(default_factory=list)
    adjectives: list[tuple[str, str]] = field(default_factory=list)
    listed: bool = False
    complete_as_is: bool = False

    def call(self, names: Iterable[str]) -> None:
        """Take further names in any alphabet."""
        for name in names:
            self.names += [(lang, name) for lang in languages(name)]

    def complete(self) -> None:
        """Give a name in each language, and the spellings that follow from them."""
        if self.complete_as_is:
            return
        known = {lang: [name for of, name in self.names if of == lang] for lang in ("en", "ru", "uk")}
        self.uk = self.uk or next(iter(known["uk"] or known["ru"]), self.en)
        self.ru = self.ru or next(iter(known["ru"]), "") or min(sorted(russian_of(self.uk)), key=len)
        if not known["ru"] and known["uk"]:
            self.names += [("ru", name) for each in known["uk"] for name in sorted(russian_of(each))]
        self.names += [("en", latin_of_ukrainian(name)) for name in known["uk"]]
        self.names += [("en", latin_of_russian(name)) for lang, name in self.names if lang == "ru"]
        self.en = self.en or next(iter(known["en"]), "") or latin_of_ukrainian(self.uk)
        self.names += [("en", self.en), ("ru", self.ru), ("uk", self.uk)]
        self.names = list(dict.fromkeys(self.names))


def languages(name: str) -> Iterator[str]:
    """The languages that a spelling may belong to; none where its letters are of neither alphabet."""
    lowered = folded(name)
    if LATIN.fullmatch(lowered):
        yield "en"
    elif CYRILLIC.fullmatch(lowered):
        if not UKRAINIAN.search(lowered):
            yield "ru"
        if not RUSSIAN.search(name.lower()):
            yield "uk"
