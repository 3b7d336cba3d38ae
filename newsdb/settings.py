"""Settings of newsdb: safe as they stand, changed by environment variables (docs/operations.md)."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from newsdb import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("NEWSDB_VAR") or BASE_DIR / "var")
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = environment.flag("NEWSDB_DEBUG")
HTTPS = environment.flag("NEWSDB_HTTPS")
SECRET_KEY = environment.secret_key(VAR_DIR)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *environment.words("NEWSDB_ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = environment.words("NEWSDB_CSRF_TRUSTED_ORIGINS")

DATABASES = environment.databases(VAR_DIR / "newsdb.sqlite3")
DATABASE_ROUTERS = ["newsdb.replicas.Router"] if len(DATABASES) > 1 else []
# SQLite keeps no further columns in an index; it needs none, since every index of its leads on to the row.
SILENCED_SYSTEM_CHECKS = ["models.W040"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DEBUG and HTTPS:
    raise ImproperlyConfigured("NEWSDB_DEBUG shows secrets to visitors: it cannot stand beside NEWSDB_HTTPS.")

INSTALLED_APPS = [
    # Stands before all others: its templates and its `loaddata` override theirs.
    "missions",
    "newsdb.apps.NewsdbAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "simple_history",
    "corsheaders",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "newsdb.middleware.LetGo",
    "newsdb.middleware.NoBody",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsdb.replicas.ReadFromReplicas",
    "missions.answers.KeptAnswers",
    "newsdb.middleware.Gzip",
    "corsheaders.middleware.CorsMiddleware",
    "newsdb.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsdb.languages.Language",
    "newsdb.middleware.KeepTheRequest",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "newsdb.middleware.Busy",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "newsdb.urls"
WSGI_APPLICATION = "newsdb.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "missions.site.context.site",
            ],
        },
    },
]

# People
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
# A guesser is locked out of one account from one address, so that nobody can lock out a colleague.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_VERBOSE = False
SESSION_COOKIE_AGE = 3600 * environment.number("NEWSDB_SESSION_HOURS", 12, most=100_000)
OTP_TOTP_ISSUER = "newsdb"

# In a team of one nobody else is there to review.
NEWSDB_REVIEW_OWN_WORK = environment.flag("NEWSDB_REVIEW_OWN_WORK")

# Language and time
LANGUAGE_CODE = "en-gb"  # of the API; the site and the desk speak all of these
LANGUAGES = [("en-gb", "English"), ("nl", "Nederlands")]
LOCALE_PATHS = [BASE_DIR / "missions" / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# Files
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# Security
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = environment.flag("NEWSDB_BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# The record of changes; a reason may be as long as it needs to be. Set before the first migration.
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_DATE_INDEX = False  # the history is read row by row

# The API
REST_FRAMEWORK = {
    "DEFAULT_PARSER_CLASSES": ["missions.api.bodies.JsonBody"],
    # The first one decides how a stranger is greeted: with 401 and what to send.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "missions.api.authentication.BearerToken",
        "missions.api.authentication.DeskSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],  # a verb asks for its own
    "DEFAULT_THROTTLE_CLASSES": ["missions.api.throttling.PerMinute"],
    "DEFAULT_FILTER_BACKENDS": ["missions.api.parameters.Strict"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "missions.api.formats.Negotiation",
    "DEFAULT_SCHEMA_CLASS": "missions.api.schema.Reference",
    "EXCEPTION_HANDLER": "missions.api.problems.handler",
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
}
NEWSDB_REQUESTS_PER_MINUTE = {
    "address": environment.number("NEWSDB_REQUESTS_PER_MINUTE", 600),
    "account": environment.number("NEWSDB_REQUESTS_PER_MINUTE_ACCOUNT", 1200),
}
# Counted in a file, which every process of this machine sees.
REQUEST_COUNTS = VAR_DIR / "requests.counts"
# Memory of each process for answers that are asked for again; 0 keeps none.
NEWSDB_KEPT_ANSWERS_MB = environment.number("NEWSDB_KEPT_ANSWERS_MB", 64, least=0, most=1_000_000)
# Answers over 1 MB that a process makes and sends at once: each takes a thread for as long as its reader takes.
NEWSDB_LARGE_DOWNLOADS = environment.number("NEWSDB_LARGE_DOWNLOADS", 2, most=1000)
# How far a sheet that is taken in has come, which another process may be asked.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024

# Pages of other sites may read the API, without a visitor's session.
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/api/.*$"
CORS_ALLOW_METHODS = ("GET", "HEAD", "OPTIONS")
CORS_EXPOSE_HEADERS = ("ETag", "Last-Modified", "Link", "RateLimit", "RateLimit-Policy", "Retry-After")
SPECTACULAR_SETTINGS = {
    "TITLE": "newsdb",
    "DESCRIPTION": (
        "Military missions as the news reports them. Every published value points at the exact words that carry it."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "LICENSE": {"name": "MIT", "identifier": "MIT"},
    # Order of tags, and what an address is about.
    "TAGS": [
        {"name": "deployments", "description": "One country's force in one mission or host country."},
        {"name": "claims", "description": "What one passage says of one deployment."},
        {"name": "statements", "description": "Who said what."},
        {"name": "articles", "description": "The texts that carry the facts."},
        {"name": "missions", "description": "What countries contribute to."},
        {"name": "countries", "description": "ISO 3166-1, with Kosovo."},
        {"name": "overviews", "description": "Summary, conflicts, and the feed of changes."},
        {"name": "about", "description": "What there is, and what refusals mean."},
    ],
    "SERVE_PUBLIC": True,
    "SORT_OPERATION_PARAMETERS": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "missions.api.schema.share",
    ],
    "ENUM_NAME_OVERRIDES": {
        "StageEnum": "missions.models.deployment.Stage",
        "BasisEnum": "missions.models.deployment.Basis",
    },
}

# Ingest
INGEST_MAX_BYTES = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # The driver warns of statements sent ahead of one that is refused; the refusal itself is told by whoever asked.
    "loggers": {"psycopg": {"level": "ERROR"}},
}
