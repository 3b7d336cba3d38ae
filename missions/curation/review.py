"""Review: suggested → in review → published, or rejected, or sent back. Nobody judges their own work."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from missions import history
from missions.curation.writing import bring_along, held, move, passages_of, require_right, take_back
from missions.models import Article, Deployment
from missions.models.passage import Passage
from missions.models.review import Reviewed, State
from missions.publication import key_of, one_revision, watch

# verb: (states it starts from, state it leads to)
EDGES = {
    "submit": ({State.SUGGESTED}, State.IN_REVIEW),
    "publish": ({State.IN_REVIEW}, State.PUBLISHED),
    "send_back": ({State.IN_REVIEW}, State.SUGGESTED),
    "reject": ({State.SUGGESTED, State.IN_REVIEW, State.PUBLISHED}, State.REJECTED),
}
JUDGEMENTS = {"publish", "send_back", "reject"}


def submit(row: Reviewed, *, by=None, reason: str = "submitted for review") -> Reviewed:
    return _move(row, "submit", by, reason)


def publish(row: Reviewed, *, by=None, reason: str = "published") -> Reviewed:
    return _move(row, "publish", by, reason)


def send_back(row: Reviewed, *, by=None, reason: str) -> Reviewed:
    """Return a row from review to its curator, who is told why."""
    return _move(row, "send_back", by, reason)


def reject(row: Reviewed, *, by=None, reason: str) -> Reviewed:
    """Turn a row down, published ones too: it stays in the database, with the reason, and leaves the public's sight."""
    if not reason.strip():
        raise ValidationError(_("A rejection needs a reason: say why."))
    return _move(row, "reject", by, reason)


def judges_own_work(by) -> bool:
    """Whether a person may review what they recorded: the system itself, and a team of one that says so."""
    return by is None or settings.NEWSDB_REVIEW_OWN_WORK


def settle(row: Reviewed, by) -> State:
    """The state of a published row after a change: a changed fact waits for other eyes, an article's particulars do not."""
    return State.PUBLISHED if judges_own_work(by) or isinstance(row, Article) else State.IN_REVIEW


@one_revision()
def _move(row: Reviewed, verb: str, by, reason: str) -> Reviewed:
    sources, target = EDGES[verb]
    current = held(row)
    if current.state not in sources:
        raise ValidationError(
            _("%(row)s is %(state)s: %(verb)s starts from %(states)s.")
            % {
                "row": key_of(row),
                "state": _(State(current.state).label),
                "verb": verb.replace("_", " "),
                "states": _(" or ").join(sorted(_(state.label) for state in sources)),
            }
        )
    require_right(by, verb, row)
    if verb in JUDGEMENTS and not judges_own_work(by) and by in history.authors(current):
        raise PermissionDenied(
            _("%(row)s is %(user)s’s own work: somebody else reviews it. ") % {"row": key_of(row), "user": by}
            + _("(A team of one sets NEWSDB_REVIEW_OWN_WORK=1.)")
        )
    if verb == "publish":
        _require_ground(current)
    with watch(type(row), [current]):
        move(current, target, by, reason)
    row.state = target
    if isinstance(current, Article) and verb == "reject":
        for passage in passages_of(current):
            take_back(passage, by, f"its article was rejected: {reason}")
    bring_along(current, by, reason)
    return row


def _require_ground(row: Reviewed) -> None:
    """A fact is published on published ground."""
    if isinstance(row, Passage):
        if row.article.state != State.PUBLISHED:
            raise ValidationError(
                _("Publish the article %(slug)s first: the public could not read the passage.")
                % {"slug": row.article.slug}
            )
        if row.article_revision != row.article.revision:
            raise ValidationError(_("The words stand in an earlier text of the article only: record the passage anew."))
    if isinstance(row, Deployment) and not row.claims.published().exists():
        raise ValidationError(_("No published claim shows this deployment: publish one first."))
