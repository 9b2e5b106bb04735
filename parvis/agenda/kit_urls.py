"""Addresses of kits: those of a centre, and the same ones of a network, whose names begin with ``network_``."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from parvis.accounts.roles import Permission
from parvis.agenda.views.kits import files, lists, pages, writing
from parvis.agenda.views.kits.holders import at_centre, at_network

_READ = Permission.ENTER
_WRITE = Permission.PLAN_EVENTS
_PAGES: list[tuple[str, Callable[..., Any], str, Permission]] = [
    ("", lists.kits, "kits", _READ),
    ("all.<slug:kind>", lists.kits_file, "kits_file", _READ),
    ("new/", lists.new_kit, "new_kit", _WRITE),
    ("<int:pk>/", pages.kit, "kit", _READ),
    ("<int:pk>/about/", pages.kit_about, "kit_about", _WRITE),
    ("<int:pk>/<int:number>/<slug:language>.pdf", pages.kit_paper, "kit_paper", _READ),
    ("<int:pk>/deeds/<slug:deed>/", pages.kit_deed, "kit_deed", _WRITE),
    ("drafts/<int:pk>/", writing.kit_draft, "kit_draft", _WRITE),
    ("drafts/<int:pk>/words/", writing.kit_words, "kit_words", _WRITE),
    ("drafts/<int:pk>/in/<slug:language>/", writing.kit_translation, "kit_translation", _WRITE),
    ("drafts/<int:version>/steps/new/", writing.kit_step, "new_kit_step", _WRITE),
    ("drafts/<int:pk>/steps/restored/", writing.restore_kit_step, "restore_kit_step", _WRITE),
    ("drafts/<int:pk>/order/", writing.order_kit_steps, "order_kit_steps", _WRITE),
    ("drafts/<int:pk>/use/", writing.kit_into_use, "kit_into_use", _WRITE),
    ("drafts/<int:pk>/removal/", writing.delete_kit_draft, "delete_kit_draft", _WRITE),
    ("drafts/<int:pk>/files/new/", files.new_kit_file, "new_kit_file", _WRITE),
    ("steps/<int:pk>/", writing.kit_step, "kit_step", _WRITE),
    ("steps/<int:pk>/removal/", writing.remove_kit_step, "remove_kit_step", _WRITE),
    ("files/<int:pk>/", pages.kit_file, "kit_file", _READ),
    ("files/<int:pk>/removal/", files.remove_kit_file, "remove_kit_file", _WRITE),
]

urlpatterns: list[URLPattern] = [
    *(
        path(f"c/<slug:centre>/agenda/kits/{route}", at_centre(view, permission), name=name)
        for route, view, name, permission in _PAGES
    ),
    *(
        path(f"n/<slug:network>/kits/{route}", at_network(view), name=f"network_{name}")
        for route, view, name, _permission in _PAGES
    ),
]
