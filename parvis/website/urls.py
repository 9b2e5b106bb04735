from django.urls import path

from parvis.website.views import home, visitor_places

app_name = "website"
urlpatterns = [
    path("", home.home, name="home"),
    path("places/", visitor_places.places, name="places"),
    path("places/<slug:centre>/", visitor_places.place, name="place"),
]
