"""What stands in pages/preview_channel.html, to be read beside it."""

from datetime import UTC, datetime
from typing import Any

from models.enums import MediaType
from monitor.values import Media, RawPost


def _post(number: int, hour: int, minute: int, text: str = "", **given: Any) -> RawPost:
    at = datetime(2023, 1, 1, hour, minute, tzinfo=UTC)
    return RawPost(str(number), at, text, url=f"https://t.me/step_news/{number}", **given)


def _media(kind: MediaType, **given: Any) -> dict[str, Any]:
    return {"media": (Media(kind, **given),)}


EXPECTED = [
    _post(
        101, 6, 15,
        "⛔️ Ранены более 15 человек.\n\nПодробности — у нас на сайте, #степь тайно\nстрока 1\nстрока 2\n"
        "https://example.org/a?b=1&c=2",
        views=18_900_000, author="Иван Дежурный", extra={"links": ["https://example.org/news?id=7&page=2"]},
    ),
    _post(
        103, 10, 0, 'Сбиты 12 беспилотников "Орлан".', edited=True, views=1200,
        forwarded_from="svodki_x", forwarded_post="555",
        extra={
            "forwarded_title": "Сводки",
            "link_preview": {"url": "https://example.org/orlan?a=1&b=2", "site_name": "Example", "title": "Сбито 400",
                             "description": "Не текст записи: 400 сбитых."},
        },
    ),
    _post(104, 10, 5, forwarded_from="Пух", views=999, **_media(MediaType.VIDEO)),
    _post(105, 10, 10, "Уточнение: ранены 17.", reply_to="101", views=11_110),
    _post(106, 10, 11, views=3, extra={"reply_elsewhere": "https://t.me/other_channel/9"}, **_media(MediaType.PHOTO)),
    _post(
        107, 11, 0, "Ночью сбили 3 беспилотника\n\nПогибших нет.", group_ids=("107", "108", "109"), views=59_500,
        media=(Media(MediaType.VIDEO), Media(MediaType.PHOTO), Media(MediaType.PHOTO)),
    ),
    _post(
        110, 11, 5, views=1100, **_media(MediaType.POLL, name="Сколько сбито?"),
        extra={"poll": {"question": "Сколько сбито?", "options": ["Десять", "Двадцать"], "type": "Anonymous Poll"}},
    ),
    _post(
        111, 11, 6, "Вестник степи pinned «Ранены более 15 человек.»", service=True,
        extra={"links": ["https://t.me/step_news"]},
    ),
    _post(112, 11, 7, "Список пленных", views=1200, **_media(MediaType.DOCUMENT, name="Список.pdf", size=2_202_010)),
    _post(113, 11, 8, views=5, **_media(MediaType.AUDIO, name="Марш")),
    _post(114, 11, 9, views=5, **_media(MediaType.VOICE)),
    _post(115, 11, 10, **_media(MediaType.ROUND_VIDEO)),
    _post(116, 11, 11, **_media(MediaType.ANIMATION)),
    _post(117, 11, 12, **_media(MediaType.STICKER)),
    _post(118, 11, 13, **_media(MediaType.UNSUPPORTED)),
    _post(119, 11, 14, forwarded_from="Закрытый штаб", **_media(MediaType.LOCATION)),
]  # fmt: skip
