"""What the site's pages show of rows: names, addresses, dates, strengths, and words within words."""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from missions import search, telling
from missions.site import addresses, facts, names

register = template.Library()

register.filter("address", addresses.address)
register.filter("anchor", addresses.anchor)
register.filter("name", names.name_of)
register.filter("cited", names.cited)
register.filter("speaker", names.speaker_of)
register.filter("told_date", telling.told_date)
register.filter("told_day", telling.day)
register.filter("told_number", telling.told_number)
register.filter("strength", facts.strength_of)


@register.filter
def marking(passage: str, words: str | None) -> SafeString:
    """A passage with some of its words set off, the first time that they stand there."""
    before, found, after = passage.partition(words) if words else (passage, "", "")
    return format_html("{}<mark>{}</mark>{}", before, found, after) if found else conditional_escape(passage)


@register.filter
def found(passage: str, asked: str | None) -> SafeString:
    """A passage with every word set off that answers a search, in any ending."""
    stems = {stem for word in search.words(asked or "") for stem in search.stems(word)}
    if not stems:
        return conditional_escape(passage)
    pieces, end = [], 0
    for word in search.WORD.finditer(passage):
        plain = search.words(word[0])
        if plain and any(stem in stems for one in plain for stem in search.stems(one)):
            pieces += [conditional_escape(passage[end : word.start()]), format_html("<mark>{}</mark>", word[0])]
            end = word.end()
    return mark_safe("".join([*pieces, conditional_escape(passage[end:])]))  # noqa: S308 - each piece is escaped


@register.simple_tag(takes_context=True)
def query(context, **changes) -> str:
    """The page's own parameters with some of them changed; None takes one out."""
    asked = context["request"].GET.copy()
    for name, value in changes.items():
        asked.pop(name, None)
        if value not in (None, ""):
            asked[name] = value
    for name in [name for name, value in asked.items() if not value]:
        del asked[name]
    return asked.urlencode()
