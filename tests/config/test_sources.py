from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.entries import BUILT_IN_SIDES, ListedSpeaker, Party, Person, SideEntry, SourceEntry, SourcesFile
from config.sources import BadFileError, dump_sources, known_with, load_sources, merge_sources, parse_sources
from models.enums import Lang, SourceKind

KNOWN = SourcesFile(
    sides=dict(BUILT_IN_SIDES),
    parties={"ru_mod": Party("ru_mod", "Russian Ministry of Defence", "ru")},
    speakers={"girkin": ListedSpeaker("girkin", "Igor Girkin", "ru")},
)

WHOLE = """
sides: {il: {name: Israel, opponents: [ps]}, ps: {name: Palestine, opponents: [il]}}
parties:
  il_idf:
    name: Israel Defense Forces
    side: il
    aliases: {en: [IDF, Israeli military], ru: [ЦАХАЛ]}
    from: 2022-01-01
    people:
      - {name: Daniel Hagari, aliases: {en: [Hagari]}, from: 2023-03-14, until: "2025-03-28T12:00:00+03:00"}
speakers:
  kots: {name: Alexander Kots, side: ru, aliases: {ru: [Коц]}}
sources:
  - {key: idf, kind: telegram, address: "https://t.me/s/idfofficial", title: IDF, party: il_idf, lang: en}
  - {key: blog, kind: feed, address: "https://example.org/feed.xml", groups: [blogs], interval: 15m, grade: C,
     enabled: false, retention: 90d, note: on trial}
  - {key: strelkovii, kind: preview, address: "@strelkovii", speaker: girkin, telegram_id: 1234567890123}
"""


def problems(text, known=KNOWN):
    with pytest.raises(BadFileError) as caught:
        parse_sources(text, "desk.yaml", known)
    return [str(problem) for problem in caught.value.problems]


def source(**keys):
    given = {"key": "a", "kind": "telegram", "address": "channel"} | keys
    return "sources:\n  - {" + ", ".join(f"{key}: {value}" for key, value in given.items()) + "}\n"


def test_every_key_of_a_file_is_loaded():
    desk = parse_sources(WHOLE, "desk.yaml", KNOWN)
    assert desk.sides["il"] == SideEntry("il", "Israel", ("ps",))
    assert desk.parties["il_idf"] == Party(
        "il_idf", "Israel Defense Forces", "il", {Lang.EN: ("IDF", "Israeli military"), Lang.RU: ("ЦАХАЛ",)},
        since=datetime(2022, 1, 1, tzinfo=UTC),
        people=(Person("Daniel Hagari", {Lang.EN: ("Hagari",)}, datetime(2023, 3, 14, tzinfo=UTC),
                       datetime(2025, 3, 28, 9, tzinfo=UTC)),),
    )  # fmt: skip
    assert desk.speakers["kots"] == ListedSpeaker("kots", "Alexander Kots", "ru", {Lang.RU: ("Коц",)})
    assert desk.sources["blog"] == SourceEntry(
        "blog", SourceKind.FEED, "https://example.org/feed.xml", "https://example.org/feed.xml", groups=("blogs",),
        interval=timedelta(minutes=15), enabled=False, grade="C", retention=timedelta(days=90), note="on trial",
    )  # fmt: skip
    assert desk.sources["idf"].address == "idfofficial"
    assert desk.sources["strelkovii"].telegram_id == 1234567890123


