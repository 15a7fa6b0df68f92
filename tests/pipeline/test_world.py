"""Who asserts a number, as joining and judging know speakers."""

import pytest

from monitor.pipeline.world import World
from monitor.statements import Bench, Channel
from monitor.values import SpeakerQuote

MASH = Channel("mash", "Mash", "ru")
UKRAINE = Channel("ua_news", "Україна", "ua")
NOBODY = World({}, {}, {}, {}, {}, Bench(()))


@pytest.mark.parametrize(
    ("channel", "quote", "speaker"),
    [
        (MASH, "Mash", "mash"),
        (MASH, "источник Mash", "mash"),
        (UKRAINE, "Україна", "ua_news"),
        (MASH, "источник 112", "mash/источник 112"),
        (MASH, "врачи, с которыми говорил Mash", "mash/врачи, с которыми говорил mash"),
        (UKRAINE, "президент України", "ua_news/президент україни"),
    ],
)
def test_a_channel_that_names_itself_speaks_itself(channel: Channel, quote: str, speaker: str) -> None:
    who, own = NOBODY.speaker(channel, None, SpeakerQuote(quote, None))
    assert (who.key, own) == (speaker, speaker == channel.key)


def test_what_is_passed_on_in_a_channels_name_is_not_said_there() -> None:
    assert NOBODY.speaker(MASH, "somebody", SpeakerQuote("Mash", None))[1] is False
