"""What a browser fetches for the first look at a page, in bytes on the wire.

    from tests.pages.weight import first_load
    assert sum(first_load(response).values()) < LIMIT

Text files are counted as they leave the server (brotli, as whitenoise stores them when files are collected), fonts as
they are, and only those whose letters the page shows. The page itself is counted uncompressed.
"""

from __future__ import annotations

import posixpath
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse

LIMIT = 150 * 1024
FACE = re.compile(r"@font-face\s*\{(.*?)\}", re.DOTALL)
URL = re.compile(r"url\(\s*[\"']?([^\"')]+)")


class _Reader(HTMLParser):
    """Addresses that a page fetches by itself, and the letters it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.text: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and set(given.get("rel", "").split()) & {
            "stylesheet",
            "icon",
            "manifest",
            "preload",
        }:
            self.addresses.append(given["href"])
        elif tag in {"script", "img", "source", "iframe", "video", "audio", "embed"} and given.get("src"):
            self.addresses.append(given["src"])
        self.silent += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.text.append(data)


def read(html: str) -> _Reader:
    """The addresses and the text of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader


def foreign(html: str) -> list[str]:
    """Addresses of another host that the page would fetch."""
    return [address for address in read(html).addresses if urlsplit(address).netloc]


def first_load(response: HttpResponse) -> dict[str, int]:
    """Bytes by address: the page, its styles and what they import, scripts, and the fonts its letters need."""
    html = response.content.decode()
    page = read(html)
    weights = {"the page": len(response.content)}
    letters = set("".join(page.text))
    for address in page.addresses:
        _add(address, letters, weights)
    return weights


def _add(address: str, letters: set[str], weights: dict[str, int]) -> None:
    path = urlsplit(address).path
    if path in weights or not path.startswith(settings.STATIC_URL):
        return
    content, size = _file(path)
    weights[path] = size
    if path.endswith(".css"):
        css = content.decode()
        for inner in _fonts(css, letters) + URL.findall(FACE.sub("", css)):
            if not inner.startswith("data:"):
                _add(posixpath.normpath(posixpath.join(posixpath.dirname(path), inner)), letters, weights)


@cache
def _file(address: str) -> tuple[bytes, int]:
    found = finders.find(address.removeprefix(settings.STATIC_URL))
    assert found, f"{address} is not among the static files"
    content = Path(found).read_bytes()
    binary = address.endswith((".woff2", ".png", ".jpg", ".webp"))
    return content, len(content) if binary else len(brotli.compress(content))


def _fonts(css: str, letters: set[str]) -> list[str]:
    """Files of the families that come first for one of the letters, in every weight: at worst the page uses all."""
    faces = [
        (URL.findall(face)[0], _family(face), _ranges(face))
        for face in FACE.findall(css)
        if "unicode-range" in face
    ]
    wanted = set()
    for letter in letters - set(" \n"):
        first = next(((family, ranges) for _file, family, ranges in faces if _covers(ranges, letter)), None)
        if first:
            wanted |= {file for file, family, ranges in faces if (family, ranges) == first}
    return sorted(wanted)


def _family(face: str) -> str:
    return re.findall(r"font-family:\s*([^;]+);", face)[0]


def _ranges(face: str) -> tuple[tuple[int, int], ...]:
    found = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", face)
    return tuple((int(first, 16), int(last or first, 16)) for first, last in found)


def _covers(ranges: tuple[tuple[int, int], ...], letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in ranges)
