from django.urls import URLPattern, path

from parvis.shared import views
from parvis.shared.live import views as live

app_name = "shared"
urlpatterns: list[URLPattern] = [
    path("design/", views.design, name="design"),
    path("design/<slug:slug>/", views.design, name="design_part"),
    path("live/<str:signed>/now/", live.now, name="live_now"),
]
