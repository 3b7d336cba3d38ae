"""The tables, in the order in which their rows refer to each other."""

from missions.models.among import Among
from missions.models.article import Article, EarlierText
from missions.models.claim import Claim
from missions.models.computed import Computed
from missions.models.country import Country
from missions.models.dated_projection import DatedProjection
from missions.models.deployment import Deployment
from missions.models.kept_answer import KeptAnswer
from missions.models.merge import Merge
from missions.models.mission import Mission
from missions.models.revision import Change, Revision
from missions.models.search import SearchEntry
from missions.models.statement import Statement
from missions.models.suggestion import SuggestedText, Suggestion
from missions.models.token import Token

# What fixtures hold, each after those it refers to.
DATASET = (Country, Article, EarlierText, Mission, Deployment, Statement, Claim, Merge)

__all__ = [
    "DATASET",
    "Among",
    "Article",
    "Change",
    "Claim",
    "Computed",
    "Country",
    "DatedProjection",
    "Deployment",
    "EarlierText",
    "KeptAnswer",
    "Merge",
    "Mission",
    "Revision",
    "SearchEntry",
    "Statement",
    "SuggestedText",
    "Suggestion",
    "Token",
]
