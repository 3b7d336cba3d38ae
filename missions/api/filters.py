"""The bridge from filter sets to requests: strangers and unknown values are a 400 that names the mend."""

from django.core.exceptions import ValidationError as ModelValidationError
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError

ALSO_KNOWN = ("page", "page_size", "format")


class StrictFilterBackend(DjangoFilterBackend):
    def filter_queryset(self, request, queryset, view):
        filterset = self.get_filterset(request, queryset, view)
        if filterset is None:
            return queryset
        detail = view.detail
        known = ALSO_KNOWN if not detail else ("format",)
        if strangers := filterset.strangers(known):
            raise ValidationError(strangers)
        repeated = [name for name in request.query_params if len(request.query_params.getlist(name)) > 1]
        if repeated:
            raise ValidationError(
                {
                    name: ["Given twice: give it once; codes and slugs may be several, separated by commas."]
                    for name in repeated
                }
            )
        if empty := [name for name, value in request.query_params.items() if not value.strip()]:
            raise ValidationError(
                {name: ["Given without a value: give one, or leave the parameter out."] for name in empty}
            )
        if detail:
            return queryset
        if not filterset.is_valid():
            raise ValidationError(filterset.errors)
        try:
            return filterset.qs
        except ModelValidationError as error:
            raise ValidationError(error.message_dict) from error
