from django.urls import URLPattern, URLResolver, include, path

from parvis.partners.views import institutions, people

app_name = "partners"

_centre: list[URLPattern | URLResolver] = [
    path("partners/", institutions.institutions, name="institutions"),
    path("partners/new/", institutions.new_institution, name="new_institution"),
    path("partners/<int:pk>/", institutions.institution, name="institution"),
    path("partners/people/", people.people, name="people"),
    path("partners/people/<int:person_id>/", people.person, name="person"),
]
urlpatterns = [
    path("c/<slug:centre>/", include(_centre)),
]
