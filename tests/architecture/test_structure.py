"""The shape of the house, checked: direction of keys, sizes, templates in use."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

RANK = {label: rank for rank, layer in enumerate(settings.LAYERS) for label in layer}
PACKAGE = Path(settings.BASE) / "parvis"
SOURCES = [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))


def test_foreign_keys_point_down_or_stay_home():
    """String foreign keys are invisible to import-linter."""
    wrong = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in RANK
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model._meta.app_label in RANK
        if field.related_model._meta.app_label != model._meta.app_label
        and RANK[field.related_model._meta.app_label] <= RANK[model._meta.app_label]
    ]
    assert wrong == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_stays_readable(path):
    text = path.read_text()
    functions = [
        (node.name, node.end_lineno - node.lineno + 1)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    limit = 60 if "tests" in path.parts else 45
    assert text.count("\n") <= 400, "past 400 lines a file becomes a folder of the same name"
    assert [found for found in functions if found[1] > limit] == []


def test_files_beside_the_package_stay_readable():
    beside = [
        path
        for folder in ("bench", "e2e", "tests", "tools")
        for path in (PACKAGE.parent / folder).rglob("*.py")
    ]
    assert len(beside) > 100
    assert [str(path) for path in beside if path.read_text().count("\n") > 400] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_stays_readable(path):
    assert path.read_text().count("\n") <= 150


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_is_used(path):
    name = str(path.relative_to(next(p for p in path.parents if p.name == "templates")))
    if name.split("/")[0] in {
        "account",
        "mfa",
        "usersessions",
        "allauth",
        "django",
        "400.html",
        "403.html",
        "403_csrf.html",
        "404.html",
        "429.html",
        "500.html",
    }:
        return  # found by name by the library
    everywhere = "".join(p.read_text() for p in SOURCES + TEMPLATES if p != path)
    assert name in everywhere


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_has_no_inline_script_style_or_handler(path):
    text = path.read_text()
    assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", text) == []
    assert re.findall(r"<style\b|\sstyle=|\son[a-z]+=", text) == []
    assert re.findall(r"(?:src|href)=[\"']https?://", text) == []


def test_every_room_says_what_it_is_for():
    rooms = [path for path in PACKAGE.iterdir() if (path / "__init__.py").exists()]
    assert [
        room.name
        for room in rooms
        if len(ast.get_docstring(ast.parse((room / "__init__.py").read_text())) or "") < 60
    ] == []


@pytest.mark.parametrize("room", ["reception", "statistics"])
def test_views_in_a_centre_ask_the_centres_clock(room):
    """``centre.now()``, never ``timezone.now()``: a demonstration centre has a clock of its own that can be sped up."""
    views = [*PACKAGE.glob(f"{room}/views.py"), *PACKAGE.glob(f"{room}/views/**/*.py")]
    assert [
        str(path) for path in views if re.search(r"timezone\.now\(|datetime\.now\(", path.read_text())
    ] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_landmarks_of_a_template_have_names_of_their_own(path):
    """A table inside a section of the same name would be read as one place twice."""
    landmarks = re.findall(r"<(?:section|nav|aside|form|div)\b[^>]*>", path.read_text())
    names = [
        name
        for tag in landmarks
        if not tag.startswith("<div") or 'role="region"' in tag
        for name in re.findall(r'aria-labelledby="([\w-]+)"', tag)
    ]
    assert sorted(names) == sorted(set(names))
