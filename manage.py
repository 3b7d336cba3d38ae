#!/usr/bin/env python3
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdb.settings")
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    try:
        execute_from_command_line(sys.argv)
    except DatabaseError:
        from newsdb.failures import why_nothing_works

        if "--traceback" in sys.argv or (fault := why_nothing_works()) is None:
            raise
        sys.exit(fault)
