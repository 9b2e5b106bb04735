from django.urls import path

from parvis.demonstration import views

app_name = "demonstration"
urlpatterns = [
    path("c/<slug:centre>/demonstration/", views.page, name="page"),
    path("c/<slug:centre>/demonstration/now/", views.now, name="now"),
    path("c/<slug:centre>/demonstration/speed/", views.speed, name="speed"),
    path("c/<slug:centre>/demonstration/jump/", views.jump, name="jump"),
]
