import encodings
import pkgutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.sources.charset import decode

RU = "Погибли 63 человека, ранены «ещё» 89 – подъезд обрушился. "
UK = "Загинули 63 людини, поранено ще 89 – під'їзд обвалився, їхній ґанок зник. "
EN = "Sixty-three people were killed in the café, 89 wounded. "
PAGE = '<html><head><meta charset="{}"></head><body>{}</body></html>'
CODECS = sorted(module.name for module in pkgutil.iter_modules(encodings.__path__))


@pytest.mark.parametrize("declared", ["utf-8", "windows-1251", "koi8-r", "iso-8859-1", "nonsense", ""])
@pytest.mark.parametrize(
    ("real", "text"),
    [("windows-1251", RU), ("windows-1251", UK), ("koi8-r", RU.replace("«", "").replace("»", "").replace("–", "-")),
     ("utf-8", RU), ("utf-8", UK), ("utf-8", EN), ("utf-16", RU), ("utf-8-sig", UK)],
)  # fmt: skip
def test_cyrillic_and_utf8_are_read_whatever_is_declared(real: str, text: str, declared: str) -> None:
    page = PAGE.format(declared, text * 3)
    assert text in decode(page.encode(real), {"content-type": f"text/html; charset={declared}"})


def test_latin_letters_with_accents_are_read_as_windows_1252_by_default() -> None:
    assert EN in decode((EN * 3).encode("windows-1252"), {})


@pytest.mark.parametrize("name", ["iso-8859-2", "windows-1250", "iso-8859-5", "cp866"])
def test_what_is_declared_counts_where_the_bytes_allow_it(name: str) -> None:
    text = "Zginęło 63 żołnierzy, łącznie" if name in ("iso-8859-2", "windows-1250") else "Погибли 63 человека"
    assert text in decode((text * 3).encode(name), {"content-type": f"text/xml; charset={name}"})


@pytest.mark.parametrize("cut", [1, 2, 3, 5])
def test_utf8_that_is_cut_off_stays_utf8(cut: int) -> None:
    body = (RU * 5).encode()[:-1]
    assert decode(body[:-cut], {"content-type": "text/xml; charset=windows-1251"}).startswith(RU)


def test_utf8_with_one_broken_letter_stays_utf8() -> None:
    body = (RU * 5).encode()
    assert "Погибли 63" in decode(body[:41] + body[42:], {})


def test_the_declaration_of_xml_is_heeded() -> None:
    body = '<?xml version="1.0" encoding="iso-8859-2"?><a>Zginęło 63 żołnierzy</a>'.encode("iso-8859-2")
    assert "Zginęło 63 żołnierzy" in decode(body, {"content-type": "text/xml"})


@pytest.mark.parametrize("name", CODECS)
def test_no_declared_codec_raises_or_yields_half_letters(name: str) -> None:
    for body in (bytes(range(256)) * 3, RU.encode("windows-1251"), b"\\ud800\\udc00\xff", b"+2AA-\xff"):
        decode(body, {"content-type": f"text/html; charset={name}"}).encode("utf-8")


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["utf-8", "windows-1251", "utf-16", "utf-7", "shift_jis", "hz"]))
def test_any_bytes_become_text(body: bytes, declared: str) -> None:
    decode(body, {"content-type": f"text/html; charset={declared}"}).encode("utf-8")
