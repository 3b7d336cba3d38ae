from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class MissionsConfig(AppConfig):
    name = "missions"
    verbose_name = gettext_lazy("Dataset")

    def ready(self):
        from missions import labels

        labels.translate(self)
