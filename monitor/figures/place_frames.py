"""How each name of a place stands: where something happens, whence, whither, beside, or as somebody who speaks."""

from typing import Final

from models.enums import Lang
from monitor.figures.mentions import Frame, Kind, Mention
from monitor.figures.place_adjectives import is_adjective, is_locative
from monitor.figures.place_heads import begins_area
from monitor.figures.place_words import AREA_WORDS, CLOSING_QUOTES, OPENING_QUOTES, Words
from monitor.figures.text import TokenKind
from monitor.places import PlaceKind, gazetteer

FURTHEST: Final = 8  # words back to the preposition
FURTHEST_VERB: Final = 10
FURTHEST_WARD: Final = 4
FURTHEST_BEHIND: Final = 3
FURTHEST_SILENCE: Final = 2  # words between a place and the word for saying nothing
HEADLINE_MARKS: Final = frozenset(".:,-|(!")
ATTACK_STOPS: Final = frozenset(".,;:!?()\n")
CARRIERS: Final = frozenset(
    {"between", "settlement.city", "settlement.village", "settlement.villages", "object", "object_part", *AREA_WORDS}
)


def frame(words: Words, mentions: list[Mention]) -> None:
    """Sets the `frame` of every mention."""
    before: Mention | None = None
    for mention in mentions:
        mention.frame = _frame(words, mention)
        if mention.frame is Frame.LOOSE and before is not None and _follows(words, mention, before):
            mention.frame = before.frame
        before = mention


def _follows(words: Words, mention: Mention, before: Mention) -> bool:
    """'In Donetsk region 455, Kharkiv 275'; 'between Moscow and Tehran'."""
    if mention.kind is Kind.AREA and before.kind is Kind.AREA:
        return mention.first - before.last <= FURTHEST
    return before.frame is Frame.VOICE and mention.first - before.last == 1 and words.has(before.last, "joins")


def _frame(words: Words, mention: Mention) -> Frame:
    if _is_named_after(words, mention) or _is_person(words, mention) or _is_passed_over(words, mention):
        return Frame.VOICE
    if _is_avenged(words, mention):
        return Frame.AWAY
    found = _by_what_leads(words, mention)
    if (found is Frame.AWAY and _speaks(words, mention)) or (found is Frame.TOWARD and mention.kind is Kind.STREET):
        return Frame.PLACED
    if _speaks(words, mention) and (found is Frame.LOOSE or _is_government(words, mention, found)):
        return Frame.VOICE
    if found is Frame.LOOSE and _is_headline(words, mention):
        return Frame.PLACED
    return Frame.VOICE if found is Frame.LOOSE and _is_capital(mention) else found


def _is_passed_over(words: Words, mention: Mention) -> bool:
    """'Not a word about Toropets', 'did not mention Toropets', 'is silent on Toropets'."""
    about = words.has(mention.first - 1, "about")
    before = range(mention.first - FURTHEST_SILENCE - about, mention.first)
    behind = range(mention.last, mention.last + FURTHEST_SILENCE) if about else range(0)
    for tokens in (before, behind):
        if any(words.has(at, "mute") for at in tokens):
            return about
        worded = any(words.has(at, "worded") for at in tokens)
        if worded and any(words.has(at, "negation") for at in range(tokens[0] - FURTHEST_SILENCE, tokens[-1])):
            return True
    return False


def _by_what_leads(words: Words, mention: Mention) -> Frame:
    """From the name back to the preposition, verb or noun that governs it."""
    at = mention.first
    for _ in range(FURTHEST):
        at = words.before(at)
        if at >= 0 and words.kinds[at] is TokenKind.NEWLINE and words.is_word(at - 1):
            at -= 1
        if at < 0 or words.kinds[at] is TokenKind.NEWLINE:
            break
        governed = _governed(words, mention, at)
        if governed is not None:
            return governed
        if not _carries(words, at):
            break
    return Frame.PLACED if _is_attacked(words, mention) else Frame.LOOSE


def _carries(words: Words, at: int) -> bool:
    if not words.classes[at].isdisjoint(CARRIERS):
        return True
    if words.words[at] == "-" and words.next_to(at):
        return True
    if words.is_word(at) and words.doc.lang is not Lang.EN and is_adjective(words.doc.lang, words.words[at]):
        return not words.capital[at]
    return words.words[at] in OPENING_QUOTES or (words.words[at] == ":" and _carries(words, at - 1))


def _is_attacked(words: Words, mention: Mention) -> bool:
    """A verb of attack stands before, and no mark between: 'attacked with 12 drones Orikhiv'."""
    for at in range(mention.first - 1, max(-1, mention.first - FURTHEST), -1):
        if words.words[at] in ATTACK_STOPS or words.has(at, "joins"):
            return False
        if words.has(at, "attack"):
            return True
    return False


