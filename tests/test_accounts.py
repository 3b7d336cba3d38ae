"""Accounts: who gets in, for how long, and who may make whom."""

import time

import pytest
from axes.models import AccessFailureLog, AccessLog
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

pytestmark = pytest.mark.django_db
PASSWORD = "a long word for tests"


def account(name="curator", role="Curator", **options):
    user = get_user_model().objects.create_user(name, password=PASSWORD, is_staff=True, **options)
    user.groups.add(Group.objects.get(name=role))
    return user


def log_in(client, name="curator", password=PASSWORD, code=""):
    client.logout()
    return client.post(reverse("admin:login"), {"username": name, "password": password, "code": code})


def inside(client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200


def code_of(device: TOTPDevice) -> str:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time()
    return f"{totp.token():06}"


@pytest.fixture
def second_factor(client):
    """An account with the second factor turned on, by its own page."""
    user = account()
    log_in(client)
    address = reverse("admin:second_factor")
    page = client.get(address)
    assert page.context["picture"].startswith("data:image/svg+xml")
    device = TOTPDevice.objects.get(user=user)
    done = client.post(address, {"password": PASSWORD, "code": code_of(device)})
    assert len(done.context["codes"]) == 10
    device.refresh_from_db()
    device.last_t = -1  # a code counts once, and the tests run within one code's half minute
    device.save()
    return device


def test_an_account_without_a_second_factor_needs_no_code(client):
    account()
    log_in(client)
    assert inside(client)


def test_an_account_with_one_does_not_get_in_without_it(client, second_factor):
    assert "second factor" in log_in(client).content.decode()
    assert not inside(client)
    log_in(client, code="000000")
    assert not inside(client)
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    log_in(client, code=code_of(second_factor))
    assert inside(client)


def test_a_code_and_a_recovery_code_count_once(client, second_factor):
    code, paper = code_of(second_factor), StaticToken.objects.first().token
    for given, lets_in in ((code, True), (code, False), (paper, True), (paper, False)):
        TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
        log_in(client, code=given)
        assert inside(client) == lets_in


def test_nobody_gets_in_with_another_ones_code(client, second_factor):
    account("other")
    log_in(client, "other")
    page = client.get(reverse("admin:second_factor"))
    assert page.context["on"] is False
    log_in(client, "curator", code="abcdefg")
    assert not inside(client)


def test_it_is_turned_off_with_password_and_code_only(client, second_factor):
    address = reverse("admin:second_factor")
    client.post(address, {"password": "wrong", "code": code_of(second_factor)})
    client.post(address, {"password": PASSWORD, "code": "000000"})
    assert TOTPDevice.objects.filter(confirmed=True).exists()
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    client.post(address, {"password": PASSWORD, "code": code_of(second_factor)})
    assert not TOTPDevice.objects.filter(confirmed=True).exists()
    log_in(client)
    assert inside(client)


def test_guesses_lock_one_account_from_one_address(client, settings):
    account()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        log_in(client, password="wrong")
    log_in(client)
    assert not inside(client)
    assert AccessFailureLog.objects.count() >= settings.AXES_FAILURE_LIMIT
    client.defaults["REMOTE_ADDR"] = "192.0.2.7"
    log_in(client)
    assert inside(client)


def test_who_came_in_and_when_is_kept(client):
    account()
    log_in(client)
    assert AccessLog.objects.get().username == "curator"
    assert client.session.get_expiry_age() <= 12 * 3600


@pytest.mark.parametrize("password", ["short", "password1234", "123456789012345", "the-curator1"])
def test_a_weak_password_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, account())
    validate_password("vier woorden die niemand raadt")


class TestAdministrators:
    @pytest.fixture
    def boss(self, client):
        user = account("boss", "Administrator")
        client.force_login(user)
        return client

    def page(self, user) -> str:
        return reverse("admin:auth_user_change", args=[user.pk])

    def sent(self, user, **changes) -> dict:
        return {
            "username": user.username, "is_active": "on", "is_staff": "on", "groups": [Group.objects.get(name="Reviewer").pk]
        } | changes  # fmt: skip

    def test_they_give_roles(self, boss):
        user = account()
        assert boss.post(self.page(user), self.sent(user)).status_code == 302
        assert [group.name for group in user.groups.all()] == ["Reviewer"]

    def test_they_do_not_make_anyone_a_superuser(self, boss):
        user = account()
        boss.post(self.page(user), self.sent(user, is_superuser="on"))
        user.refresh_from_db()
        assert not user.is_superuser

    def test_they_do_not_touch_one(self, boss):
        root = get_user_model().objects.create_superuser("root", password=PASSWORD)
        assert boss.post(self.page(root), self.sent(root)).status_code == 403
        password = reverse("admin:auth_user_password_change", args=[root.pk])
        assert boss.post(password, {"password1": "x" * 20, "password2": "x" * 20}).status_code == 403

    def test_they_remove_a_lost_second_factor(self, boss):
        user = account()
        TOTPDevice.objects.create(user=user, confirmed=True)
        sent = {"action": "remove_second_factor", "_selected_action": [user.pk]}
        boss.post(reverse("admin:auth_user_changelist"), sent)
        assert not TOTPDevice.objects.exists()

    def test_nobody_deletes_an_account_that_the_history_names(self, boss):
        assert boss.post(reverse("admin:auth_user_delete", args=[account().pk]), {"post": "yes"}).status_code == 403

    def test_they_see_the_access_log_and_no_facts_to_change(self, boss):
        assert boss.get(reverse("admin:axes_accesslog_changelist")).status_code == 200
        assert boss.get(reverse("admin:missions_claim_add")).status_code == 403
