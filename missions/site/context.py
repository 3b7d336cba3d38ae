"""What every page of the site has: itself in the other languages, and its own whole address."""

from django.conf import settings

from missions.site.addresses import prefix


def site(request) -> dict:
    """`spoken`: prefix, name and address of the page in each language; empty where no language is in the address."""
    here = f"/{prefix()}/"
    if not request.path.startswith(here):
        return {"spoken": []}
    asked = request.META.get("QUERY_STRING")
    rest = request.path.removeprefix(here) + (f"?{asked}" if asked else "")
    spoken = [(prefix(code), name, f"/{prefix(code)}/{rest}") for code, name in settings.LANGUAGES]
    return {
        "spoken": [(code, name, address, request.build_absolute_uri(address)) for code, name, address in spoken],
        "canonical": request.build_absolute_uri(),
    }
