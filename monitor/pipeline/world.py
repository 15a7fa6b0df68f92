"""Who is who, as joining and judging need it: channels, speakers, parties, how well official channels are read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.entries import BUILT_IN_SIDES
from config.settings import Settings
from models.enums import UNKNOWN_SIDE, Health, SourceKind
from models.tables import SideRow, Source
from monitor.figures.at_large import side_at_large, side_of_voice
from monitor.pipeline.health import SOUND
from monitor.pipeline.known import known
from monitor.statements import Bench, Channel, PartyCoverage, Speaker, Thresholds
from monitor.values import NamedSpeaker, SpeakerQuote

READ_ONCE: Final = (SourceKind.ARCHIVE, SourceKind.EXAMPLE)  # nothing more is to come of them


@dataclass(frozen=True, slots=True)
class World:
    """`channels` by the id of their source, `origins`: what a forward calls a channel -> its key."""

    named: Mapping[str, NamedSpeaker]
    channels: Mapping[int, Channel]
    by_key: Mapping[str, Channel]
    origins: Mapping[str, str]
    side_names: Mapping[str, str]
    bench: Bench

    def origin(self, forwarded_from: str | None) -> str | None:
        """The key of a followed channel, else the name as it is."""
        return None if forwarded_from is None else self.origins.get(forwarded_from.casefold(), forwarded_from)

    def speaker(self, channel: Channel, forwarded_from: str | None, quote: SpeakerQuote | None) -> tuple[Speaker, bool]:
        """Who asserts, and whether in their own place."""
        if quote is not None:
            return self._quoted(channel, forwarded_from, quote)
        if forwarded_from is None:
            return _author(channel), True
        passed_on = self.by_key.get(forwarded_from)
        if passed_on is not None:
            return _author(passed_on), False
        return Speaker(f"{channel.key}/{forwarded_from}", forwarded_from), False

    def _quoted(self, channel: Channel, forwarded_from: str | None, quote: SpeakerQuote) -> tuple[Speaker, bool]:
        named = self.named.get(quote.key) if quote.key is not None else None
        if named is None and _calls_itself(channel, quote.quote):
            return _author(channel), forwarded_from is None
        if named is None:
            return _unlisted(channel, quote.quote), False
        own = forwarded_from is None and channel.speaker is not None and channel.speaker.key == named.key
        return _known(named), own


def world_of(session: Session, settings: Settings, now: datetime) -> World:
    who = known(session)
    named = {each.key: each for each in reversed(who.speakers)}
    sources = session.scalars(select(Source).order_by(Source.id)).all()
    channels = {source.id: _channel(source, named) for source in sources}
    parties = tuple({each.key: each for each in reversed(who.speakers) if each.party}.values())
    names = {key: side.name for key, side in BUILT_IN_SIDES.items()}
    return World(
        named=named,
        channels=channels,
        by_key={channel.key: channel for channel in channels.values()},
        origins=_origins(sources),
        side_names=names | {row.key: row.name for row in session.scalars(select(SideRow))},
        bench=Bench(
            parties=tuple(sorted(parties, key=lambda party: party.key)),
            opponents=who.opponents,
            coverage=_coverage(sources, named, now),
            thresholds=Thresholds(**settings.thresholds.model_dump()),
        ),
    )


def _channel(source: Source, named: Mapping[str, NamedSpeaker]) -> Channel:
    return Channel(source.key, source.title, source.side, named.get(source.party or source.speaker or ""))


def _origins(sources: Iterable[Source]) -> Mapping[str, str]:
    """By title, by address, by key: the last wins where two channels are called alike."""
    known = list(sources)
    calls = [*((each.title, each) for each in known), *((each.address, each) for each in known)]
    calls += [(each.key, each) for each in known]
    return {name.casefold(): source.key for name, source in calls}


def _calls_itself(channel: Channel, quote: str) -> bool:
    """'According to Mash', 'a source of Mash' in Mash: its own words."""
    words, title = quote.casefold().split(), channel.title.casefold().split()
    return len(title) > 0 and words[-len(title) :] == title and len(words) <= len(title) + 1


def _author(channel: Channel) -> Speaker:
    if channel.speaker is not None:
        return _known(channel.speaker)
    return Speaker(channel.key, channel.title, channel.side)


def _known(named: NamedSpeaker) -> Speaker:
    return Speaker(named.key, named.name, named.side, named.party, listed=True)


def _unlisted(channel: Channel, quote: str) -> Speaker:
    """A side as such is the same speaker whoever tells; any other name is one of the channel's."""
    side = side_at_large(quote)
    if side is not None:
        return Speaker(f"side:{side}", quote, side, collective=True)
    return Speaker(f"{channel.key}/{quote.casefold()}", quote, side_of_voice(quote) or UNKNOWN_SIDE)


def _coverage(sources: Iterable[Source], named: Mapping[str, NamedSpeaker], now: datetime) -> tuple[PartyCoverage, ...]:
    """Of each followed party; what is read once is as well read as it can be."""
    found: dict[str, list[Source]] = {}
    for source in sources:
        if source.party is not None and source.party in named and source.enabled:
            found.setdefault(source.party, []).append(source)
    return tuple(
        PartyCoverage(
            party=party,
            side=named[party].side,
            last_read=_last_read(channels, now),
            failing=tuple(sorted(each.title for each in channels if _fails(each))),
        )
        for party, channels in sorted(found.items())
    )


def _last_read(channels: Iterable[Source], now: datetime) -> datetime | None:
    """When the one was read that was not read for longest; None where one of them never was."""
    read = [now if each.kind in READ_ONCE else each.last_success_at for each in channels]
    moments = [moment for moment in read if moment is not None]
    return min(moments) if len(moments) == len(read) else None


def _fails(source: Source) -> bool:
    if source.kind in READ_ONCE:
        return False
    return source.health == Health.UNVERIFIED or source.health not in SOUND
