"""The parties and speakers of a sources file as the reader takes them."""

from dataclasses import replace

from config.entries import ListedSpeaker, Party, SourcesFile
from monitor.values import NamedSpeaker


def named_speakers(known: SourcesFile) -> tuple[NamedSpeaker, ...]:
    """One for each party and speaker, and one more for each person: under the party's key, while in office."""
    speakers = [_speaker(each, known) for each in known.speakers.values()]
    return tuple([each for party in known.parties.values() for each in _party(party, known)] + speakers)


def _party(party: Party, known: SourcesFile) -> list[NamedSpeaker]:
    body = NamedSpeaker(
        key=party.key,
        name=party.name,
        side=party.side,
        party=True,
        aliases=party.aliases,
        channels=known.channels_of(party.key),
        since=party.since,
        until=party.until,
    )
    people = (replace(body, aliases=each.aliases, since=each.since, until=each.until) for each in party.people)
    return [body, *people]


def _speaker(speaker: ListedSpeaker, known: SourcesFile) -> NamedSpeaker:
    return NamedSpeaker(
        key=speaker.key,
        name=speaker.name,
        side=speaker.side,
        aliases=speaker.aliases,
        channels=known.channels_of(speaker.key),
        since=speaker.since,
        until=speaker.until,
    )
