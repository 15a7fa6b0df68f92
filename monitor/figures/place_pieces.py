"""Names of places that stand together become one piece: lists, a town with its region, an object with its town."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from monitor.figures.mentions import Frame, Kind, Mention, Piece
from monitor.figures.place_words import Words
from monitor.figures.text import TokenKind
from monitor.places import contains, gazetteer
from monitor.places.gazetteer import WELL_KNOWN

LONGEST_GAP: Final = 6  # words between the names of one piece
SAME: Final = {Kind.SETTLEMENT: 1, Kind.OBJECT: 1, Kind.AREA: 2, Kind.DISTRICT: 2, Kind.DIRECTION: 3, Kind.SEA: 2}
TOWNS_AND_AREAS: Final = {Kind.SETTLEMENT, Kind.AREA}  # 'in Kyiv, in Kyiv Region and in Kharkiv'
WHOLES: Final = (Kind.AREA, Kind.DISTRICT, Kind.COUNTRY, Kind.SEA)


def pieces_of(words: Words, mentions: Sequence[Mention]) -> list[Piece]:
    """In the order of the text. Speakers and bodies named after a place are left out."""
    areas = tuple(dict.fromkeys(id_ for mention in mentions if mention.kind is Kind.AREA for id_ in mention.ids))
    areas += tuple(dict.fromkeys(area for mention in mentions if (area := _area_of_town(mention)) is not None))
    pieces: list[Piece] = []
    for mention in mentions:
        if mention.frame is Frame.VOICE:
            continue
        piece = _piece(mention, areas)
        if not pieces or not _join(words, pieces, piece):
            pieces.append(piece)
    for piece in pieces:
        if piece.members:
            piece.id = _common_area([member.id for member in piece.members])
            names = (member.name or words.text(member.first, member.last) for member in piece.members)
            piece.name = ", ".join(names)
    return pieces


def _area_of_town(mention: Mention) -> str | None:
    """Of a town whose name is its own and no word."""
    if mention.kind is not Kind.SETTLEMENT or mention.common or len(mention.ids) != 1:
        return None
    within = gazetteer().place(mention.ids[0]).within
    return within[0] if within and gazetteer().place(within[0]).within else None


def _piece(mention: Mention, areas: tuple[str, ...]) -> Piece:
    id_, name = _meant(mention.ids, areas if len(mention.ids) > 1 else ())
    return Piece(mention.first, mention.last, mention.kind, mention.frame, id_, name, mention.common)


@lru_cache(maxsize=5_000)
def _meant(ids: tuple[str, ...], areas: tuple[str, ...]) -> tuple[str | None, str | None]:
    """The place meant where several bear a name: one inside an area that the post names, else the best known.

    Of villages that are known alike none is meant.
    """
    if not ids:
        return None, None
    inside = [id_ for id_ in ids if any(contains(area, id_) for area in areas)]
    meant = {id_: gazetteer().place(id_.partition("/")[0]) for id_ in inside or ids}
    best = max(meant, key=lambda id_: meant[id_].prominence)
    alike = sum(place.prominence == meant[best].prominence for place in meant.values())
    unsure = alike > 1 and meant[best].prominence <= WELL_KNOWN + 1
    _, _, surroundings = best.partition("/")
    return None if unsure else best, f"{meant[best].name} {surroundings}".rstrip()


def _join(words: Words, pieces: list[Piece], piece: Piece) -> bool:
    """Whether the piece became part of the one before it."""
    before = pieces[-1]
    gap = range(before.last, piece.first)
    if _is_community_of(words, before, piece, gap):
        before.outer = replace(before)
        _become(before, piece)
        before.last = piece.last
        return True
    if len(gap) > LONGEST_GAP or any(not _is_between(words, at) for at in gap):
        return False
    listed = any(words.words[at] in ",/" or "joins" in words.classes[at] for at in gap)
    if not listed and _is_near(words, before, piece, gap):
        before.outer = before.outer or piece
        return True
    if before.kind in (Kind.UNNAMED, Kind.STREET):
        if not listed and piece.kind is not Kind.UNNAMED:
            piece.frame = piece.frame if piece.frame is not Frame.LOOSE else before.frame
            pieces.pop()
        return False
    if piece.kind in (Kind.UNNAMED, Kind.STREET, Kind.BACK) or before.kind is Kind.BACK:
        return False
    return _nested(words, before, piece, gap) or (listed and _listed(pieces, piece))


def _is_community_of(words: Words, before: Piece, piece: Piece, gap: range) -> bool:
    """'On Nikopol district - the community of Myriv': the narrower one behind a mark."""
    if before.kind is not Kind.DISTRICT or piece.kind is not Kind.DISTRICT or before.members:
        return False
    marked = len(gap) == 1 and words.words[gap[0]] in "-,("
    return marked and words.has(piece.last - 1, "community") and not words.has(before.last - 1, "community")


def _is_near(words: Words, before: Piece, piece: Piece, gap: range) -> bool:
    """'In Makiivka near Donetsk': the second only says where the first lies."""
    towns = before.kind is Kind.SETTLEMENT and piece.kind in (Kind.SETTLEMENT, Kind.AREA)
    return towns and not before.members and before.frame is Frame.PLACED and any(words.has(at, "near") for at in gap)


def _is_between(words: Words, at: int) -> bool:
    if words.kinds[at] is TokenKind.PUNCT:
        return words.words[at] in ",/(*_\"'«»"
    classes = words.classes[at]
    return not classes.isdisjoint(BETWEEN)


BETWEEN: Final = frozenset({"at", "between", "joins", "settlement.city", "settlement.village", "area.district"})


def _nested(words: Words, before: Piece, piece: Piece, gap: range) -> bool:
    """A narrower place and the wider one behind it, or the wider one first."""
    joined = any("joins" in words.classes[at] for at in gap)
    inside = before.members[-1] if before.members else before
    if before.kind is Kind.OBJECT and piece.kind is not Kind.OBJECT and not joined:
        if piece.kind is not Kind.COUNTRY:
            before.last = piece.last
        before.id, before.name = (before.id, before.name) if before.id else (piece.id, piece.name)
        return True
    if before.kind is Kind.DISTRICT and piece.kind is Kind.SETTLEMENT and not gap:
        _become(before, piece)
        return True
    if piece.kind in WHOLES and not joined and _holds(piece, inside):
        before.outer = before.outer or piece
        _assure(words, before, piece)
        return True
    if before.kind in WHOLES and not joined and piece.id and before.id and contains(before.id, piece.id):
        before.outer = Piece(
            before.first, before.last, before.kind, before.frame, before.id, before.name, before.common
        )
        _become(before, piece)
        return True
    return False


def _assure(words: Words, inner: Piece, outer: Piece) -> None:
    """'Storm, Kharkiv Region' at the beginning of a line is a place, whatever else the word means."""
    if inner.common and inner.id and outer.id and contains(outer.id, inner.id):
        inner.common = False
        if inner.frame is Frame.LOOSE and words.begins_line(inner.first):
            inner.frame = Frame.PLACED


def _become(before: Piece, piece: Piece) -> None:
    """Stand for the place behind, in the frame of the one before it."""
    before.first, before.last, before.kind = piece.first, piece.last, piece.kind
    before.id, before.name, before.common, before.members = piece.id, piece.name, piece.common, []


def _holds(outer: Piece, inner: Piece) -> bool:
    if inner.kind in WHOLES and inner.kind is outer.kind and not (outer.id and inner.id):
        return False
    if outer.id is None or inner.id is None:
        return inner.kind in (Kind.SETTLEMENT, Kind.DISTRICT)
    return contains(outer.id, inner.id) and outer.id != inner.id


def _listed(pieces: list[Piece], piece: Piece) -> bool:
    before = pieces[-1]
    placed = before.frame is piece.frame is Frame.PLACED and {before.kind, piece.kind} <= TOWNS_AND_AREAS
    if SAME.get(before.kind, 0) != SAME.get(piece.kind, -1) and not placed:
        return False
    if piece.frame not in (Frame.LOOSE, before.frame):
        return False
    if not before.members:
        before.members = [
            Piece(before.first, before.last, before.kind, before.frame, before.id, before.name, before.common)
        ]
    piece.frame = before.frame
    before.members.append(piece)
    before.last = piece.last
    before.common = before.common and piece.common
    before.id = None
    return True


def _common_area(ids: Sequence[str | None]) -> str | None:
    """The smallest area around all places of a list; no country."""
    known = [id_ for id_ in ids if id_ is not None]
    if len(known) < len(ids):
        return None
    for outer in gazetteer().around(known[0].partition("/")[0]):
        if gazetteer().place(outer).within and all(contains(outer, id_) for id_ in known):
            return outer
    return None
