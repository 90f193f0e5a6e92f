"""File and table formats that need jars beyond those of pip's PySpark. This module does not import Spark."""

import os
import re
import sys

LAKES = ("iceberg", "delta", "hudi")
_OPTION = "--datalake-formats"


def loaded():
    """The formats whose jars are loaded in this job's Spark."""
    return [name for name in os.environ.get("GLUEWRIGHT_FORMATS", "").split(",") if name]


def missing(form):
    """A message that says why a format is not available, and what to do. None if it is available."""
    if form in loaded() or _has_own_jars(sys.argv):
        return None
    subject = f"{form.capitalize()} tables" if form in LAKES else f"the format {form!r}"
    if form not in (*LAKES, "avro"):
        return f"{subject} are not supported locally"
    if _is_installed(form):
        return f"{subject} need the job's argument {_OPTION}: {form}"
    version = "6.0" if os.environ.get("GLUE_VERSION", "").startswith("6") else "5.1"
    if form == "hudi" and version == "6.0":
        return f"{subject} are not supported locally with Glue 6.0"
    verb = "need" if form in LAKES else "needs"
    return f"{subject} {verb} its jars: npx gluewright glue-python --glue-version {version} --formats {form}"


def _is_installed(form):
    return os.path.isdir(os.path.join(os.path.dirname(sys.executable), "..", "jars", form))


def _has_own_jars(arguments):
    return any(one == "--extra-jars" or one.startswith("--extra-jars=") for one in arguments)


def requested(arguments):
    """The table formats in `--datalake-formats`, which Glue would load for the job."""
    joined = [one[len(_OPTION) + 1 :] for one in arguments if one.startswith(f"{_OPTION}=")]
    following = [after for one, after in zip(arguments, arguments[1:]) if one == _OPTION]
    return [name for text in joined + following for name in re.split(r"[,\s]+", text) if name]
