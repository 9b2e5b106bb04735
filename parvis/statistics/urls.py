from django.urls import path

from parvis.statistics import views

app_name = "statistics"
urlpatterns = [
    path("c/<slug:centre>/figures/", views.day, name="today"),
    path("c/<slug:centre>/figures/days/<str:day>/", views.day, name="day"),
    path("c/<slug:centre>/figures/days/<str:day>/csv/", views.day_csv, name="day_csv"),
    path("c/<slug:centre>/figures/days/<str:day>/xlsx/", views.day_xlsx, name="day_xlsx"),
    path("c/<slug:centre>/week/", views.week, name="this_week"),
    path("c/<slug:centre>/week/<str:day>/", views.week, name="week"),
    path("c/<slug:centre>/week/<str:day>/csv/", views.week_csv, name="week_csv"),
    path("c/<slug:centre>/week/<str:day>/xlsx/", views.week_xlsx, name="week_xlsx"),
]
