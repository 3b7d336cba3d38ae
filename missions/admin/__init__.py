"""The curators' desk: the tables in Django's admin, every change through curation's verbs."""

from missions.admin import article, deployment, reference, statement, token

__all__ = ["article", "deployment", "reference", "statement", "token"]
