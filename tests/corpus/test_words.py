"""Words are there for posts to be read by: a class of words that no example has is dead, or lacks its example."""

from collections.abc import Iterator, Sequence
from functools import cache

import pytest

from models.enums import Lang
from monitor.figures.lexicon import IGNORED_IN_PHRASES, lexicon
from monitor.figures.tagging import Tags
from monitor.figures.text import fold, tokenize
from tests.corpus.examples import HERE, examples, load

SUBJECTS = ("", "speakers", "sides", "scopes", "stances", "parts", "when", "places")
UNSEEN = load(HERE / "unseen.yaml")


@cache
def texts(lang: Lang) -> Sequence[list[str]]:
    given = (tokenize(fold(example.text)).words for example in examples() if example.lang is lang)
    return [[word for word in words if word not in IGNORED_IN_PHRASES] for words in given]


def seen(tags: Tags) -> Iterator[str]:
    for classes in tags.classes:
        yield from classes
    for phrases in tags.phrases.values():
        yield from (match.name for match in phrases)


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("lang", Lang)
def test_every_class_of_words_has_an_example_but_those_known_to_lack_one(lang: Lang, subject: str) -> None:
    known = lexicon(lang, subject) if subject else lexicon(lang)
    classes = {name for name in known.under(*known.names) if name.partition(".")[0] not in ("endings", "towns")}
    found = {name for words in texts(lang) for name in seen(Tags(words, known))}

    assert sorted(classes - found) == sorted(UNSEEN.get(f"{subject}.{lang}".lstrip("."), ()))
