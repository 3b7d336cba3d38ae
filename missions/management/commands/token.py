from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from missions.models import Token
from missions.models.token import Scope


class Command(BaseCommand):
    help = "Make, list and revoke the tokens by which programs write."

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        issue = verbs.add_parser("issue", help="Make a token; it is printed once and kept nowhere.")
        issue.add_argument("username")
        issue.add_argument("name", help="What it is for.")
        issue.add_argument("--scope", action="append", choices=Scope.values, help="May be given several times.")
        issue.add_argument("--days", type=int, default=90, help="How long it lasts (90).")
        verbs.add_parser("list", help="All tokens that have not been revoked.")
        revoke = verbs.add_parser("revoke", help="End a user's token of a name.")
        revoke.add_argument("username")
        revoke.add_argument("name")

    def handle(self, *, verb, **options):
        getattr(self, f"_{verb}")(**options)

    def _issue(self, *, username, name, scope, days, **options):
        if not 1 <= days <= 3650:
            raise CommandError("A token lasts from 1 to 3650 days.")
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account “{username}”: make it in the admin.")
        expires = timezone.now() + timedelta(days=days)
        try:
            _, words = Token.objects.issue(user, name, scope or [Scope.READ], expires)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(words)

    def _list(self, **options):
        for token in Token.objects.select_related("user"):
            self.stdout.write(f"{token.user}\t{token.name}\t{','.join(token.scopes)}\tuntil {token.expires:%Y-%m-%d}")

    def _revoke(self, *, username, name, **options):
        count, _ = Token.objects.filter(user__username=username, name=name).delete()
        if not count:
            raise CommandError(f"{username} has no token “{name}”; see manage.py token list.")
        self.stdout.write(f"{count} revoked")
