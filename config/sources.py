"""The sources file: who speaks for which side, and what is followed. Nothing is loaded of a file with a fault in it."""

from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from config.durations import format_duration
from config.entries import BUILT_IN_SIDES, ListedSpeaker, Party, Person, SideEntry, SourceEntry, SourcesFile
from config.sources_form import SourcesForm
from config.yaml_nodes import BadFileError, Problem

__all__ = [
    "BUILT_IN_SIDES", "DEFAULT_FILE", "EXAMPLE_FOLDER", "BadFileError", "ListedSpeaker", "Party", "Person", "Problem",
    "SideEntry", "SourceEntry", "SourcesFile", "default_sources", "dump_sources", "known_with", "load_sources",
    "merge_sources", "parse_sources",
]  # fmt: skip

DEFAULT_FILE: Final = Path(__file__).with_name("sources.yaml")
EXAMPLE_FOLDER: Final = Path(__file__).with_name("example")


def merge_sources(known: SourcesFile, desk: SourcesFile) -> SourcesFile:
    """What the desk's file says over what was known: an entry with a known key replaces it whole."""
    parties = {key: each for key, each in known.parties.items() if key not in desk.speakers}
    speakers = {key: each for key, each in known.speakers.items() if key not in desk.parties}
    return SourcesFile(
        sides={**known.sides, **desk.sides},
        parties={**parties, **desk.parties},
        speakers={**speakers, **desk.speakers},
        sources={**known.sources, **desk.sources},
    )


def load_sources(path: Path, known: SourcesFile | None = None) -> SourcesFile:
    """What this one file says. It may refer to what is `known`: the default parties, speakers and sides unless given.

    Raises BadFileError with every problem of the file, or OSError where it cannot be opened.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise BadFileError([Problem(str(path), line, column, "", "is not UTF-8 text")]) from error
    return parse_sources(text, str(path), known)


def parse_sources(text: str, file: str, known: SourcesFile | None = None) -> SourcesFile:
    """As `load_sources`; `file` is what the problems are told of."""
    return SourcesForm(file, default_sources() if known is None else known).whole(text)


@cache
def default_sources() -> SourcesFile:
    """The parties, speakers and channels that come with the program, the built-in sides among them."""
    known = SourcesFile(sides=dict(BUILT_IN_SIDES))
    return merge_sources(known, load_sources(DEFAULT_FILE, known))


def known_with(desk: SourcesFile) -> SourcesFile:
    """A desk's own sources alone, with all sides, parties and speakers that they may name."""
    return replace(merge_sources(default_sources(), desk), sources=desk.sources)


def dump_sources(sources: SourcesFile) -> str:
    """YAML that loads to the same; the built-in sides are left out."""
    written = {
        "sides": {key: _side(each) for key, each in sources.sides.items() if BUILT_IN_SIDES.get(key) != each},
        "parties": {key: _named(each) for key, each in sources.parties.items()},
        "speakers": {key: _named(each) for key, each in sources.speakers.items()},
        "sources": [_source(each) for each in sources.sources.values()],
    }
    return yaml.safe_dump(
        {section: entries for section, entries in written.items() if entries},
        allow_unicode=True, sort_keys=False, default_flow_style=None, width=1000,
    )  # fmt: skip


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None and value not in ((), [], {})}


def _side(side: SideEntry) -> dict[str, Any]:
    return _given({"name": side.name, "opponents": list(side.opponents)})


def _named(each: Party | ListedSpeaker | Person) -> dict[str, Any]:
    people = each.people if isinstance(each, Party) else ()
    return _given(
        {
            "name": each.name,
            "side": None if isinstance(each, Person) else each.side,
            "aliases": {lang.value: list(names) for lang, names in each.aliases.items()},
            "from": each.since,
            "until": each.until,
            "people": [_named(person) for person in people],
        }
    )


def _source(source: SourceEntry) -> dict[str, Any]:
    return _given(
        {
            "key": source.key,
            "kind": source.kind.value,
            "address": source.address,
            "title": source.title,
            "party": source.party,
            "speaker": source.speaker,
            "side": source.side,
            "lang": None if source.lang is None else source.lang.value,
            "groups": list(source.groups),
            "interval": _length(source.interval),
            "enabled": None if source.enabled else False,
            "grade": source.grade,
            "telegram_id": source.telegram_id,
            "retention": _length(source.retention),
            "note": source.note,
        }
    )


def _length(length: timedelta | None) -> str | None:
    return None if length is None else format_duration(length)
