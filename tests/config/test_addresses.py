import pytest

from config.addresses import channel_handle, web_address


@pytest.mark.parametrize(
    "given",
    ["rybar", "@rybar", "t.me/rybar", "https://t.me/rybar", "http://t.me/s/rybar/", "https://t.me/rybar/123?single",
     "https://telegram.me/rybar", "https://t.me/s/rybar?before=20", "tg://resolve?domain=rybar&post=5",
     "https://rybar.t.me", "rybar.t.me/123", "https://t.me/rybar#top"],
)  # fmt: skip
def test_all_ways_to_name_a_channel_are_one(given):
    assert channel_handle(given) == "rybar"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("https://t.me/+AbCdEf", "private"),
        ("t.me/joinchat/AbCdEf", "private"),
        ("https://t.me/c/1500/7", "private"),
        ("ab", "no channel handle"),
        ("1rybar", "no channel handle"),
        ("рыбарь", "no channel handle"),
        ("rybar news", "no channel handle"),
        ("https://example.org/rybar", "no channel handle"),
        ("rybar/123", "no channel handle"),
        ("r" * 33, "no channel handle"),
        ("@", "no channel handle"),
        ("t.me/", "no channel handle"),
    ],
)
def test_what_is_no_public_channel_is_refused_with_the_reason(given, reason):
    with pytest.raises(ValueError, match=reason):
        channel_handle(given)


@pytest.mark.parametrize("given", ["https://example.org/feed.xml", "http://example.org:8080/?a=b", "https://[::1]/x"])
def test_web_addresses_stay_as_they_are(given):
    assert web_address(given) == given


@pytest.mark.parametrize(
    "given",
    ["example.org/feed", "ftp://example.org", "https://", "https://exa mple.org", "https://u:p@example.org",
     "https://example.org:99999", "https://[::1", "javascript:alert(1)", "https:///feed"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(given):
    with pytest.raises(ValueError, match="web address"):
        web_address(given)
