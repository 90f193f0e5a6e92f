"""A job's begin and end, with its bookmark."""

from ._bookmarks import JobBookmark


class Job:
    def __init__(self, glue_context):
        self._glue_context = glue_context
        self._name = None

    def init(self, job_name, args=None):
        self._name = job_name
        mode = (args or {}).get("job_bookmark_option", "job-bookmark-disable")
        if mode != "job-bookmark-disable":
            self._glue_context._bookmark = JobBookmark(job_name, mode)

    def isInitialized(self):
        return self._name is not None

    def commit(self):
        if self._name is None:
            raise RuntimeError("call job.init() before job.commit()")
        if self._glue_context._bookmark is not None:
            self._glue_context._bookmark.commit()
