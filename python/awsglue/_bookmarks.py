"""Job bookmarks over S3 sources: the files that earlier runs have read, by `transformation_ctx`."""

import json
import os
from pathlib import Path


class JobBookmark:
    """What one job has read. Written by `Job.commit`, whole or not at all."""

    def __init__(self, job, mode):
        home = os.environ.get("GLUEWRIGHT_HOME")
        self._file = Path(home, "bookmarks", f"{job}.json") if home else None
        self._writes = mode == "job-bookmark-enable" and self._file is not None
        self._seen = {}
        if self._file is not None and mode != "job-bookmark-disable" and self._file.exists():
            self._seen = json.loads(self._file.read_text(encoding="utf-8"))
        self._next = {}

    def of(self, context):
        """Undefined for sources without a context: Glue keeps none for them either."""
        return _Source(self, context) if context else None

    def commit(self):
        if not self._writes or not self._next:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        state = {**self._seen}
        for context, files in self._next.items():
            state[context] = {**state.get(context, {}), **files}
        part = self._file.with_suffix(f".{os.getpid()}.part")
        part.write_text(json.dumps(state), encoding="utf-8")
        part.replace(self._file)
        self._seen, self._next = state, {}


class _Source:
    def __init__(self, bookmark, context):
        self._bookmark, self._context = bookmark, context

    def unseen(self, files):
        seen = self._bookmark._seen.get(self._context, {})
        new = [(address, stamp) for address, stamp in files if stamp is None or seen.get(address) != stamp]
        noted = self._bookmark._next.setdefault(self._context, {})
        noted.update({address: stamp for address, stamp in new if stamp is not None})
        return new