def test_a_source_takes_the_side_of_its_party_or_speaker():
    desk = merge_sources(KNOWN, parse_sources(WHOLE, "desk.yaml", KNOWN))
    sides = {key: desk.side_of(each) for key, each in desk.sources.items()}
    assert sides == {"idf": "il", "blog": "unknown", "strelkovii": "ru"}
    assert desk.channels_of("girkin") == ("strelkovii",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (source(intervall="15m"), "desk.yaml:2:48: sources.a.intervall: unknown key; did you mean interval?"),
        ("source: []", "desk.yaml:1:1: source: unknown key; did you mean sources?"),
        ("parties: {x: {name: X, side: ru, alias: {}}}", "parties.x.alias: unknown key; did you mean aliases?"),
        ("parties: {x: {name: X, side: ru, aliases: {ua: [Х]}}}", "parties.x.aliases.ua: unknown key"),
        (source(party="ru_mdo"), "sources.a.party: 'ru_mdo' is no known party; did you mean ru_mod?"),
        (source(speaker="girkinn"), "sources.a.speaker: 'girkinn' is no known speaker; did you mean girkin?"),
        (source(side="rus"), "sources.a.side: 'rus' is no known side; did you mean ru?"),
        (source(lang="uа"), "sources.a.lang: 'uа' is no known language"),
        (source(kind="telegramm"), "sources.a.kind: 'telegramm' is no known kind of source; did you mean telegram?"),
        (source(grade="G"), "sources.a.grade: 'G' is no known grade"),
        (source(interval="15"), "sources.a.interval: 15 of what? Write it as 15s, 15m or 15h"),
        (source(interval="soon"), "sources.a.interval: 'soon' is no length of time"),
        (source(interval="0s"), "sources.a.interval: must be longer than nothing"),
        (source(retention="[90d]"), "sources.a.retention: must be text, but is a list"),
        (source(enabled="maybe"), "sources.a.enabled: must be true or false, but is text"),
        (source(groups="blogs"), "sources.a.groups: must be a list, but is text"),
        (source(groups="[1]"), "sources.a.groups[0]: must be text, but is a number; put it into quotes"),
        (source(title="112"), "sources.a.title: must be text, but is a number; put it into quotes"),
        (source(title="''"), "sources.a.title: is empty"),
        (source(note=""), "sources.a.note: must be text, but is nothing"),
        (source(note='"a\\nb"'), "sources.a.note: has a line break or another control character"),
        (source(telegram_id="abc"), "sources.a.telegram_id: must be a whole number, but is text"),
        (source(telegram_id="0x10"), "sources.a.telegram_id: must be a whole number, but is '0x10'"),
        (source(address='"t.me/+abc"'), "sources.a.address: 't.me/+abc' leads into a private channel"),
        (source(kind="feed"), "sources.a.address: 'channel' is no web address"),
        (source(key='"a b"'), "sources.a b.key: 'a b' is no key"),
        (source(party="ru_mod", speaker="girkin"), "sources.a: has a party and a speaker"),
        (source(party="ru_mod", side="ua"), "sources.a.side: is ua, but ru_mod speaks for ru"),
        ("sources:\n  - {kind: feed, address: 'https://x.example/'}", "desk.yaml:2:5: sources[0]: lacks the key key"),
        ("sources: {a: {kind: feed}}", "desk.yaml:1:10: sources: must be a list, but is a mapping"),
        ("parties: {x: {name: X, side: xx}}", "parties.x.side: 'xx' is no known side that a party can speak for"),
        ("parties: {x: {name: X, side: unknown}}", "parties.x.side: 'unknown' is no known side that a party can"),
        ("parties: {x: {name: X}}", "parties.x: lacks the key side"),
        ("parties: {x: 5}", "parties.x: must be a mapping, but is a number"),
        ("parties: {x: {name: X, side: ru, from: 2022-02-30}}", "parties.x.from: '2022-02-30' is no date"),
        ("parties: {x: {name: X, side: ru, from: 2023-01-01, until: 2022-01-01}}", "ends before it begins"),
        ("parties: {x: {name: X, side: ru, people: [{nam: Y}]}}", "parties.x.people[0].nam: unknown key; did you mean"),
        ("sides: {unknown: {name: X}}", "sides.unknown: is built in and cannot be changed"),
        ("sides: {il: {name: Israel, opponents: [pz]}}", "sides.il.opponents[0]: 'pz' is no known side"),
        ("parties: {a: {name: A, side: ru}}\nspeakers: {a: {name: A}}", "speakers.a: is a party already"),
        ("- a", "desk.yaml:1:1: must be a mapping, but is a list"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_file_line_column_and_key(text, told):
    assert any(told in line for line in problems(text)), problems(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("parties:\n  x: {name: X, side: ru}\n  x: {name: Y, side: ru}", "desk.yaml:3:3: parties.x: stands twice"),
        ("sources:\n  - {key: a, kind: feed, key: b}", "desk.yaml:2:26: sources.a.key: stands twice"),
        ("sources: []\nsources: []", "desk.yaml:2:1: sources: stands twice"),
        (source() + source(address="other").removeprefix("sources:\n"), "desk.yaml:3:5: sources.a: stands twice"),
        (source() + source(key="b", address="'@Channel'").removeprefix("sources:\n"), "is the address of a too"),
    ],
)
def test_what_stands_twice_is_a_fault(text, told):
    assert any(told in line for line in problems(text)), problems(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sources: [", "desk.yaml:1:11: cannot be read as YAML"),
        ("sources:\n  - {key: a\n  - b", "desk.yaml:3:6: cannot be read as YAML"),
        ("a\x00b", "desk.yaml:1:2: cannot be read as YAML: character"),
        ("[" * 5000, "cannot be read as YAML: nested too deeply"),
        ("sources: *nowhere", "cannot be read as YAML"),
        ("sources: []\n---\nsources: []", "cannot be read as YAML"),
        ("sources: !!python/object/apply:os.system [ls]", "sources: must be a list, but is a value tagged"),
        ("sources: &loop [*loop]", "sources[0]: must be a mapping, but is a list"),
    ],
)
def test_what_is_no_plain_yaml_is_refused_with_its_place(text, told):
    assert any(told in line for line in problems(text)), problems(text)


def test_all_faults_are_told_at_once_in_the_order_of_the_file():
    text = source(lang="xx", interval="5") + "parties: {x: {name: X, side: xx}}\n"
    lines = problems(text)
    assert [line.split(":")[1] for line in lines] == ["2", "2", "3"]


def test_a_bad_party_does_not_make_its_sources_bad_as_well():
    assert len(problems("parties: {x: {name: 5, side: xx}}\n" + source(party="x", side="ru"))) == 2


def test_a_file_that_is_no_utf8_is_named_with_its_line(tmp_path):
    path = tmp_path / "desk.yaml"
    path.write_bytes("sources:\n  # Рыбарь".encode("cp1251"))
    with pytest.raises(BadFileError, match=r"desk\.yaml:2:5: is not UTF-8 text"):
        load_sources(path, KNOWN)


def test_an_empty_file_says_nothing():
    assert parse_sources("# none yet\n", "desk.yaml", KNOWN) == SourcesFile()
    assert parse_sources("sources:\nparties:\n", "desk.yaml", KNOWN) == SourcesFile()


def test_an_entry_with_a_known_key_replaces_it_whole():
    known = SourcesFile(
        parties={"ru_mod": Party("ru_mod", "Old", "ru", {Lang.RU: ("МО",)}), "b": Party("b", "B", "ru")}
    )
    desk = SourcesFile(parties={"ru_mod": Party("ru_mod", "New", "ru")})
    merged = merge_sources(known, desk)
    assert merged.parties == {"ru_mod": Party("ru_mod", "New", "ru"), "b": Party("b", "B", "ru")}


def test_a_speaker_of_the_desk_replaces_a_party_of_the_same_key():
    desk = SourcesFile(speakers={"ru_mod": ListedSpeaker("ru_mod", "Someone")})
    merged = merge_sources(KNOWN, desk)
    assert "ru_mod" not in merged.parties
    assert merged.speakers["ru_mod"].name == "Someone"


def test_default_parties_are_known_to_a_desk_that_follows_its_own_sources_alone():
    desk = known_with(parse_sources(source(party="ru_mod"), "desk.yaml"))
    assert set(desk.sources) == {"a"}
    assert {"ru_mod", "ua_general_staff"} <= set(desk.parties)


_KEYS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,11}", fullmatch=True)
_TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp", "Co"], exclude_characters="\ufeff"),
    min_size=1,
    max_size=20,
)
_TEXTS = _TEXTS.map(str.strip).filter(bool)
_TIMES = st.datetimes(timezones=st.just(UTC))
_SPANS = st.tuples(st.none() | _TIMES, st.none() | _TIMES).filter(lambda span: None in span or span[0] < span[1])
_NAMES = st.lists(_TEXTS, min_size=1, max_size=3, unique=True).map(tuple)
_ALIASES = st.dictionaries(st.sampled_from(Lang), _NAMES, max_size=3)
_LENGTHS = st.integers(1, 10**7).map(lambda seconds: timedelta(seconds=seconds))
_PEOPLE = st.builds(lambda name, aliases, span: Person(name, aliases, *span), _TEXTS, _ALIASES, _SPANS)


