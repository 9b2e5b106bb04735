from django.urls import URLPattern, URLResolver, include, path

app_name = "guidance"

_centre: list[URLPattern | URLResolver] = []
urlpatterns = [
    path("c/<slug:centre>/", include(_centre)),
]
