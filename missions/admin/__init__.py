"""The curators' desk: the tables in Django's admin, every change through curation's verbs."""

from missions.admin import accounts, article, deployment, merging, reference, statement, token

__all__ = ["accounts", "article", "deployment", "merging", "reference", "statement", "token"]
