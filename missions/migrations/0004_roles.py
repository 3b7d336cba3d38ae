"""The three roles as groups: who records, who reviews, who manages accounts."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

FACTS = ("article", "statement", "claim", "deployment")
SEEN = (*FACTS, "mission", "country", "merge")

RIGHTS = {
    "Curator": {
        *(f"view_{table}" for table in SEEN),
        *(f"{right}_{table}" for right in ("add", "change", "delete", "submit") for table in FACTS),
        "add_mission",
        "change_mission",
    },
    "Reviewer": {
        *(f"view_{table}" for table in SEEN),
        *(f"{right}_{table}" for right in ("change", "publish", "send_back", "reject") for table in FACTS),
        "change_mission",
        "merge_deployment",
        "merge_mission",
    },
    "Administrator": {
        *(f"view_{table}" for table in SEEN),
        *(f"{right}_{table}" for right in ("view", "add", "change", "delete") for table in ("user", "token")),
        "view_group",
        "view_accesslog",
        "view_accessattempt",
        "delete_accessattempt",
        "view_accessfailurelog",
    },
}


def make_groups(apps, schema_editor):
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for label in ("auth", "missions", "axes"):
        config = apps.get_app_config(label)
        config.models_module = True  # permissions are made after all migrations, and these are needed now
        create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
        config.models_module = None
    for name, codes in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        found = Permission.objects.filter(content_type__app_label__in=("auth", "missions", "axes"), codename__in=codes)
        group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("missions", "0003_curating"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("axes", "0009_add_session_hash"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
