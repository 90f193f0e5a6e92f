"""Helpers for the scripts of Gluewright's tasks: arguments, outputs, the interval, and the files of a batch.

They work the same on AWS Glue and locally, with `s3://` addresses and with paths. Only the standard library is needed;
boto3, which Glue always has, is used for `s3://` addresses on AWS.
"""

from .arguments import Args, Interval, read_args
from .catalog import get_table
from .files import list_files, open_file, read_bytes, write_bytes
from .manifest import manifest_files
from .output import write_output

__all__ = [
    "Args",
    "Interval",
    "get_table",
    "list_files",
    "manifest_files",
    "open_file",
    "read_args",
    "read_bytes",
    "write_bytes",
    "write_output",
]
__version__ = "0.1.0"
