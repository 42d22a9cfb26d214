"""All settings. What differs between newsrooms is an environment variable, listed in .env.example.

State lives under READERSHIP_HOME. Nothing here is read from a request.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from readership.config import env, languages, mail_service, secret, sign_in, sqlite_library
from readership.lib.domains import domains_in

HOME = Path(env.text("READERSHIP_HOME", "var")).resolve()
# Nobody else on the machine has business with the database and the secret key.
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
env.load(HOME / "settings.env")

# The newsroom
SITE_NAME = env.text("READERSHIP_SITE_NAME", "Readership")
SITE_URL = env.text("READERSHIP_URL", "http://127.0.0.1:8000").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname or "127.0.0.1"
SITE_CURRENCY = env.text("READERSHIP_CURRENCY", "USD").upper()
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL

# Safety
DEBUG = env.flag("READERSHIP_DEBUG")
SECRET_KEY = secret.key(HOME)
SECRET_KEY_FALLBACKS = env.words("READERSHIP_OLD_SECRET_KEYS")
IS_HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = [SITE_HOST, *env.words("READERSHIP_HOSTS", "127.0.0.1,localhost,[::1]")]
TRUSTED_PROXY_HOPS = env.number("READERSHIP_TRUSTED_PROXY_HOPS", 0)
USE_X_FORWARDED_HOST = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
# The __Host- prefix keeps a sibling subdomain from setting our cookies (attack D06); browsers take it over HTTPS only.
COOKIE_PREFIX = "__Host-" if IS_HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
GUEST_COOKIE_NAME = f"{COOKIE_PREFIX}guest"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# The editor of a long story sends some ten fields for each block; Django's thousand would refuse it.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# A form that ends at the processor is a form to the processor: Chrome and Safari look where the answer leads.
PROCESSOR_PAGES = env.words("READERSHIP_STRIPE_PAGES", "https://checkout.stripe.com,https://billing.stripe.com")
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "EXCLUDE_URL_PREFIXES": ("/admin/",),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [NONE],
        "form-action": [SELF, *(PROCESSOR_PAGES if env.text("READERSHIP_STRIPE_KEY", "") else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    },
}

# Other places that readers may sign in with, and the pages there that a form of ours leads to.
SIGN_IN_WITH = sign_in.providers(env.text("READERSHIP_SIGN_IN_WITH", ""))
SIGN_IN_APPS = sign_in.apps(SIGN_IN_WITH)
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += sign_in.pages(SIGN_IN_WITH)

INSTALLED_APPS = [
    "readership.config",
    "readership.website",
    "readership.api",
    "readership.portability",
    "readership.newsletter",
    "readership.discussion",
    "readership.funding",
    "readership.stories",
    "readership.following",
    "readership.readers.apps.ReadersApp",
    "readership.outbox",
    "readership.pagecache",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail_localize",
    "wagtail_localize.locales",  # In the place of Wagtail's own: a language can be kept in step with another.
    "readership.readers.apps.ReadersAdminApp",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    *SIGN_IN_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]
# django.contrib.admin is left out on purpose: one admin, one sign-in door to guard (attack E04).

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "readership.api.entrance.api_entrance",
    "csp.middleware.CSPMiddleware",
    "readership.lib.languages.speak_the_address",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "readership.readers.recognising.recognise_staff",
    "readership.readers.language.speak_to_reader",
    "allauth.account.middleware.AccountMiddleware",
    "readership.readers.account_door.guard_doors",
    "readership.readers.second_step.ask_for_second_step",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
ROOT_URLCONF = "readership.config.urls"
WSGI_APPLICATION = "readership.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                # Lazy: a public page never touches them, and a test proves it (attack J04).
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# Storage
SQLITE_VERSION = sqlite_library.choose()
# On a library with the WAL-reset bug the rollback journal is slower and safe.
SQLITE_JOURNAL = "WAL" if sqlite_library.is_safe_in_wal(SQLITE_VERSION) else "TRUNCATE"
DATABASE_ADDRESS = env.text("READERSHIP_DATABASE", "")
DATABASES: dict[str, dict[str, object]] = {
    "default": env.postgres(DATABASE_ADDRESS)
    if DATABASE_ADDRESS
    else {
        "ENGINE": "readership.config.one_writer",
        "NAME": HOME / "readership.sqlite3",
        "CONN_MAX_AGE": None,
        # A file, as in real life: threads of a race test then meet the same locks.
        "TEST": {"NAME": HOME / "test.sqlite3"},
        "OPTIONS": {
            "timeout": 5,
            # A transaction that reads first and writes later fails at once under DEFERRED (measured: 640 of 800).
            "transaction_mode": "IMMEDIATE",
            "init_command": f"PRAGMA journal_mode={SQLITE_JOURNAL}; PRAGMA synchronous=FULL; "
            "PRAGMA cache_size=-65536; PRAGMA journal_size_limit=67108864; PRAGMA temp_store=MEMORY;",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Ours knows whose a session is, so that its owner can end it.
SESSION_ENGINE = "readership.readers.sessions"

# Work in the background: a task only wakes or repeats; what must not be lost is a row in the outbox.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# People
AUTH_USER_MODEL = "readers.Reader"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_mine"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# Who works for the newsroom needs a second step, such as a passkey, before any page of the admin.
STAFF_TWO_FACTOR = env.flag("READERSHIP_STAFF_TWO_FACTOR")
# Tries at any door where somebody signs in: from one network, on one account from one network, on one account at all.
SIGN_IN_LIMITS = ((30, 60), (300, 3600))
ACCOUNT_TRY_LIMITS = ((5, 300), (20, 3600))
ACCOUNT_TRY_LIMITS_OVERALL = ((100, 3600),)
# Mail that somebody at a door has sent to one address: from one network, and from everywhere.
ACCOUNT_MAIL_LIMITS = ((3, 600), (12, 86_400))
ACCOUNT_MAIL_LIMITS_OVERALL = ((15, 3600), (40, 86_400))
# Passwords are set anew and addresses changed in one place, behind the same door (attacks E02, E10).
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# allauth: the e-mail is the identity; whoever can read its mail may come in, and a password is optional.
ACCOUNT_ADAPTER = "readership.readers.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
# In the form of signing in there is a password field exactly when the form of signing up has one.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_SIGNUP_FORM_CLASS = "readership.readers.account_forms.NameForm"
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_FORMS = {
    "signup": "readership.readers.signing_up.SignUpForm",
    "login": "readership.readers.signing_up.PasswordForm",
    "request_login_code": "readership.readers.signing_up.CodeForm",
    "add_email": "readership.readers.signing_up.AddressForm",
    "reset_password": "readership.readers.signing_up.ForgottenForm",
    "reset_password_from_key": "readership.readers.signing_up.ResetPasswordForm",
    "set_password": "readership.readers.signing_up.SetPasswordForm",
    "change_password": "readership.readers.signing_up.ChangePasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
# allauth counts in each process for itself. Where it counts an account whoever tries, a stranger could lock its owner
# out (attack E07): that is left to our own limits.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip", "request_login_code": "20/m/ip", "reset_password": "20/m/ip"}
# How long a sign-in is fresh enough to change what an account is opened with; see readers.proving.
FRESH_FOR = 10 * 60
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
SOCIALACCOUNT_ADAPTER = "readership.readers.adapters.SocialAdapter"
SOCIALACCOUNT_PROVIDERS = sign_in.as_allauth(SIGN_IN_WITH)
# An account is known there by its number, never by an e-mail that somebody there may have made up (attack E15).
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "readership.readers.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
# Browsers take passkeys over HTTPS only, but for one's own machine.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS

# Mail goes to files until a server or a service is named.
MAIL_SERVER = env.text("READERSHIP_MAIL_SERVER", "")
EMAIL_BACKEND = (
    "readership.outbox.smtp.SmtpBackend" if MAIL_SERVER else "django.core.mail.backends.filebased.EmailBackend"
)
MAIL_SERVICE = env.one_of("READERSHIP_MAIL_SERVICE", "", *mail_service.SERVICES)
MAIL_SERVICE_CLASS = mail_service.SERVICES.get(MAIL_SERVICE, "")
ANYMAIL = mail_service.as_anymail(
    MAIL_SERVICE, env.text("READERSHIP_MAIL_SERVICE_KEYS", ""), env.text("READERSHIP_MAIL_WEBHOOK_SECRET", "")
)
if MAIL_SERVICE:
    EMAIL_BACKEND = f"anymail.backends.{MAIL_SERVICE}.EmailBackend"
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER, env.number("READERSHIP_MAIL_PORT", 587)
EMAIL_HOST_USER = env.text("READERSHIP_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("READERSHIP_MAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("READERSHIP_MAIL_TLS", True)
EMAIL_TIMEOUT = 20
REFUSED_MAIL_DOMAINS = domains_in(env.text("READERSHIP_REFUSED_MAIL_DOMAINS", ""))
DEFAULT_FROM_EMAIL = env.text("READERSHIP_MAIL_FROM", f"newsroom@{SITE_HOST}")

# Language and time
LANGUAGE_CODE = env.text("READERSHIP_LANGUAGE", "en")
LANGUAGES = languages.SPOKEN
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# Those that stories are in, the site's own first: a tree of pages for each; see docs/decisions/0021.
WAGTAIL_CONTENT_LANGUAGES = languages.of_stories(LANGUAGE_CODE, env.words("READERSHIP_LANGUAGES"))
# A translation that was only begun is a draft, and not the original's words under another language.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAIL_I18N_ENABLED = len(WAGTAIL_CONTENT_LANGUAGES) > 1
TIME_ZONE = env.text("READERSHIP_TIME_ZONE", "UTC")
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "readership.config.storage.HashedStaticFiles"},
}

# Wagtail
WAGTAILIMAGES_IMAGE_MODEL = "stories.NewsImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpeg", "jpg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {
            "features": [
                "bold",
                "italic",
                "link",
                "ol",
                "ul",
                "superscript",
                "subscript",
                "strikethrough",
                "code",
            ]
        },
    }
}
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # No third party learns who our editors are.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 3
WAGTAILADMIN_STATIC_FILE_VERSION_STRINGS = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # The server fetches nothing that somebody typed (attack H01).

# Discussion
INVITATION = env.text("READERSHIP_INVITATION", "")
COMMENT_MAX_LENGTH = 5_000
COMMENT_EDIT_MINUTES = env.number("READERSHIP_COMMENT_EDIT_MINUTES", 15)
COMMENT_ORDER = env.text("READERSHIP_COMMENT_ORDER", "newest")  # newest, oldest, voted, best or discussed
COMMENTS_CLOSE_AFTER_DAYS = env.number("READERSHIP_COMMENTS_CLOSE_AFTER_DAYS", 0)  # 0: never
# Guests: open, held (read first), verified (appear once the address is confirmed), off.
GUEST_POLICY = env.one_of("READERSHIP_GUESTS", "open", "held", "verified", "off")
# Who may add a picture to a comment: off (nobody), readers (with an account), everyone.
COMMENT_PICTURES = env.one_of("READERSHIP_COMMENT_PICTURES", "off", "readers", "everyone")
COMMENT_PICTURE_BYTES = env.number("READERSHIP_COMMENT_PICTURE_MB", 8) * 1024 * 1024
COMMENT_LIMITS = ((3, 60), (20, 3600))
VOTE_LIMITS = ((20, 60), (300, 3600))

# Following
# Where browsers take news from; nothing is sent to any other host, whatever a browser says (attack H01).
PUSH_SERVICES = env.words(
    "READERSHIP_PUSH_SERVICES",
    "fcm.googleapis.com,updates.push.services.mozilla.com,.push.apple.com,.notify.windows.com",
)
PUSH_SCHEME = "https"

# Funding
STRIPE_SECRET_KEY = env.text("READERSHIP_STRIPE_KEY", "")
STRIPE_WEBHOOK_SECRETS = env.words("READERSHIP_STRIPE_WEBHOOK_SECRETS")  # two while one is being replaced
STRIPE_ADDRESS = env.text("READERSHIP_STRIPE_ADDRESS", "")
# Moves no money, books into the ledger of trials: for trying out giving without an account anywhere.
HAS_DEMO_PROCESSOR = env.flag("READERSHIP_DEMO_GIVING")
PROCESSOR_FEE_PERCENT_HUNDREDTHS = env.number("READERSHIP_FEE_PERCENT_HUNDREDTHS", 150)
PROCESSOR_FEE_FIXED_MINOR = env.number("READERSHIP_FEE_FIXED", 25)
SMALLEST_GIFT = env.number("READERSHIP_SMALLEST_GIFT", 2)
LARGEST_GIFT = env.number("READERSHIP_LARGEST_GIFT", 10_000)
FISCAL_YEAR_START = env.number("READERSHIP_FISCAL_YEAR_START", 1)  # the month, 1 to 12
ACCOUNTS = env.words("READERSHIP_ACCOUNTS")  # names of accounts in the journal, "bank=1200"
GIFT_LIMITS = ((5, 60), (30, 3600))  # sessions begun from one network
SITE_GIFT_LIMITS = ((60, 60),)  # and by everybody together
GIFT_STORM = ((20, 60),)  # beyond this a proof is asked for, and the treasurers are told
KEEP_GIVERS_YEARS = env.number("READERSHIP_KEEP_GIVERS_YEARS", 10)  # how long the law wants to know who gave
TRANSFER_DAYS = env.number("READERSHIP_TRANSFER_DAYS", 60)
LINK_LIMITS = ((5, 60), (20, 3600))  # links to the own page asked for from one network
RECEIPT_LINES = [line.strip() for line in env.text("READERSHIP_RECEIPT_LINES", "").split("|") if line.strip()]

# What follows these in an address is a key, and no line of a log may hold one (attack E12).
KEYS_FOLLOW = [
    "/gifts/yours/",
    "/guests/confirm/",
    "/guests/not-me/",
    "/account/undo/",
    "/own-data/",
    "/follow/confirm/",
    "/follow/not-me/",
    "/follow/stop/",
    "/follow/yours/",
    "/newsletter/confirm/",
    "/newsletter/stop/",
    "/newsletter/yours/",
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "readership.lib.logs.JsonLine", "keys_follow": KEYS_FOLLOW}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("READERSHIP_LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # A line for each task that went well would hide the one that did not.
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        # Tells each table of a font that goes into a PDF.
        "fontTools": {"level": "WARNING"},
        # And names each letter that a font lacks: letters of somebody’s name.
        "fpdf": {"level": "ERROR"},
    },
}
