"""The verbs of curation: the one way a fact enters, changes and leaves the dataset.

Every verb checks the row in full, writes it in one transaction with who and why, brings the deployments it
concerns up to date, and counts one revision where published data changed. A refusal is a ValidationError
(what is wrong) or a PermissionDenied (who may not), and leaves the database as it was.
`by` is the acting user; None is the system itself: ingest, import, a command.
"""

from missions.curation.merging import merge, unmerge
from missions.curation.recording import Correction, correct, delete, differs, new_slug, next_number, record
from missions.curation.reverting import restore, revert
from missions.curation.review import EDGES, judges_own_work, publish, reject, send_back, submit
from missions.curation.suggesting import accept, correct_to, dismiss, reconsider, suggest_for
from missions.curation.writing import bring_up_to_date, held, projecting_once

__all__ = [
    "EDGES",
    "Correction",
    "accept",
    "bring_up_to_date",
    "correct",
    "correct_to",
    "delete",
    "differs",
    "dismiss",
    "held",
    "judges_own_work",
    "merge",
    "new_slug",
    "next_number",
    "projecting_once",
    "publish",
    "reconsider",
    "record",
    "reject",
    "restore",
    "revert",
    "send_back",
    "submit",
    "suggest_for",
    "unmerge",
]
