"""What every page of the site has: itself in the other languages, and its own whole address."""

from django.conf import settings
from django.core.exceptions import DisallowedHost

from missions.site.addresses import prefix


def site(request) -> dict:
    """`spoken`: code, name, address and whole address of the page in each language; empty where no language is in its own.

    `root` is the site's whole address, `chosen` the page's without a language.
    """
    here = f"/{prefix()}/"
    if not request.path.startswith(here):
        return {"spoken": []}
    try:
        root = request.build_absolute_uri("/").rstrip("/")
    except DisallowedHost:  # the refusal is a page too
        return {"spoken": []}
    asked = request.META.get("QUERY_STRING")
    rest = request.path.removeprefix(here) + (f"?{asked}" if asked else "")
    spoken = [(prefix(code), name, f"/{prefix(code)}/{rest}") for code, name in settings.LANGUAGES]
    return {
        "spoken": [(code, name, address, f"{root}{address}") for code, name, address in spoken],
        "root": root,
        "canonical": f"{root}{here}{rest}",
        "chosen": f"{root}/{rest}",
    }
