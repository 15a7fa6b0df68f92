"""Figures as they stand on events: who said them, where in which text, and their newest judgement."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from models.enums import UNKNOWN_SIDE, Lang, Role, Rule, Stance, Verdict
from models.tables import EventFigure, FigureRow, Post, PostVersion, Source, SpeakerRow
from monitor.digests.hygiene import excerpt
from monitor.digests.values import Said, ToldFigure, ToldPost, Voice
from monitor.queries.before import with_earlier_words
from monitor.queries.said import said

Speakers = Mapping[str, SpeakerRow]
Found = Row[EventFigure, FigureRow, PostVersion, Post, Source]


def speakers(session: Session) -> Speakers:
    return {row.key: row for row in session.scalars(select(SpeakerRow))}


def statements_of(session: Session, events: Iterable[str], known: Speakers) -> dict[str, list[ToldFigure]]:
    """By event, in the order of speaking; all versions of the posts."""
    query = (
        select(EventFigure, FigureRow, PostVersion, Post, Source)
        .join(FigureRow, FigureRow.id == EventFigure.figure_id)
        .join(PostVersion, PostVersion.id == FigureRow.version_id)
        .join(Post, Post.id == PostVersion.post_id)
        .join(Source, Source.id == Post.source_id)
        .where(EventFigure.event_id.in_(list(events)))
        .order_by(Post.published_at, Post.id, PostVersion.number, FigureRow.start, FigureRow.id)
    )
    found: dict[str, list[ToldFigure]] = defaultdict(list)
    for row in session.execute(query):
        found[row[0].event_id].append(_statement(row, known))
    return defaultdict(list, {event: with_earlier_words(told) for event, told in found.items()})


def post_ref(post: Post, source: Source) -> ToldPost:
    return ToldPost(
        source=source.key,
        source_title=source.title,
        external_id=post.external_id,
        url=post.url,
        published=post.published_at,
        id=post.id,
        lang=_lang(post.lang or source.lang),
        versions=post.current_version,
        deleted_at=post.deleted_at,
    )


def said_of(figure: FigureRow) -> Said:
    return said(
        measure=figure.measure,
        object=figure.object,
        quote=figure.quote,
        low=figure.low,
        high=figure.high,
        bound=figure.bound,
        modifier=figure.modifier,
    )


def voice_of(figure: FigureRow, source: Source, known: Speakers) -> Voice:
    """The named speaker, else the channel itself; a name without a key stays as the post has it."""
    key = figure.speaker_key or (source.party or source.speaker if figure.speaker_quote is None else None)
    speaker = known.get(key) if key is not None else None
    if speaker is not None:
        return Voice(speaker.name, speaker.key, speaker.side, official=speaker.party)
    if figure.speaker_quote is not None:
        return Voice(f"{figure.speaker_quote}, told by {source.title}", key, UNKNOWN_SIDE, official=False)
    return Voice(source.title, key, source.side, official=False)


def posts_by_ref(session: Session, refs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], ToldPost]:
    """(source key, post id there) -> the post; what has left the store is missing."""
    wanted = sorted(set(refs))
    query = select(Post, Source).join(Source, Source.id == Post.source_id)
    query = query.where(Source.key.in_({key for key, _ in wanted}), Post.external_id.in_({post for _, post in wanted}))
    if not wanted:
        return {}
    return {(source.key, post.external_id): post_ref(post, source) for post, source in session.execute(query)}


def _statement(row: Found, known: Speakers) -> ToldFigure:
    joined, figure, version, post, source = row
    voice = voice_of(figure, source, known)
    return ToldFigure(
        id=joined.statement_id,
        voice=voice,
        post=post_ref(post, source),
        said_at=_said_at(post, version),
        said=said_of(figure),
        excerpt=excerpt(version.text, figure.start, figure.end),
        side=figure.side,
        part=figure.part_quote,
        stance=Stance(figure.stance),
        provisional=figure.provisional,
        relayed=voice.official and source.party != voice.key,
        suggested=joined.suggested,
        earlier=version.number != post.current_version,
        confidence=figure.confidence,
        verdict=None if joined.verdict is None else Verdict(joined.verdict),
        rule=None if joined.rule is None else Rule(joined.rule),
        ratio=joined.ratio,
        reason=joined.reason,
        carried_by=joined.carried_by,
        role=Role(joined.role) if joined.role else Role.OTHER,
        joined_by=tuple(joined.reasons),
        score=joined.score,
    )


def _said_at(post: Post, version: PostVersion) -> datetime | None:
    if version.stated_at is not None:
        return version.stated_at
    return post.published_at if version.number == 1 else version.edited_at or version.seen_at


def _lang(code: str | None) -> Lang | None:
    return Lang(code) if code in set(Lang) else None
