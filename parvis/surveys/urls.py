from collections.abc import Callable
from typing import Any

from django.urls import path
from django.urls.resolvers import URLPattern

from parvis.surveys.views import papers, questionnaires, writing
from parvis.surveys.views.holders import at_centre, at_network

app_name = "surveys"
_PAGES: list[tuple[str, Callable[..., Any], str]] = [
    ("", questionnaires.questionnaires, "questionnaires"),
    ("new/", questionnaires.new_questionnaire, "new_questionnaire"),
    ("<int:pk>/", questionnaires.questionnaire, "questionnaire"),
    ("<int:pk>/<slug:deed>/", questionnaires.questionnaire_deed, "questionnaire_deed"),
    ("versions/<int:pk>/", writing.version, "version"),
    ("versions/<int:pk>/preview/<slug:language>/", papers.preview, "preview"),
    ("versions/<int:pk>/paper/<slug:language>.pdf", papers.paper, "paper"),
    ("versions/<int:pk>/order/", writing.order, "order"),
    ("versions/<int:pk>/opening/", writing.opening, "opening"),
    ("versions/<int:pk>/words/", writing.around, "around"),
    ("versions/<int:pk>/in/<slug:language>/", writing.translation, "translation"),
    ("versions/<int:pk>/sections/new/", writing.section, "new_section"),
    ("versions/<int:pk>/sections/<int:section>/", writing.section, "section"),
    ("versions/<int:pk>/questions/new/<slug:kind>/", writing.new_question, "new_question"),
    ("versions/<int:pk>/deeds/<slug:deed>/", writing.version_deed, "version_deed"),
    ("questions/<int:pk>/", writing.question, "question"),
    ("questions/<int:pk>/conditions/", writing.conditions, "conditions"),
    ("parts/<slug:kind>/<int:pk>/removal/", writing.remove, "remove"),
]


def _addresses(base: str, wrap: Callable[..., Any], prefix: str) -> list[URLPattern]:
    return [path(f"{base}{route}", wrap(view), name=f"{prefix}{name}") for route, view, name in _PAGES]


urlpatterns = [
    *_addresses("c/<slug:centre>/questionnaires/", at_centre, ""),
    *_addresses("n/<slug:network>/questionnaires/", at_network, "network_"),
]
