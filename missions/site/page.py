"""What every page of the site is: read-only, known by its ETag, with refusals on a page that names the mend."""

from collections.abc import Callable
from functools import wraps

from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponseNotModified, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from missions import caching
from missions.models import Merge
from missions.site.addresses import address
from missions.site.asking import Moved, Refused


def page(view: Callable) -> Callable:
    """A view of the site; `request.dataset` is the revision that it answers for."""

    @csrf_exempt  # nothing is written: another method is a 405, with or without a token
    @require_safe
    @wraps(view)
    def answer(request, *args, **kwargs):
        request.dataset = caching.state_of(request)
        tag = None if request.user.is_authenticated else caching.tag_held(request, request.dataset)
        if tag:
            response = HttpResponseNotModified()
            caching.mark(response, request, tag, request.dataset)
            return response
        try:
            response = view(request, *args, **kwargs)
        except Refused as refused:
            context = {"title": _("This is not understood"), "errors": refused.errors}
            return render(request, "missions/refused.html", context, status=400)
        except Moved as moved:
            return HttpResponsePermanentRedirect(moved.address)
        return caching.concluded(response, request, request.dataset)

    return answer


def found(rows: QuerySet, slug: str) -> Model:
    """The public row of a slug; one that was merged has moved, any other is a 404."""
    if row := rows.filter(slug=slug).first():
        return row
    today = Merge.objects.leads_to(rows.model._meta.model_name, slug)
    if today and (row := rows.filter(slug=today).first()):
        raise Moved(address(row))
    raise Http404
