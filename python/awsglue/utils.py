"""`getResolvedOptions`, as Glue reads a job's arguments. Needs no Spark."""

import argparse
import os


class GlueArgumentError(Exception):
    """The job's arguments do not match the script's options."""


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        raise GlueArgumentError(message)


_BOOKMARK_OPTIONS = ("job-bookmark-enable", "job-bookmark-pause", "job-bookmark-disable")
_ALWAYS = ("job_bookmark_option", "job_bookmark_from", "job_bookmark_to", "JOB_ID", "JOB_RUN_ID", "SECURITY_CONFIGURATION")


def getResolvedOptions(args, options, allow_abbrev=None):
    """The values of these options, by name. Other arguments are ignored.

    :param args: `sys.argv`
    :param options: names without `--`
    :param allow_abbrev: whether `--sou` means `--source`: yes up to Glue 5.1, no from 6.0 on
    :raises GlueArgumentError: one is missing, or an abbreviation
    """
    if allow_abbrev is None:
        allow_abbrev = _glue_version() < 6
    wanted = [name.lstrip("-") for name in options]
    reserved = [name for name in wanted if name in ("job_bookmark_option", "continuation_option")]
    if reserved:
        raise GlueArgumentError(f"{reserved[0]} is reserved by Glue")
    if not allow_abbrev:
        _refuse_abbreviations(args, wanted)
    parser = _Parser(prog="getResolvedOptions", add_help=False, allow_abbrev=allow_abbrev)
    for name in dict.fromkeys(wanted):
        parser.add_argument(f"--{name}", dest=name, required=True)
    parser.add_argument("--job-bookmark-option", dest="job_bookmark_option", default=_BOOKMARK_OPTIONS[2])
    parser.add_argument("--job-bookmark-from", dest="job_bookmark_from")
    parser.add_argument("--job-bookmark-to", dest="job_bookmark_to")
    parser.add_argument("--TempDir", dest="TempDir") if "TempDir" not in wanted else None
    known, _ = parser.parse_known_args(_joined(args[1:]))
    found = vars(known)
    if found["job_bookmark_option"] not in _BOOKMARK_OPTIONS:
        raise GlueArgumentError(f"--job-bookmark-option takes one of {', '.join(_BOOKMARK_OPTIONS)}")
    return {name: value for name, value in found.items() if value is not None}


def _joined(words):
    """`--name value` as `--name=value`: a value may begin with a hyphen."""
    joined, at = [], 0
    while at < len(words):
        word = words[at]
        after = words[at + 1] if at + 1 < len(words) else None
        if word.startswith("--") and "=" not in word and after is not None and not after.startswith("--"):
            joined.append(f"{word}={after}")
            at += 2
        else:
            joined.append(word)
            at += 1
    return joined


def _refuse_abbreviations(args, wanted):
    given = {word[2:].split("=")[0] for word in args if word.startswith("--")}
    for name in wanted:
        if name in given:
            continue
        short = next((one for one in sorted(given) if one and name.startswith(one)), None)
        if short is not None:
            raise GlueArgumentError(f"--{short} is an abbreviation of --{name}, which Glue 6.0 refuses: write it in full")


def _glue_version():
    try:
        return float(os.environ.get("GLUE_VERSION", "5.1"))
    except ValueError:
        return 5.1
