from collections import defaultdict
from datetime import UTC, datetime
from itertools import combinations

from config.sources import EXAMPLE_FOLDER, default_sources, dump_sources, load_sources, parse_sources
from models.enums import Lang, SourceKind
from monitor.posts import parse_post_line

EVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def names(known):
    """Each name with whom it means, and from when until when."""
    for party in known.parties.values():
        for each in (party, *party.people):
            for lang, aliases in each.aliases.items():
                yield from ((lang, alias, party.key, each.since or EVER[0], each.until or EVER[1]) for alias in aliases)
    for speaker in known.speakers.values():
        for lang, aliases in speaker.aliases.items():
            yield from ((lang, alias, speaker.key, *EVER) for alias in aliases)


def test_no_name_means_two_at_once():
    meant = defaultdict(list)
    for lang, alias, key, since, until in names(default_sources()):
        meant[lang, alias.lower()].append((key, since, until))
    clashes = [
        (alias, one, other)
        for alias, bearers in meant.items()
        for one, other in combinations(bearers, 2)
        if one[0] != other[0] and one[1] < other[2] and other[1] < one[2]
    ]
    assert clashes == []


def test_every_party_has_names_in_three_languages():
    lacking = [
        (party.key, lang)
        for party in default_sources().parties.values()
        for lang in Lang
        if not party.aliases.get(lang)
    ]
    assert lacking == []


def test_the_keys_that_desks_refer_to_are_there():
    known = default_sources()
    assert {
        "ru_mod", "ru_dpr", "ua_general_staff", "ua_stratcom", "ua_air_force", "ua_mod", "ua_president",
    } <= set(known.parties)  # fmt: skip
    assert {"girkin", "bezsonov", "sladkov", "solovyov"} <= set(known.speakers)


def test_both_sides_speak_and_rybar_comes_first_among_the_bloggers():
    known = default_sources()
    officials = [known.side_of(source) for source in known.sources.values() if source.party is not None]
    bloggers = [source.key for source in known.sources.values() if "bloggers" in source.groups]
    assert min(officials.count("ru"), officials.count("ua")) >= 10
    assert bloggers[0] == "rybar"
    assert {source.kind for source in known.sources.values()} == {SourceKind.TELEGRAM, SourceKind.FEED}


def test_the_default_list_comes_through_an_export():
    known = default_sources()
    again = parse_sources(dump_sources(known), "export.yaml", known)
    assert (again.parties, again.speakers, again.sources) == (known.parties, known.speakers, known.sources)


def test_the_example_day_is_whole_and_marked_as_example():
    example = load_sources(EXAMPLE_FOLDER / "sources.yaml")
    lines = [parse_post_line(line) for line in (EXAMPLE_FOLDER / "posts.jsonl").read_bytes().splitlines()]
    assert all(
        key.startswith("example_") and each.title.startswith("Example: ") for key, each in example.sources.items()
    )
    assert {each.kind for each in example.sources.values()} == {SourceKind.EXAMPLE}
    assert {line.source for line in lines} == set(example.sources)
    assert {line.post.lang for line in lines} == set(Lang)
    assert len({(line.source, line.post.external_id) for line in lines}) >= 20
    assert any(line.post.deleted for line in lines)
    assert sum(line.post.edited for line in lines) >= 2
    assert all(line.post.url.startswith("https://example.invalid/") for line in lines)