def _governed(words: Words, mention: Mention, at: int) -> Frame | None:
    classes = words.classes[at]
    if "away" in classes or "toward" in classes or words.words[at] == "of":
        prior = words.before(at)
        if words.has(prior, "beside"):
            return Frame.PLACED
        if "away" in classes and words.has(prior, "one_of"):
            return None
        if words.has(prior, "bearings") and mention.kind is Kind.SETTLEMENT:
            return Frame.ASIDE
    if "away" in classes:
        return Frame.AWAY
    if "amid" in classes:
        return Frame.VOICE if _is_capital(mention) else Frame.ASIDE
    if words.has(words.before(at), "ward") and "at" in classes and _is_brought_to(words, words.before(at)):
        return Frame.AWAY
    if words.has(words.before(at), "stationed") and "at" in classes:
        return Frame.ASIDE
    if "whither" in classes:
        return Frame.AWAY if _is_carried_off(words, mention) else _brought(words, at)
    if "at" in classes or "upon" in classes or ("by" in classes and not mention.common):
        return Frame.PLACED
    if "toward" in classes:
        return Frame.AWAY if _is_carried_off(words, mention) or _brought(words, at) is Frame.AWAY else Frame.TOWARD
    if "title" in classes:
        return Frame.VOICE
    return Frame.PLACED if "event" in classes or "attack" in classes else None


def _is_brought_to(words: Words, ward: int) -> bool:
    """'They were taken to a hospital in Dnipro'."""
    for at in range(ward - 1, max(-1, ward - 1 - FURTHEST_WARD), -1):
        if "toward" in words.classes[at] or "whither" in words.classes[at]:
            return _brought(words, at) is Frame.AWAY
    return False


def _is_carried_off(words: Words, mention: Mention) -> bool:
    """The verb of transport behind the name, which stands in the case of a direction: 'to Donetsk they take'."""
    if words.doc.lang is Lang.EN or is_locative(words.doc.lang, words.words[mention.last - 1]):
        return False
    for at in range(mention.last, min(words.count, mention.last + FURTHEST_BEHIND)):
        if not words.is_word(at):
            return False
        if "bring" in words.classes[at]:
            return True
    return False


def _is_avenged(words: Words, mention: Mention) -> bool:
    """'In retaliation for the strike on Makiivka': what is told of happened elsewhere."""
    for at in range(mention.first - 1, max(-1, mention.first - FURTHEST), -1):
        if words.words[at] in ATTACK_STOPS or words.capital[at]:
            return "avenged" in words.classes[at]
        if "avenged" in words.classes[at]:
            return True
    return False


def _brought(words: Words, at: int) -> Frame:
    """Verbs of transport make a place where nothing is counted; verbs of flight a place that was aimed at."""
    to = "toward" in words.classes[at]
    for _ in range(FURTHEST_VERB):
        at -= 1
        if at < 0 or words.kinds[at] is TokenKind.NEWLINE or words.words[at] in ".,;:(!?":
            break
        if "bring" in words.classes[at] or (to and "take" in words.classes[at]):
            return Frame.AWAY
        if "fly" in words.classes[at]:
            return Frame.TOWARD
    return Frame.PLACED


def _is_named_after(words: Words, mention: Mention) -> bool:
    """A ship, a unit, a paper: «Moskva», Kharkiv Brigade."""
    first, last = mention.first - 1, mention.last
    if mention.kind not in (Kind.OBJECT, Kind.UNNAMED) and words.has(words.after(last), "titled"):
        return True
    if words.has(first, "street") or words.has(last, "street"):
        return mention.kind is not Kind.OBJECT
    quoted = first >= 0 and words.words[first] in OPENING_QUOTES and last < words.count
    if mention.kind is Kind.OBJECT and mention.ids:
        return False  # the names of halls and plants stand in quotes
    return quoted and words.words[last] in CLOSING_QUOTES and not words.begins_line(mention.first)


def _is_person(words: Words, mention: Mention) -> bool:
    """A name that is a word too, with a capitalised word beside it that is no place: 'Igor Nikolaev'."""
    if mention.kind is not Kind.SETTLEMENT or not (mention.common or mention.last - mention.first == 1):
        return False
    first, last = words.before(mention.first), mention.last
    follows = words.is_capital(last) and not words.classes[last] and words.words[last - 1] != "."
    if follows and gazetteer().longest(words.words, last) is None and not begins_area(words, last):
        return (
            mention.common or not any(name in words.classes[first] for name in ("at", "upon")) if first >= 0 else True
        )
    precedes = words.is_capital(first) and not words.classes[first] and not words.begins_line(first)
    return mention.common and precedes and first == mention.first - 1


def _speaks(words: Words, mention: Mention) -> bool:
    at = words.after(mention.last)
    return words.has(at, "speak") or (words.is_word(at) and not words.capital[at] and words.has(at + 1, "speak"))


def _is_government(words: Words, mention: Mention, found: Frame) -> bool:
    """'In Moscow they said', but not 'from Kherson they report'."""
    if found is not Frame.PLACED or mention.kind is not Kind.SETTLEMENT or words.doc.lang is Lang.EN:
        return False
    return _is_capital(mention)


def _is_capital(mention: Mention) -> bool:
    """The capital of a country, which may stand for its government."""
    settlement = mention.kind is Kind.SETTLEMENT
    return settlement and any(gazetteer().place(id_).kind is PlaceKind.CAPITAL for id_ in mention.ids)


def _is_headline(words: Words, mention: Mention) -> bool:
    """A name at the beginning of a line with a full stop, a colon, a comma, a dash or nothing behind it."""
    if mention.common or not words.begins_line(mention.first):
        return False
    after = words.after(mention.last)
    if after >= words.count or words.kinds[after] is TokenKind.NEWLINE:
        return True
    return words.words[after] in HEADLINE_MARKS
