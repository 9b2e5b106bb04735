"""Which room answers which address."""

from django.urls import include, path

urlpatterns = [
    path("", include("parvis.reception.urls")),  # first: most requests are its own
    path("", include("parvis.website.urls")),
    path("", include("parvis.accounts.urls")),
    path("", include("parvis.centres.urls")),
    path("", include("parvis.partners.urls")),
    path("", include("parvis.rota.urls")),
    path("", include("parvis.agenda.urls")),
    path("", include("parvis.surveys.urls")),
    path("", include("parvis.surveys.asking_urls")),
    path("", include("parvis.statistics.urls")),
    path("", include("parvis.guidance.urls")),
    path("", include("parvis.demonstration.urls")),
    path("", include("parvis.shared.urls")),
]
