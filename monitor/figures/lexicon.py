"""The words of the reader: YAML files by language, validated on load, compiled once on first use.

An entry is a word as it stands (`wounds`), a stem with a paradigm (`soldier/s`: every ending of the paradigm) or a stem
with any ending (`kill*`). Several of them are a phrase; the number sign or `#`
in it is a number in digits. A class of words is named by
its keys, joined by dots: `nouns.military`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, NamedTuple

from models.enums import Lang
from monitor.errors import BadInputError
from monitor.figures.stems import Stems
from monitor.packaged import packaged_yaml

NUMBER: Final = "#"
_NUMBER_SIGNS: Final = frozenset({NUMBER, "\u2116"})  # the second needs no quotes in YAML
IGNORED_IN_PHRASES: Final = frozenset({"*", "_"})  # marks of bold and italic type
KEPT_WORDS: Final = 15_000  # words met in texts and remembered in each of some tables; about 12 MB in all
_NO_WORDS: Final = frozenset({"abbreviations", "paradigms", "numbers"})


@dataclass(frozen=True, slots=True)
class Letters:
    fold: Mapping[str, str]
    apostrophes: str
    dashes: str
    ignorable: str
    times: frozenset[str]
    composed: Mapping[str, tuple[str, str]]
    cyrillic_twins: Mapping[str, str]
    latin_twins: Mapping[str, str]
    only: Mapping[Lang, str]
    common: Mapping[Lang, frozenset[str]]


@cache
def letters() -> Letters:
    data = words_of("letters")
    twins: dict[str, str] = data["homoglyphs"]
    return Letters(
        fold=data["fold"],
        apostrophes=data["apostrophes"],
        dashes=data["dashes"],
        ignorable=data["ignorable"],
        times=frozenset(data["times"]),
        composed={whole: (parts[0], parts[1]) for whole, parts in data["composed"].items()},
        cyrillic_twins=twins,
        latin_twins={cyrillic: latin for latin, cyrillic in twins.items()},
        only={Lang.UK: data["letters"]["uk"], Lang.RU: data["letters"]["ru"]},
        common={Lang.UK: frozenset(data["common"]["uk"]), Lang.RU: frozenset(data["common"]["ru"])},
    )


@cache
def abbreviations(lang: Lang) -> frozenset[str]:
    """Words after whose full stop a sentence goes on."""
    return frozenset(words_of(lang)["abbreviations"])


class Pattern(NamedTuple):
    """One word of a phrase."""

    forms: frozenset[str]
    stem: str | None = None
    number: bool = False

    def matches(self, word: str) -> bool:
        if self.number:
            return word[0].isdigit()
        return word in self.forms or (self.stem is not None and word.startswith(self.stem))


class Phrase(NamedTuple):
    """What must follow a phrase's first word for it to be of the class `name`."""

    rest: tuple[Pattern, ...]
    name: str


class Known(NamedTuple):
    """What a lexicon knows of one word: its classes, and the phrases it may begin, the longest first.

    `by_next` has them by their second word where that is a whole word, `others` where it is a stem or a number.
    """

    classes: frozenset[str]
    phrases: tuple[Phrase, ...]
    by_next: Mapping[str, tuple[Phrase, ...]]
    others: tuple[Phrase, ...]


@dataclass(slots=True)
class _Entry:
    classes: set[str] = field(default_factory=set)
    phrases: list[Phrase] = field(default_factory=list)


class _Told(NamedTuple):
    """An entry that is whole. Most words of a file have one class and no phrases: these share one value."""

    classes: frozenset[str]
    phrases: tuple[Phrase, ...]


class Lexicon(dict[str, Known]):
    """Known words by the word; a word met for the first time is looked up by its stems and remembered."""

    def __init__(self, exact: Mapping[str, _Entry], stems: Mapping[str, _Entry]) -> None:
        super().__init__()
        shared: dict[frozenset[str], _Told] = {}
        self._exact = {form: _told(entry, shared) for form, entry in exact.items()}
        self._stems = {stem: _told(entry, shared) for stem, entry in stems.items()}
        self._begun = Stems(stems)
        self.cached: dict[str, Any] = {}
        self.endings: tuple[str, ...] = ()
        entries = [*exact.values(), *stems.values()]
        self.names = frozenset[str]().union(*(entry.classes for entry in entries)) | {
            phrase.name for entry in entries for phrase in entry.phrases
        }

    def under(self, *prefixes: str) -> frozenset[str]:
        """The classes of these names and all below them: `nouns` has `nouns.drone`."""
        return frozenset(
            name for name in self.names for prefix in prefixes if name == prefix or name.startswith(f"{prefix}.")
        )

    def __missing__(self, word: str) -> Known:
        if len(self) >= KEPT_WORDS:
            self.clear()
        found = self._entries(word)
        if not found:
            self[word] = UNKNOWN
            return UNKNOWN
        classes = frozenset[str]().union(*(entry.classes for entry in found))
        phrases = [phrase for entry in found for phrase in entry.phrases]
        self[word] = known = _known(classes, phrases)
        return known

    def _entries(self, word: str) -> list[_Told]:
        found = [self._exact.get(word), self._exact.get(NUMBER) if word[0].isdigit() else None]
        return [entry for entry in found if entry is not None] + [self._stems[stem] for stem in self._begun.of(word)]


