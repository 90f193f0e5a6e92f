"""Job bookmarks of S3 sources: the files that earlier runs have read, by `transformation_ctx`."""

import json
import os
from pathlib import Path


class JobBookmark:
    """The files that a job's runs have read. `Job.commit` writes them atomically.

    :param since: a run; with `job-bookmark-pause` files read up to it are skipped
    :param until: a run; with `job-bookmark-pause` files not read up to it are skipped
    """

    def __init__(self, job, mode, run="", since=None, until=None):
        home = os.environ.get("GLUEWRIGHT_HOME")
        self._file = Path(home, "bookmarks", f"{job}.json") if home else None
        self._writes = mode == "job-bookmark-enable" and self._file is not None
        self._run = run
        self._runs, self._files = [], {}
        if self._file is not None and mode != "job-bookmark-disable" and self._file.exists():
            state = json.loads(self._file.read_text(encoding="utf-8"))
            self._runs, self._files = state["runs"], state["files"]
        self._since = self._at(since, len(self._runs) - 1)
        self._until = self._at(until, None)
        self._next = {}

    def _at(self, run, otherwise):
        if run is None:
            return otherwise
        # Glue counts run 0 as before everything.
        return self._runs.index(run) if run in self._runs else -1

    def of(self, context):
        """None for sources without a context, as in Glue."""
        return _Source(self, context) if context else None

    def is_new(self, context, address, stamp):
        known = self._files.get(context, {}).get(address)
        if known is None or known[:2] != stamp:
            return self._until is None
        return known[2] > self._since and (self._until is None or known[2] <= self._until)

    def note(self, context, files):
        self._next.setdefault(context, {}).update(files)

    def commit(self):
        if not self._writes or not any(self._next.values()):
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        at = len(self._runs)
        files = {**self._files}
        for context, read in self._next.items():
            noted = {address: [*stamp, at] for address, stamp in read.items()}
            files[context] = {**files.get(context, {}), **noted}
        runs = [*self._runs, self._run]
        part = self._file.with_suffix(f".{os.getpid()}.part")
        part.write_text(json.dumps({"runs": runs, "files": files}), encoding="utf-8")
        part.replace(self._file)
        self._runs, self._files, self._next = runs, files, {}


class _Source:
    def __init__(self, bookmark, context):
        self._bookmark, self._context = bookmark, context

    def unseen(self, files):
        new = [one for one in files if one[1] is None or self._bookmark.is_new(self._context, *one)]
        self._bookmark.note(self._context, {address: stamp for address, stamp in new if stamp is not None})
        return new
