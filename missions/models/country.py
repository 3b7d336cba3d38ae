from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import CharField, FloatField, JSONField, Manager, Model
from simple_history.models import HistoricalRecords

from missions.models.constraints import matches, not_blank, together
from missions.models.numbers import whole_number
from missions.models.words import is_word


class CountryManager(Manager):
    def public(self):
        return self.all()

    def get_by_natural_key(self, code):
        return self.get(code=code)


def no_words() -> dict:
    return {"en": [], "nl": []}


class Country(Model):
    """A country or territory of ISO 3166-1, with Kosovo (XK): reference data, built by reference/build_countries.py."""

    code = CharField(max_length=2, unique=True, help_text="ISO 3166-1 alpha-2 code; XK for Kosovo.")
    alpha3 = CharField(max_length=3, unique=True, help_text="ISO 3166-1 alpha-3 code; XKX for Kosovo.")
    numeric = CharField(max_length=3, unique=True, null=True, blank=True, help_text="ISO 3166-1 numeric code.")
    name_en = CharField(max_length=80, unique=True, help_text="Name in English.")
    name_nl = CharField(max_length=80, unique=True, help_text="Name in Dutch.")
    region = CharField(max_length=40, null=True, blank=True, help_text="UN M49 region.")
    region_code = CharField(max_length=3, null=True, blank=True, help_text="UN M49 code of the region.")
    subregion = CharField(max_length=40, null=True, blank=True, help_text="UN M49 subregion.")
    subregion_code = CharField(max_length=3, null=True, blank=True, help_text="UN M49 code of the subregion.")
    gw_number = whole_number(
        null=True,
        blank=True,
        unique=True,
        help_text="Gleditsch–Ward number of the state, which conflict research joins on.",
    )
    latitude = FloatField(
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="Degrees north of a point well inside the main territory (WGS 84).",
    )
    longitude = FloatField(
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text="Degrees east of that point.",
    )
    demonyms = JSONField(default=no_words, blank=True, help_text="Adjectives and inhabitants by language (en, nl).")
    aliases = JSONField(default=no_words, blank=True, help_text="Other names by language (en, nl).")

    objects = CountryManager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "countries"
        constraints = [
            matches("code", r"^[A-Z]{2}$", "is two capital letters"),
            matches("alpha3", r"^[A-Z]{3}$", "is three capital letters"),
            matches("numeric", r"^[0-9]{3}$", "is three digits"),
            together(
                "point_whole",
                "A point has a latitude and a longitude, or neither is known.",
                "latitude",
                "longitude",
            ),
            *not_blank("name_en", "name_nl", "region", "region_code", "subregion", "subregion_code"),
        ]

    def __str__(self):
        return self.name_en

    def natural_key(self):
        return (self.code,)

    def clean(self):
        for name in ("demonyms", "aliases"):
            words = getattr(self, name)
            lists = words.values() if isinstance(words, dict) else [None]
            if not all(isinstance(one, list) and all(map(is_word, one)) for one in lists):
                raise ValidationError(
                    {name: 'Words stand in lists by language, such as {"en": ["Dutch"], "nl": ["Nederlands"]}.'}
                )
