"""The form of a sources file: which keys stand where, and what each may hold."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

from yaml.nodes import MappingNode, Node, ScalarNode

from config.addresses import any_address, channel_handle, web_address
from config.entries import BUILT_IN_SIDES, ListedSpeaker, Party, Person, SideEntry, SourceEntry, SourcesFile
from config.yaml_nodes import Checker, Read
from models.enums import OTHER_SIDE, UNKNOWN_SIDE, Lang, SourceKind

GRADES: Final = ("A", "B", "C", "D", "E", "F")

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_ADDRESSES: Final[Mapping[str, Callable[[str], str]]] = {
    SourceKind.TELEGRAM: channel_handle,
    SourceKind.PREVIEW: channel_handle,
    SourceKind.FEED: web_address,
    SourceKind.PAGE: web_address,
    SourceKind.ARCHIVE: any_address,
    SourceKind.EXAMPLE: any_address,
}
_FIXED_SIDES: Final = frozenset({OTHER_SIDE, UNKNOWN_SIDE})

Given = dict[str, Any]
Entry = TypeVar("Entry")


class SourcesForm(Checker):
    """Reads one sources file whole; what it may refer to beyond itself is `known`."""

    def __init__(self, file: str, known: SourcesFile) -> None:
        super().__init__(file)
        self._sides = set(known.sides) | set(BUILT_IN_SIDES)
        self._parties = set(known.parties)
        self._speakers = set(known.speakers)
        self._party_sides = {key: party.side for key, party in known.parties.items()}

    def whole(self, text: str) -> SourcesFile:
        root = self.compose(text)
        if root is None:
            self.raise_problems()
            return SourcesFile()
        sections = self.fields(
            root, "", dict.fromkeys(("sides", "parties", "speakers", "sources"), lambda node, _: node)
        )
        sides, parties, speakers = (self._named(sections, name) for name in ("sides", "parties", "speakers"))
        self._note_keys(sides, parties, speakers)
        given_sides = self._each(sides, "sides", self._side)
        given_parties = self._each(parties, "parties", self._party)
        given_speakers = self._each(speakers, "speakers", self._speaker)
        self._party_sides |= {
            key: each["side"] for key, each in given_parties.items() if each.get("side") in self._sides
        }
        given_sources = self._sources(sections.get("sources"))
        self.raise_problems()
        return SourcesFile(
            sides=_built(SideEntry, given_sides),
            parties=_built(Party, {key: _people_of(each) for key, each in given_parties.items()}),
            speakers=_built(ListedSpeaker, given_speakers),
            sources=_built(SourceEntry, {key: _enums_of(each) for key, each in given_sources.items()}),
        )

    def _named(self, sections: Mapping[str, Node], name: str) -> dict[str, Node]:
        node = sections.get(name)
        if node is None or _is_nothing(node):
            return {}
        found = self.mapping(node, name)
        for key, value in found.items():
            self._check_key(value, f"{name}.{key}", key)
        return found

    def _check_key(self, node: Node, where: str, key: str) -> None:
        if not _KEY.fullmatch(key):
            self.wrong(node, where, f"{key!r} is no key: up to 64 Latin letters, digits, dots, dashes and underscores")

    def _note_keys(self, sides: Mapping[str, Node], parties: Mapping[str, Node], speakers: Mapping[str, Node]) -> None:
        """References look at the keys alone, so that one bad entry does not make all that names it bad as well."""
        for key in _FIXED_SIDES & set(sides):
            self.wrong(sides[key], f"sides.{key}", "is built in and cannot be changed")
        for key in set(parties) & set(speakers):
            self.wrong(speakers[key], f"speakers.{key}", "is a party already")
        self._sides |= set(sides)
        self._parties = (self._parties - set(speakers)) | set(parties)
        self._speakers = (self._speakers - set(parties)) | set(speakers)

    def _each(self, nodes: Mapping[str, Node], section: str, read: Callable[[Node, str], Given]) -> dict[str, Given]:
        return {key: read(node, f"{section}.{key}") for key, node in nodes.items()}

    def _side(self, node: Node, key: str) -> Given:
        return self.fields(node, key, {"name": self.text, "opponents": self._side_keys}, ["name"])

    def _side_keys(self, node: Node, key: str) -> tuple[str, ...]:
        read = self.choice(self._sides, "side")
        return tuple(read(item, f"{key}[{place}]") for place, item in enumerate(self.items(node, key)))

    def _named_readings(self) -> dict[str, Read]:
        return {"name": self.text, "aliases": self._aliases, "from": self.moment, "until": self.moment}

    def _person(self, node: Node, key: str) -> Given:
        return self._dated(node, key, self.fields(node, key, self._named_readings(), ["name"]))

    def _party(self, node: Node, key: str) -> Given:
        side = self.choice(self._sides - _FIXED_SIDES, "side that a party can speak for")
        readings = {**self._named_readings(), "side": side, "people": self._people}
        return self._dated(node, key, self.fields(node, key, readings, ["name", "side"]))

    def _speaker(self, node: Node, key: str) -> Given:
        readings = {**self._named_readings(), "side": self.choice(self._sides, "side")}
        return self._dated(node, key, self.fields(node, key, readings, ["name"]))

    def _people(self, node: Node, key: str) -> tuple[Given, ...]:
        return tuple(self._person(item, f"{key}[{place}]") for place, item in enumerate(self.items(node, key)))

    def _dated(self, node: Node, key: str, given: Given) -> Given:
        since: datetime | None = given.pop("from", None)
        until: datetime | None = given.get("until")
        if since is not None and until is not None and since >= until:
            self.wrong(node, key, "ends before it begins: `until` must be later than `from`")
        return given | ({} if since is None else {"since": since})

    def _aliases(self, node: Node, key: str) -> dict[Lang, tuple[str, ...]]:
        given = self.fields(node, key, dict.fromkeys([lang.value for lang in Lang], self.texts))
        return {Lang(lang): names for lang, names in given.items() if names}

    def _sources(self, node: Node | None) -> dict[str, Given]:
        found: dict[str, Given] = {}
        places: dict[tuple[str, str], str] = {}
        nothing = node is None or _is_nothing(node)
        for place, item in enumerate([] if nothing or node is None else self.items(node, "sources")):
            given = self._source(item, place)
            key, address = given.pop("key", None), given.get("address")
            if key is None:
                continue
            if key in found:
                self.wrong(item, f"sources.{key}", "stands twice")
            elif address is not None:
                first = places.setdefault((_surface(given), address.lower()), key)
                if first != key:
                    self.wrong(item, f"sources.{key}.address", f"is the address of {first} too")
            found[key] = given
        return found

    def _source(self, node: Node, place: int) -> Given:
        named = self._name_of(node, place)
        kinds = [kind.value for kind in SourceKind]
        readings: dict[str, Read] = {
            "key": self._source_key,
            "kind": self.choice(kinds, "kind of source"),
            "address": self._address_for(node),
            "title": self.text,
            "lang": self.choice([lang.value for lang in Lang], "language"),
            "side": self.choice(self._sides, "side"),
            "party": self.choice(self._parties, "party"),
            "speaker": self.choice(self._speakers, "speaker"),
            "groups": self.texts,
            "interval": self.duration,
            "enabled": self.flag,
            "grade": self.choice(GRADES, "grade"),
            "telegram_id": self.integer,
            "retention": self.duration,
            "note": self.text,
        }
        given = self.fields(node, named, readings, ["key", "kind", "address"])
        self._check_speaking(node, named, given)
        return given

    def _name_of(self, node: Node, place: int) -> str:
        key = _plain(node, "key")
        return f"sources.{key}" if key else f"sources[{place}]"

    def _source_key(self, node: Node, key: str) -> str | None:
        value = self.text(node, key)
        if value is not None:
            self._check_key(node, key, value)
        return value

    def _address_for(self, source: Node) -> Read:
        return self.parsed(_ADDRESSES.get(_plain(source, "kind") or "", any_address))

    def _check_speaking(self, node: Node, key: str, given: Given) -> None:
        party, side = given.get("party"), given.get("side")
        if party is not None and given.get("speaker") is not None:
            self.wrong(node, key, "has a party and a speaker; give the one whose own channel it is")
        spoken_for = self._party_sides.get(party) if party is not None else None
        if side is not None and spoken_for is not None and side != spoken_for:
            self.wrong(node, f"{key}.side", f"is {side}, but {party} speaks for {spoken_for}")


def _is_nothing(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.tag.endswith(":null")


def _plain(node: Node, key: str) -> str | None:
    """The text under a key of a mapping, unchecked: to name the place, and to know the kind before the address."""
    for name, value in node.value if isinstance(node, MappingNode) else []:
        if isinstance(name, ScalarNode) and name.value == key and isinstance(value, ScalarNode):
            return str(value.value)
    return None


def _surface(given: Given) -> str:
    return "telegram" if given.get("kind") in (SourceKind.TELEGRAM, SourceKind.PREVIEW) else str(given.get("kind"))


def _people_of(given: Given) -> Given:
    return given | {"people": tuple(Person(**person) for person in given.get("people", ()))}


def _enums_of(given: Given) -> Given:
    lang = given.get("lang")
    return {
        **given,
        "kind": SourceKind(given["kind"]),
        "title": given.get("title", given["address"]),
        "lang": None if lang is None else Lang(lang),
    }


def _built(entry: Callable[..., Entry], given: Mapping[str, Given]) -> dict[str, Entry]:
    return {key: entry(key=key, **values) for key, values in given.items()}
