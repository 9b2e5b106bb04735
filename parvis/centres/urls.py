from django.urls import path

from parvis.centres.views import new_centre

app_name = "centres"
urlpatterns = [
    path("centres/new/", new_centre.new_centre, name="new_centre"),
    path("centres/new/where/", new_centre.where, name="where"),
    path("centres/new/<uuid:key>/<slug:page>/", new_centre.new_centre_page, name="new_centre_page"),
    path("c/<slug:centre>/start/", new_centre.start, name="start"),
]
