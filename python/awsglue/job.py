"""A job's start and end, with its bookmark."""

import sys

from ._bookmarks import JobBookmark


class Job:
    def __init__(self, glue_context):
        self._glue_context = glue_context
        self._name = None

    def init(self, job_name, args=None):
        self._name = job_name
        args = args or {}
        mode = args.get("job_bookmark_option", "job-bookmark-disable")
        if mode != "job-bookmark-disable":
            window = (args.get("job_bookmark_from"), args.get("job_bookmark_to")) if mode == "job-bookmark-pause" else ()
            self._glue_context._bookmark = JobBookmark(job_name, mode, _run(), *window)

    def isInitialized(self):
        return self._name is not None

    def commit(self):
        if self._glue_context._bookmark is not None:
            self._glue_context._bookmark.commit()


def _run():
    named = "--JOB_RUN_ID"
    return sys.argv[sys.argv.index(named) + 1] if named in sys.argv[:-1] else ""
