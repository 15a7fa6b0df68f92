"""One event's judgement as alerts: contradictions, parties at odds, revisions, silences (docs/verdicts.md, 6)."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from models.enums import AlertKind, Role, Rule, Verdict
from monitor.statements import Alert, GroupKey, Judged, Judgement, Official, PostRef, Revision, Silence, order_of
from monitor.values import Figure


def alerts_of(judgement: Judgement) -> list[Alert]:
    """By key, one each: two of the same key are the same alert, and the newer claim stands for both."""
    found = [
        *(_contradiction(judged, AlertKind.CONTRADICTION, judgement) for judged in judgement.contradictions),
        *(_contradiction(judged, AlertKind.PARTIES, judgement) for judged in judgement.parties),
        *(_revision(revision, judgement) for revision in judgement.revisions),
        *(_silence(silence, judgement) for silence in judgement.silences),
    ]
    found.sort(key=lambda alert: order_of(alert.claim.statement))
    by_key = {alert.key: alert for alert in found}
    return [by_key[key] for key in sorted(by_key)]


def endings_of(judgement: Judgement) -> Mapping[str, str]:
    """Why what an alert's key stands for contradicts nothing now, for every key that this event can have."""
    reasons: dict[str, str] = {}
    for judged in judgement.statements:
        if judged.role in (Role.CLAIM, Role.RELAY) and judged.key is not None and judged.carried_by is None:
            reasons[_key(AlertKind.CONTRADICTION, judgement, judged.key, judged)] = judged.reason
    for key, periods in judgement.register.items():
        official = periods[-1].official
        if official is not None:
            given = f'{official.statement.speaker.name} gave a figure: "{official.statement.figure.quote}".'
            reasons[_key(AlertKind.SILENCE, judgement, key)] = given
    return reasons


def _key(kind: AlertKind, judgement: Judgement, group: GroupKey, claim: Judged | None = None) -> str:
    speaker = "" if claim is None else (claim.speaker or claim.statement.speaker).key
    part = group.part or ""
    return "|".join((kind, judgement.event.id, group.measure, group.group, group.side, part, speaker))


def _contradiction(judged: Judged, kind: AlertKind, judgement: Judgement) -> Alert:
    if judged.key is None:
        raise ValueError(f"a judgement that raises an alert has a group: {judged.statement.id}")
    return _alert(_key(kind, judgement, judged.key, judged), kind, judged.key, judged, judgement)


def _revision(revision: Revision, judgement: Judgement) -> Alert:
    new, old = revision.series[-1], revision.series[-2]
    claim = Judged(
        new.statement,
        Role.OFFICIAL,
        revision.key,
        Verdict.OFFICIAL_REVISION,
        revision.reason,
        Rule.REVISION,
        ratio=_ratio(new.statement.figure, old.statement.figure),
        official=old,
        speaker=new.statement.speaker,
        since=new.since,
        to_check=revision.to_check,
    )
    key = _key(AlertKind.REVISION, judgement, revision.key)
    return _alert(key, AlertKind.REVISION, revision.key, claim, judgement, series=revision.series)


def _silence(silence: Silence, judgement: Judgement) -> Alert:
    newest = silence.claims[0]
    claim = Judged(
        newest.statement,
        Role.CLAIM,
        silence.key,
        Verdict.NO_OFFICIAL_FIGURE,
        silence.reason,
        Rule.SILENCE,
        speaker=newest.speaker,
        since=silence.since,
        to_check=silence.to_check,
    )
    key = _key(AlertKind.SILENCE, judgement, silence.key)
    return _alert(key, AlertKind.SILENCE, silence.key, claim, judgement, claims=silence.claims)


def _alert(
    key: str,
    kind: AlertKind,
    group: GroupKey,
    claim: Judged,
    judgement: Judgement,
    *,
    series: tuple[Official, ...] = (),
    claims: tuple[Judged, ...] = (),
) -> Alert:
    if claim.verdict is None or claim.rule is None:
        raise ValueError(f"nothing to raise an alert of: {claim.statement.id}")
    told = claims or (claim,)
    return Alert(
        id=sha256(key.encode()).hexdigest()[:12],
        key=key,
        fingerprint=_fingerprint(kind, group, claim, series, told),
        kind=kind,
        verdict=claim.verdict,
        severity=claim.severity,
        rule=claim.rule,
        to_check=claim.to_check,
        since=claim.since or claim.statement.post.stated_at,
        group=group,
        event=judgement.event,
        claim=claim,
        official=claim.official,
        ratio=claim.ratio,
        reason=claim.reason,
        series=series,
        claims=claims,
        carried_by=_carriers(told, judgement),
    )


def _ratio(new: Figure, old: Figure) -> float | None:
    numbers = [figure.high if figure.low is None else figure.low for figure in (new, old)]
    low, high = sorted(number or 0.0 for number in numbers)
    return high / low if low else None


def _fingerprint(
    kind: AlertKind, group: GroupKey, claim: Judged, series: Iterable[Official], told: Iterable[Judged]
) -> str:
    """What makes an alert news: who says what against whom. Not the event's id, nor how people are grouped."""
    officials = [each for each in (claim.official, *series) if each is not None]
    parts: list[object] = [
        (kind, claim.verdict, claim.rule, claim.severity, claim.to_check, group.measure, group.side, group.part),
        *((*_said(each.statement.speaker.key, each.statement.figure), each.relayed) for each in officials),
        *sorted(_said((each.speaker or each.statement.speaker).key, each.statement.figure) for each in told),
    ]
    return sha256(repr(parts).encode()).hexdigest()[:16]


def _said(speaker: str, figure: Figure) -> tuple[str, str, str, str, str]:
    return speaker, figure.measure.value, repr(figure.low), repr(figure.high), figure.modifier.value


def _carriers(told: Iterable[Judged], judgement: Judgement) -> tuple[PostRef, ...]:
    """The posts that pass a claim on; the claim's own post is none of them."""
    carried = {each.statement.id: each.statement.post.ref for each in told}
    refs = {
        judged.statement.post.ref
        for judged in judgement.statements
        if judged.carried_by in carried and judged.statement.post.ref != carried[judged.carried_by]
    }
    return tuple(sorted(refs))
