"""The body of a request: JSON of a bounded size and depth, in characters that a database can hold."""

import json

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from missions.api.problems import Problem


class JsonBody(BaseParser):
    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None):
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise Problem("too-large", f"The body is larger than {limit:,} bytes: send less at once.")
        if not raw.strip():
            return {}
        try:
            found = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse)
            json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair is no character
        except RecursionError as error:
            raise ParseError("The JSON is nested too deeply.") from error
        except ValueError as error:
            raise ParseError(f"The body is no JSON in UTF-8: {error}.") from error
        if not isinstance(found, dict):
            raise ParseError("The body is a JSON object, such as {}.")
        return found


def _refuse(name: str):
    raise ValueError(f"{name} is no number of JSON")
