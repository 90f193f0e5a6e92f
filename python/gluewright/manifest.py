"""The objects of a batch, as in `$run.trigger`."""

import json
from dataclasses import dataclass

from .files import open_file, read_bytes


@dataclass(frozen=True)
class BatchFile:
    """One object that arrived."""

    bucket: str
    key: str
    size: int

    @property
    def address(self):
        return f"s3://{self.bucket}/{self.key}"

    def read(self):
        return read_bytes(self.address)

    def open(self, encoding="utf-8", newline=None):
        return open_file(self.address, encoding, newline)


def manifest_files(value):
    """The files of a batch.

    :param value: the task's argument: the JSON list of `$run.trigger.objects`, or the address of such a list,
        which is `$run.trigger.manifest`
    """
    text = value if value.lstrip().startswith("[") else read_bytes(value)
    return [BatchFile(one["bucket"], one["key"], one.get("size", 0)) for one in json.loads(text)]
