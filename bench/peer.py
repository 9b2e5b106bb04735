"""The peer: the same product behind plain Django ASGI, as Django's own documentation deploys it with uvicorn."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")

from django.core.asgi import get_asgi_application

application = get_asgi_application()
