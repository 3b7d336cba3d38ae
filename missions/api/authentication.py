"""Who asks: a session of the desk, or a program with a token."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from missions.models import Token
from missions.models.token import Scope


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer newsdb_…` (RFC 6750)."""

    def authenticate(self, request):
        scheme, _, words = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        token = Token.objects.of(words.strip().decode("latin-1"))
        if token is None:
            raise AuthenticationFailed("This token is unknown, revoked or expired: ask for a new one.")
        return token.user, token

    def authenticate_header(self, request):
        return "Bearer"


class DeskSession(SessionAuthentication):
    """A curator's session in a browser, with Django's protection against forged requests."""


def allows(request, scope: Scope) -> bool:
    """Whether the request's token has a scope; a person at the desk is bound by permissions alone."""
    return not isinstance(request.auth, Token) or scope in request.auth.scopes


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = BearerToken
    name = "token"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer", "description": "Made in the admin or by `manage.py token`."}


class DeskScheme(OpenApiAuthenticationExtension):
    target_class = DeskSession
    name = "desk"

    def get_security_definition(self, auto_schema):
        return {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "A session of the admin."}
