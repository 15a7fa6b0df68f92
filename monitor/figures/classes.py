"""Which classes of words the reader asks for, looked up once a lexicon."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from monitor.figures.lexicon import Lexicon
from monitor.figures.measures import PEOPLE_KINDS

# What a field stands for where it is not the class of its own name.
_UNDER: Final[Mapping[str, tuple[str, ...]]] = {
    "and_": ("conjunctions",),
    "armies": ("forces", "absorb.units_of_army", "nouns.military"),
    "army_units": ("absorb.units_of_army",),
    "attacks": ("absorb.attacks",),
    "copulas": ("copulas", "change", "bounds"),
    "except_": ("except",),
    "fractions": ("fractions", "percent"),
    "heads": ("nouns", "victims", "units", "absorb", "other_things"),
    "lose": ("outcomes.lose",),
    "mentions": ("outcomes", "silence", "victims"),
    "no": ("zero.no",),
    "no_news": ("zero.no_news",),
    "nobody": ("zero.nobody", "zero.nothing"),
    "part_of": ("of", "part_of"),
    "shares": ("absorb.measure_unit",),
    "stops": ("prepositions", "conjunctions", "relative", "negation", "zero"),
    "things": ("other_things",),
    "time": ("absorb.time",),
    "told": ("outcomes", "victims"),
    "tolls": tuple(f"outcomes.{kind}.nouns" for kind in sorted(PEOPLE_KINDS)),
    "without": ("zero.without",),
    "zero_words": ("zero.nobody", "zero.nothing", "zero.no", "zero.without", "negation"),
}


class Classes(NamedTuple):
    nouns: frozenset[str]
    victims: frozenset[str]
    units: frozenset[str]
    absorb: frozenset[str]
    things: frozenset[str]
    outcomes: frozenset[str]
    silence: frozenset[str]
    stops: frozenset[str]
    copulas: frozenset[str]
    prepositions: frozenset[str]
    more: frozenset[str]
    among: frozenset[str]
    over: frozenset[str]
    skipped: frozenset[str]
    and_: frozenset[str]
    relative: frozenset[str]
    of: frozenset[str]
    everyone: frozenset[str]
    hypothetical: frozenset[str]
    forces: frozenset[str]
    nobody: frozenset[str]
    no: frozenset[str]
    without: frozenset[str]
    no_news: frozenset[str]
    negation: frozenset[str]
    zero_words: frozenset[str]
    crowd: frozenset[str]
    told: frozenset[str]
    tolls: frozenset[str]
    vague_links: frozenset[str]
    attacks: frozenset[str]
    both: frozenset[str]
    liquidates: frozenset[str]
    suffered: frozenset[str]
    of_one: frozenset[str]
    points: frozenset[str]
    finds: frozenset[str]
    merely: frozenset[str]
    nominative: frozenset[str]
    genitive: frozenset[str]
    transitive: frozenset[str]
    possessive: frozenset[str]
    battle: frozenset[str]
    lose: frozenset[str]
    bare_after: frozenset[str]
    they: frozenset[str]
    people_numerals: frozenset[str]
    from_among: frozenset[str]
    tells: frozenset[str]
    but: frozenset[str]
    compound: frozenset[str]
    infinitive: frozenset[str]
    auxiliaries: frozenset[str]
    lives: frozenset[str]
    takes_lives: frozenset[str]
    others: frozenset[str]
    shares: frozenset[str]
    suffers: frozenset[str]
    part_of: frozenset[str]
    except_: frozenset[str]
    fractions: frozenset[str]
    modals: frozenset[str]
    articles: frozenset[str]
    singular: frozenset[str]
    be: frozenset[str]
    before_years: frozenset[str]
    crews: frozenset[str]
    passive: frozenset[str]
    intransitive: frozenset[str]
    determiners: frozenset[str]
    time: frozenset[str]
    on_a_side: frozenset[str]
    armies: frozenset[str]
    serves: frozenset[str]
    army_units: frozenset[str]
    stock: frozenset[str]
    partly: frozenset[str]
    kin: frozenset[str]
    makes: frozenset[str]
    not_one: frozenset[str]
    homes: frozenset[str]
    heads: frozenset[str]
    mentions: frozenset[str]
    in_uniform: frozenset[str]
    runs_over: frozenset[str]
    owns: frozenset[str]
    traces: frozenset[str]
    bursts: frozenset[str]
    lost_as: frozenset[str]
    admits: frozenset[str]
    commands: frozenset[str]
    other_lives: frozenset[str]
    adjectives: tuple[str, ...]


def classes_of(lexicon: Lexicon) -> Classes:
    found = lexicon.cached.get("classes")
    if found is None:
        found = lexicon.cached["classes"] = _made(lexicon)
    classes: Classes = found
    return classes


def _made(lexicon: Lexicon) -> Classes:
    found = {name: lexicon.under(*_UNDER.get(name, (name,))) for name in Classes._fields if name != "adjectives"}
    found["copulas"] = _but(found["copulas"], ".before_collective")
    return Classes(**found, adjectives=tuple(lexicon.endings))


def _but(names: frozenset[str], ending: str) -> frozenset[str]:
    return frozenset(name for name in names if not name.endswith(ending))
