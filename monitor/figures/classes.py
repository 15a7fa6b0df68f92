"""Which classes of words the reader asks for, looked up once a lexicon."""

from typing import NamedTuple

from monitor.figures.lexicon import Lexicon
from monitor.figures.measures import PEOPLE_KINDS


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
    heads: frozenset[str]
    mentions: frozenset[str]
    adjectives: tuple[str, ...]


def classes_of(lexicon: Lexicon) -> Classes:
    found = lexicon.cached.get("classes")
    if found is None:
        found = lexicon.cached["classes"] = _made(lexicon)
    classes: Classes = found
    return classes


def _made(lexicon: Lexicon) -> Classes:
    under = lexicon.under
    nouns, victims, units = under("nouns"), under("victims"), under("units")
    absorb, things, outcomes, silence = under("absorb"), under("other_things"), under("outcomes"), under("silence")
    return Classes(
        nouns=nouns,
        victims=victims,
        units=units,
        absorb=absorb,
        things=things,
        outcomes=outcomes,
        silence=silence,
        stops=under("prepositions", "conjunctions", "relative", "negation", "zero"),
        copulas=_but(under("copulas", "change", "bounds"), ".before_collective"),
        prepositions=under("prepositions"),
        more=under("more"),
        among=under("among"),
        over=under("over"),
        skipped=under("skipped"),
        and_=under("conjunctions"),
        relative=under("relative"),
        of=under("of"),
        everyone=under("everyone"),
        hypothetical=under("hypothetical"),
        forces=under("forces"),
        nobody=under("zero.nobody", "zero.nothing"),
        no=under("zero.no"),
        without=under("zero.without"),
        no_news=under("zero.no_news"),
        negation=under("negation"),
        zero_words=under("zero.nobody", "zero.nothing", "zero.no", "zero.without", "negation"),
        crowd=under("crowd"),
        tolls=under(*(f"outcomes.{kind}.nouns" for kind in sorted(PEOPLE_KINDS))),
        vague_links=under("vague_links"),
        attacks=under("absorb.attacks"),
        both=under("both"),
        liquidates=under("liquidates"),
        suffered=under("suffered"),
        of_one=under("of_one"),
        points=under("points"),
        finds=under("finds"),
        merely=under("merely"),
        nominative=under("nominative"),
        genitive=under("genitive"),
        transitive=under("transitive"),
        possessive=under("possessive"),
        battle=under("battle"),
        lose=under("outcomes.lose"),
        bare_after=under("bare_after"),
        they=under("they"),
        people_numerals=under("people_numerals"),
        from_among=under("from_among"),
        tells=under("tells"),
        but=under("but"),
        compound=under("compound"),
        infinitive=under("infinitive"),
        auxiliaries=under("auxiliaries"),
        lives=under("lives"),
        takes_lives=under("takes_lives"),
        others=under("others"),
        shares=under("absorb.measure_unit"),
        suffers=under("suffers"),
        part_of=under("of", "part_of"),
        except_=under("except"),
        fractions=under("fractions", "percent"),
        modals=under("modals"),
        articles=under("articles"),
        singular=under("singular"),
        be=under("be"),
        before_years=under("before_years"),
        crews=under("crews"),
        passive=under("passive"),
        intransitive=under("intransitive"),
        determiners=under("determiners"),
        time=under("absorb.time"),
        on_a_side=under("on_a_side"),
        armies=under("forces", "absorb.units_of_army", "nouns.military"),
        heads=nouns | victims | units | absorb | things,
        mentions=outcomes | silence | victims,
        adjectives=tuple(lexicon.endings),
    )


def _but(names: frozenset[str], ending: str) -> frozenset[str]:
    return frozenset(name for name in names if not name.endswith(ending))
