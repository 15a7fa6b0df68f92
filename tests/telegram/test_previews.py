"""One world behind both far ends: what an account sees and what the preview page shows are the same posts."""

from datetime import UTC, datetime

from telethon import types as t

from tests.servers.mtproto.messages import Forward, Media, MediaKind, Poll
from tests.servers.mtproto.previews import Previews
from tests.servers.mtproto.server import TelegramServer
from tests.servers.preview_server import PreviewServer
from tests.sources.preview_polls import Polls, ids

AT = datetime(2023, 1, 2, 11, tzinfo=UTC)


def test_the_preview_page_shows_the_same_world(telegram: TelegramServer) -> None:
    world = telegram.world
    rybar, other = world.channel("rybar"), world.channel("svodki_x", "Сводки")
    world.post(other, "origin")
    world.post(rybar, "Жирно и ссылка", at=AT, entities=(t.MessageEntityBold(0, 5),), author="Дежурный")
    world.album(rybar, "Два фото", [MediaKind.PHOTO, MediaKind.PHOTO], at=AT)
    world.post(rybar, "63 погибших", at=AT, forward=Forward(AT, other, 1), reply_to=1)
    world.post(rybar, at=AT, poll=Poll("Сколько?", ("Один", "Два")))
    world.post(rybar, at=AT, media=Media(MediaKind.DOCUMENT, content=b"0" * 2048, name="список.pdf"))
    gone = world.post(rybar, "лишнее", at=AT)
    world.delete(rybar, gone)
    world.edit(rybar, 1, "Жирно, уточнено")
    with PreviewServer(Previews(world)) as server:
        batch = Polls.of(server).poll()
    assert ids(batch) == [1, 2, 4, 5, 6]
    first, album, forwarded, poll, document = batch.posts
    assert (first.text, first.edited, first.author) == ("Жирно, уточнено", True, "Дежурный")
    assert (album.text, album.group_ids) == ("Два фото", ("2", "3"))
    assert (forwarded.forwarded_from, forwarded.forwarded_post, forwarded.reply_to) == ("svodki_x", "1", "1")
    assert poll.extra["poll"] == {"question": "Сколько?", "options": ["Один", "Два"], "type": "Anonymous Poll"}
    assert [(each.name, each.size) for each in document.media] == [("список.pdf", 2048)]
