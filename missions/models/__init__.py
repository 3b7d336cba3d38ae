"""The tables, in the order in which their rows refer to each other."""

from missions.models.article import Article, EarlierText
from missions.models.claim import Claim
from missions.models.country import Country
from missions.models.deployment import Deployment
from missions.models.mission import Mission
from missions.models.revision import Change, Revision
from missions.models.statement import Statement

# What fixtures hold, each after those it refers to.
DATASET = (Country, Article, EarlierText, Mission, Deployment, Statement, Claim)

__all__ = [
    "DATASET",
    "Article",
    "Change",
    "Claim",
    "Country",
    "Deployment",
    "EarlierText",
    "Mission",
    "Revision",
    "Statement",
]