def _told(entry: _Entry, shared: dict[frozenset[str], _Told]) -> _Told:
    classes = frozenset(entry.classes)
    if entry.phrases:
        return _Told(classes, tuple(entry.phrases))
    return shared.setdefault(classes, _Told(classes, ()))


UNKNOWN: Final = Known(frozenset(), (), {}, ())


def _known(classes: frozenset[str], phrases: list[Phrase]) -> Known:
    ordered = sorted(phrases, key=lambda phrase: -len(phrase.rest))
    by_next: dict[str, list[Phrase]] = {}
    for phrase in ordered:
        for form in phrase.rest[0].forms:
            by_next.setdefault(form, []).append(phrase)
    others = tuple(phrase for phrase in ordered if not phrase.rest[0].forms)
    return Known(classes, tuple(ordered), {form: tuple(found) for form, found in by_next.items()}, others)


@cache
def lexicon(lang: Lang, *names: str) -> Lexicon:
    """The words of one or several files of a language: `lexicon(Lang.RU)`, `lexicon(Lang.RU, "speakers")`.

    Raises BadInputError, with the file and the entry, where an entry cannot be understood.
    """
    exact: dict[str, _Entry] = {}
    stems: dict[str, _Entry] = {}
    paradigms = words_of(lang).get("paradigms", {})
    for name in names or ("",):
        file = f"{name}.{lang}" if name else str(lang)
        data = words_of(file)
        for class_name, item in _items(data, ""):
            _add(exact, stems, class_name, _patterns(file, item, paradigms | data.get("paradigms", {})))
    known = Lexicon(exact, stems)
    known.endings = tuple(words_of(lang).get("numbers", {}).get("endings", {}).get("adjective", ()))
    return known


def patterns_under(lang: Lang, *prefixes: str) -> Iterator[list[Pattern]]:
    """The entries of these classes of a language, word by word."""
    data = words_of(lang)
    for name, item in _items(data, ""):
        if any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes):
            yield _patterns(str(lang), item, data["paradigms"])


def _items(data: Mapping[Any, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if not prefix and key in _NO_WORDS:
            continue
        name = f"{prefix}.{key}" if prefix else str(key)
        if isinstance(value, Mapping):
            yield from _items(value, name)
        else:
            items: Iterable[Any] = value if isinstance(value, list) else (value or "").split(",")
            yield from ((name, str(item).strip()) for item in items if str(item).strip())


def _patterns(file: str, item: str, paradigms: Mapping[str, list[str]]) -> list[Pattern]:
    try:
        return [_pattern(word, paradigms) for word in item.replace("-", " - ").split()]
    except KeyError as error:
        raise BadInputError(f"{file}.yaml: {item!r} names the paradigm {error}, which does not exist") from error


def _pattern(word: str, paradigms: Mapping[str, list[str]]) -> Pattern:
    if word in _NUMBER_SIGNS:
        return Pattern(frozenset(), number=True)
    if len(word) > 1 and word.endswith("*"):
        return Pattern(frozenset(), stem=word[:-1])
    stem, slash, paradigm = word.partition("/")
    if slash and stem:
        return Pattern(frozenset(stem + ending for ending in paradigms[paradigm]))
    return Pattern(frozenset({word}))


def _add(exact: dict[str, _Entry], stems: dict[str, _Entry], name: str, patterns: list[Pattern]) -> None:
    first, rest = patterns[0], tuple(patterns[1:])
    if first.number:
        entries = [exact.setdefault(NUMBER, _Entry())]
    elif first.stem is not None:
        entries = [stems.setdefault(first.stem, _Entry())]
    else:
        entries = [exact.setdefault(form, _Entry()) for form in first.forms]
    for entry in entries:
        if rest:
            entry.phrases.append(Phrase(rest, name))
        else:
            entry.classes.add(name)


@cache
def words_of(name: str) -> Any:
    """One file of words as it stands, of a language or of a subject in a language (`speakers.ru`)."""
    return packaged_yaml("monitor.figures", "languages", f"{name}.yaml")
