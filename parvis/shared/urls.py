from django.urls import URLPattern, path

from parvis.shared.live import views as live

app_name = "shared"
urlpatterns: list[URLPattern] = [
    path("live/<str:signed>/now/", live.now, name="live_now"),
]
