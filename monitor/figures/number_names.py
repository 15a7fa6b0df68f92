"""The classes of words that the grammar of numbers asks for."""

from typing import Final, NamedTuple

from models.enums import Modifier
from monitor.figures.tagging import Tags

_OUTCOMES: Final = ("outcomes", "victims")


class NumberNames(NamedTuple):
    """The classes that the grammar asks for."""

    before: frozenset[str]
    after: frozenset[str]
    opens: frozenset[str]
    to: frozenset[str]
    joins_ends: frozenset[str]
    between: frozenset[str]
    and_: frozenset[str]
    change: frozenset[str]
    change_links: frozenset[str]
    more: frozenset[str]
    outcomes: frozenset[str]
    counted: frozenset[str]
    victims: frozenset[str]
    people: frozenset[str]
    named_by_number: frozenset[str]
    compound: frozenset[str]
    nouns: frozenset[str]
    ordinals: frozenset[str]
    aged: frozenset[str]
    age_links: frozenset[str]
    street: frozenset[str]
    units_of: frozenset[str]
    adverbial: frozenset[str]
    nobody: frozenset[str]
    fractions: frozenset[str]
    many: frozenset[str]
    named_unless_counted: frozenset[str]
    airborne: frozenset[str]
    negation: frozenset[str]
    adjectives: tuple[str, ...]
    time: frozenset[str]

    @classmethod
    def of(cls, tags: Tags) -> "NumberNames":
        known = tags.lexicon.cached
        found = known.get("numbers")
        if found is None:
            found = known["numbers"] = cls._made(tags)
        return found

    @classmethod
    def _made(cls, tags: Tags) -> "NumberNames":
        under = tags.lexicon.under
        bounds = under(*(f"bounds.{modifier}" for modifier in Modifier))
        opens, to, either = under("ranges.from"), under("ranges.to"), under("ranges.or")
        return cls(
            before=frozenset(name for name in bounds if ".before" in name or name.endswith(".at_start")),
            after=frozenset(name for name in bounds if name.endswith(".after")),
            opens=opens,
            to=to | either,
            joins_ends=either | under("ranges.bare_to"),
            between=under("ranges.between"),
            and_=under("ranges.and"),
            change=under("change"),
            change_links=opens | to,
            more=under("more"),
            outcomes=under(*_OUTCOMES),
            counted=under("nouns", "victims"),
            victims=under("victims"),
            people=under("nouns.military", "nouns.civilian", "nouns.child", "nouns.person"),
            named_by_number=under("named_by_number"),
            compound=under("compound"),
            nouns=under("nouns", "victims", "units"),
            ordinals=under("ordinals"),
            aged=under("aged"),
            age_links=under("age_links"),
            street=under("street"),
            units_of=under("nouns", "absorb", "other_things", "units"),
            adverbial=under("adverbial"),
            nobody=under("zero.nobody"),
            fractions=under("fractions"),
            many=under("many"),
            named_unless_counted=under("named_unless_counted"),
            airborne=under("nouns.drone", "nouns.missile", "nouns.air_target"),
            negation=under("negation"),
            adjectives=tuple(tags.lexicon.endings),
            time=under("absorb.time"),
        )
