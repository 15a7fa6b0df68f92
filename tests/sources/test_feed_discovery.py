"""The feeds that a page names."""

import pytest

from monitor.sources.discovery import feeds_named, is_page

URL = "https://blog.example.org/news/"


@pytest.mark.parametrize(
    "tag",
    [
        '<link rel="alternate" type="application/rss+xml" href="/feed">',
        '<link rel="alternate" type="application/atom+xml; charset=utf-8" href="https://blog.example.org/feed">',
        '<LINK REL="Alternate" TYPE="application/RSS+XML" HREF="/feed">',
        '<link rel="alternate home" type="application/feed+json" href="../feed">',
        '<link rel="alternate" type="text/xml" href="/feed">',
        '<link rel="alternate" href="/feed">',
        '<base href="https://blog.example.org/x/"><link rel="alternate" type="application/rss+xml" href="../feed">',
        '<a rel="alternate" type="application/rss+xml" href="/feed">RSS</a>',
    ],
)
def test_a_feed_is_named_in_many_ways(tag: str) -> None:
    assert feeds_named(f"<html><head>{tag}</head></html>", URL) == ["https://blog.example.org/feed"]


@pytest.mark.parametrize(
    "tag",
    [
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed">',
        '<link rel="alternate" type="application/rss+xml" title="Blog &raquo; Comments Feed" href="/x">',
        '<link rel="alternate" hreflang="uk" href="/uk/">',
        '<link rel="alternate" type="application/json+oembed" href="/oembed?format=json">',
        '<link rel="stylesheet" type="application/rss+xml" href="/feed">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:feed()">',
        f'<link rel="alternate" type="application/rss+xml" href="{URL}">',
        '<link rel="alternate" type="application/rss+xml">',
    ],
)
def test_what_is_no_feed_of_the_page_is_not_named(tag: str) -> None:
    assert feeds_named(f"<html><head>{tag}</head></html>", URL) == []


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("<!DOCTYPE html><html>", True),
        ("<!-- x --><HTML>", True),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", True),
        ("<p>Not found", True),
        ("<?xml version='1.0'?><!-- <html> --><rss>", False),
        ("<rss><channel><item><description><html>", False),
        ("<a:feed xmlns:a='http://www.w3.org/2005/Atom'>", False),
        ("<rdf:RDF>", False),
        ("text", False),
        ("", False),
    ],
)
def test_a_page_is_told_from_a_feed_by_its_beginning(text: str, page: bool) -> None:
    assert is_page(text) is page