def keyed(build):
    return st.dictionaries(_KEYS, build, max_size=3).map(lambda made: {key: make(key) for key, make in made.items()})


_PARTIES = st.builds(
    lambda name, side, aliases, span, people: lambda key: Party(key, name, side, aliases, *span, people),
    _TEXTS, st.sampled_from(["ru", "ua"]), _ALIASES, _SPANS, st.lists(_PEOPLE, max_size=2).map(tuple),
)  # fmt: skip
_SPEAKERS = st.builds(
    lambda name, side, aliases, span: lambda key: ListedSpeaker(key, name, side, aliases, *span),
    _TEXTS, st.sampled_from(["ru", "ua", "other", "unknown"]), _ALIASES, _SPANS,
)  # fmt: skip
_SOURCES = st.builds(
    lambda **keys: lambda key: SourceEntry(key, SourceKind.ARCHIVE, f"{key}.jsonl", **keys),
    title=_TEXTS, lang=st.none() | st.sampled_from(Lang), side=st.sampled_from([None, "ru", "unknown"]),
    groups=st.just(()) | _NAMES, interval=st.none() | _LENGTHS, enabled=st.booleans(),
    grade=st.sampled_from([None, "A", "F"]), telegram_id=st.none() | st.integers(1, 2**53),
    retention=st.none() | _LENGTHS, note=st.none() | _TEXTS,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(keyed(_PARTIES), keyed(_SPEAKERS), keyed(_SOURCES))
def test_what_is_exported_loads_to_the_same(parties, speakers, sources):
    speakers = {key: each for key, each in speakers.items() if key not in parties}
    lowered = {each.address.lower(): key for key, each in sources.items()}
    sources = {key: each for key, each in sources.items() if lowered[each.address.lower()] == key}
    whole = SourcesFile({"il": SideEntry("il", "Israel")}, parties, speakers, sources)
    assert parse_sources(dump_sources(whole), "desk.yaml", KNOWN) == whole


def test_the_file_with_every_key_comes_through_an_export():
    desk = parse_sources(WHOLE, "desk.yaml", KNOWN)
    assert parse_sources(dump_sources(desk), "desk.yaml", KNOWN) == desk
