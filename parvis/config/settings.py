"""Settings of Parvis. A centre changes them through the environment only; docs/operating.md lists the variables."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from parvis.config.environment import flag, listed, private_folder, secret_key

django_stubs_ext.monkeypatch()

BASE = Path(__file__).resolve().parents[2]
DATA = private_folder(Path(os.environ.get("PARVIS_DATA", BASE / "var")))
DEBUG = flag("PARVIS_DEBUG")
SECRET_KEY = secret_key(DATA)
SECRET_KEY_FALLBACKS = listed("PARVIS_FORMER_SECRET_KEYS", default=[])
KEYS = private_folder(
    Path(os.environ.get("PARVIS_KEYS", DATA / "keys"))
)  # not in a copy of the database: docs/threat-model.md
ALLOWED_HOSTS = listed("PARVIS_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = listed("PARVIS_ORIGINS", default=[])
PUBLIC_ADDRESS = os.environ.get("PARVIS_ADDRESS", "")  # parvis/shared/address.py
HTTPS = flag("PARVIS_HTTPS")

# Highest first, as in the import contract: foreign keys point down, too.
LAYERS = [
    ["demonstration"],
    ["website"],
    ["statistics"],
    ["guidance"],
    ["reception"],
    ["rota", "agenda"],
    ["surveys"],
    ["partners"],
    ["centres"],
    ["accounts"],
    ["shared"],
]

INSTALLED_APPS = [
    "parvis.demonstration",
    "parvis.website",
    "parvis.statistics",
    "parvis.guidance",
    "parvis.reception",
    "parvis.rota",
    "parvis.agenda",
    "parvis.surveys",
    "parvis.partners",
    "parvis.centres",
    "parvis.accounts",
    "parvis.shared",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "i18nfield",
    "template_partials",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # its files are compressed already
    "parvis.shared.compression.Compressed",  # pages: docs/decisions/0022-compression.md
    "parvis.shared.policy.OnePolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "parvis.accounts.middleware.StaffMiddleware",
    "parvis.accounts.middleware.StaffLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "parvis.statistics.middleware.Preparing",
    "parvis.shared.other_ways.OtherWays",
]

ROOT_URLCONF = "parvis.config.urls"
WSGI_APPLICATION = "parvis.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["template_partials.templatetags.partials", "parvis.shared.templatetags.parvis"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "parvis.centres.context.navigation",
            ],
        },
    }
]

# SQLite unless DATABASE_URL says PostgreSQL. The SQLite engine is Django's own plus a process-wide queue of
# writers (docs/decisions/0003-sqlite.md).
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA / 'parvis.sqlite3'}", conn_max_age=None, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"] |= {
        "ENGINE": "parvis.shared.sqlite",
        "CONN_HEALTH_CHECKS": False,
        "TEST": {"NAME": str(DATA / "test.sqlite3")},  # a file, as in a centre: threads race on it
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            " PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;",
        },
    }
else:
    # Values travel beside the statement, and one that comes again on a connection is planned once.
    options = DATABASES["default"].get("OPTIONS", {})
    DATABASES["default"] |= {
        "ENGINE": "parvis.shared.postgresql",
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 1} | options,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The server (parvis/config/asgi.py)
SERVER_THREADS = int(os.environ.get("PARVIS_THREADS", "6"))
SERVER_AT_ONCE = int(os.environ.get("PARVIS_THREADS_AT_ONCE", "1"))
SERVER_LARGEST_BODY = int(os.environ.get("PARVIS_LARGEST_UPLOAD_MB", "64")) * 1024 * 1024

# People who work here
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
SESSION_ENGINE = "parvis.accounts.sessions"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "parvis.accounts.adapter.InvitationOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation link has already shown that the address is theirs
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or passkey is told by mail
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("PARVIS_PROXIES", "1" if HTTPS else "0"))
ACCOUNT_FORMS = {
    "login": "parvis.accounts.forms.SignIn",
    "change_password": "parvis.accounts.forms.ChangePassword",
    "set_password": "parvis.accounts.forms.FirstPassword",
    "reset_password": "parvis.accounts.forms.ForgottenPassword",
    "reset_password_from_key": "parvis.accounts.forms.NewPassword",
    "reauthenticate": "parvis.accounts.forms.PasswordAgain",
}
MFA_FORMS = {
    "authenticate": "parvis.accounts.forms.SecondStep",
    "reauthenticate": "parvis.accounts.forms.SecondStepAgain",
    "activate_totp": "parvis.accounts.forms.ActivateApp",
    "add_webauthn": "parvis.accounts.forms.AddPasskey",
    "login_webauthn": "parvis.accounts.passkeys.SignInByPasskey",
    "authenticate_webauthn": "parvis.accounts.passkeys.SecondStepByPasskey",
    "reauthenticate_webauthn": "parvis.accounts.passkeys.PasskeyAgain",
    "edit_webauthn": "parvis.accounts.forms.RenamePasskey",
}
MFA_ADAPTER = "parvis.accounts.adapter.SecondFactor"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the same reason: nobody comes in without an invitation by mail
MFA_TOTP_ISSUER = "Parvis"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "website:home"
LOGOUT_REDIRECT_URL = "website:home"

# Languages: visitors' pages speak all of them, staff pages the first two.
LANGUAGE_CODE = "en"
STAFF_LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LANGUAGES = [
    *STAFF_LANGUAGES,
    ("nl", _("Dutch")),
    ("de", _("German")),
    ("it", _("Italian")),
    ("es", _("Spanish")),
    ("pt", _("Portuguese")),
    ("da", _("Danish")),
    ("fi", _("Finnish")),
    ("hr", _("Croatian")),
    ("bg", _("Bulgarian")),
    ("uk", _("Ukrainian")),
    ("ar", _("Arabic")),
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Sign-in limits are counted here, by every process alike, and a table of the database is locked like any other
# (docs/decisions/0015-sign-in.md). Nothing else is kept in it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "parvis_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns of a folder that is not there
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "parvis.shared.assets.NpmFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or flag("PARVIS_TESTING")
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = DATA / "files"
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024  # what a visitor attaches never touches the disk in clear
WHITENOISE_USE_FINDERS = DEBUG or flag("PARVIS_TESTING")

# What goes wrong: where in the code, never whose address or row
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "parvis.shared.log.Discreet"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler"} | ({} if DEBUG else {"formatter": "discreet"})},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO" if DEBUG else "ERROR"},
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},  # strangers try every day
    },
}

# Work that outlives a request
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Nothing on a page comes from another host, and no script is written into a page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("PARVIS_SMTP_HOST")
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = os.environ.get("PARVIS_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("PARVIS_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("PARVIS_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PARVIS_SMTP_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("PARVIS_MAIL_FROM", "parvis@localhost")
