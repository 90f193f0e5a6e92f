"""The arguments of a job: `--name value` and `--name=value`, as Glue passes them."""

import sys
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Interval:
    """The time that a run is for: from `start` to `end`, without `end`."""

    start: datetime
    end: datetime


class Args(dict):
    """Arguments by name, also as attributes: `args.day`. The error for a missing argument names it."""

    def __missing__(self, name):
        known = ", ".join(sorted(name for name in self if not name.startswith("gluewright_"))) or "none"
        raise KeyError(f"the job has no argument --{name}; it has {known}")

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(error.args[0]) from None

    def interval(self, start="start", end="end"):
        """The interval in the arguments `start` and `end`: the task passes `start: "{% $interval.start %}"`, and `end`."""
        return Interval(_time(start, self[start]), _time(end, self[end]))


def read_args(*required, argv=None):
    """All arguments of the job.

    :param required: names that have to be there
    :param argv: what to read in place of the command line, without the program's name
    :raises SystemExit: a required argument is missing
    """
    words = list(sys.argv[1:] if argv is None else argv)
    found = Args()
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if not word.startswith("--") or word == "--":
            continue
        name, equals, value = word[2:].partition("=")
        if not equals:
            # Glue has flags without a value, such as --enable-metrics.
            value = words[at] if at < len(words) and not _is_name(words[at]) else ""
            at += 1 if at < len(words) and not _is_name(words[at]) else 0
        found[name] = value
    missing = [name for name in required if name not in found]
    if missing:
        names = ", ".join(f"--{name}" for name in missing)
        raise SystemExit(f"missing arguments: {names}. Add them to the task's `args`.")
    return found


def _is_name(word):
    return word.startswith("--") and len(word) > 2


def _time(name, text):
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise ValueError(f"--{name} is not an ISO 8601 time: {text}") from None
