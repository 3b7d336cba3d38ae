"""The public pages."""

from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from missions.models import Article, Claim, Country, Deployment, Mission, Statement


@require_safe
def home(request):
    """What the dataset holds, and every published deployment with the words that decide its status."""
    deployments = Deployment.objects.published().select_related("contributing_country", "host_country", "mission")[:100]
    keys = {deployment.pk: deployment.evidence.get("status") for deployment in deployments}
    claims = Claim.objects.published().filter(deployment__in=keys).select_related("article")
    words = {(claim.deployment_id, claim.key): claim for claim in claims}
    rows = [(deployment, words.get((deployment.pk, keys[deployment.pk]))) for deployment in deployments]
    counts = {
        "articles": Article.objects.published().count(),
        "statements": Statement.objects.published().count(),
        "claims": Claim.objects.published().count(),
        "deployments": Deployment.objects.published().count(),
        "missions": Mission.objects.count(),
        "countries": Country.objects.count(),
    }
    return render(request, "missions/home.html", {"rows": rows, "counts": counts})


@require_safe
def favicon(request):
    """Browsers ask for this address on pages that name no icon, such as the admin's."""
    return redirect(static("missions/icon.svg"))
