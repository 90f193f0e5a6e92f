"""Addresses in S3 as files of the local buckets."""

import fnmatch
import json
import os
import re
from pathlib import Path

_SCHEMES = ("s3://", "s3a://", "s3n://")
_BUCKET = re.compile(r"\b(s3[an]?)://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])")


def local_path(address):
    """The local path of an address. None: it is in S3."""
    scheme = next((one for one in _SCHEMES if address.startswith(one)), None)
    buckets = os.environ.get("GLUEWRIGHT_BUCKETS")
    if scheme is None:
        return Path(re.sub(r"^file:/+", "/", address))
    return Path(buckets, *[part for part in address[len(scheme) :].split("/") if part]) if buckets else None


def mount(context, text):
    """Tells Spark the folder of each bucket in a text, unless Spark has known it from the start."""
    buckets = os.environ.get("GLUEWRIGHT_BUCKETS")
    if not buckets or not isinstance(text, str) or "://" not in text:
        return
    settings = context._jsc.hadoopConfiguration()
    for bucket in {match.group(2) for match in _BUCKET.finditer(text)}:
        name = f"fs.viewfs.mounttable.{bucket}.linkFallback"
        if settings.get(name) is None:
            settings.set(name, Path(buckets, bucket).as_uri().replace("file:", "folder:", 1))


class Sources:
    """Files to read, with their stamps for bookmarks and their root folders."""

    def __init__(self, paths, options):
        self.files, self.folders, self.nested = [], [], False
        self._options = options
        exclusions = options.get("exclusions") or "[]"
        self._exclusions = json.loads(exclusions) if isinstance(exclusions, str) else list(exclusions)
        for path in [paths] if isinstance(paths, str) else paths:
            self._add(path)

    def _add(self, path):
        place = local_path(path)
        if place is None or any(sign in path for sign in "*?{["):
            # Spark knows such addresses itself.
            self.files.append((path, None))
        elif place.is_file():
            self.files.append((path, _stamp(place)))
            self.folders.append(path.rsplit("/", 1)[0])
        elif place.is_dir():
            self._add_folder(path.rstrip("/"), place)
        else:
            print(f"warning: there is nothing at {path}: locally that is the folder {place}", flush=True)

    def _add_folder(self, folder, place):
        self.folders.append(folder)
        for file in sorted(place.rglob("*")):
            below = file.relative_to(place)
            if not file.is_file() or file.stat().st_size == 0 or any(part.startswith(("_", ".")) for part in below.parts):
                continue
            address = f"{folder}/{below.as_posix()}"
            if any(_matches(address, below.as_posix(), pattern) for pattern in self._exclusions):
                continue
            plain = any("=" not in part for part in below.parts[:-1])
            if plain and not is_true(self._options.get("recurse", False)):
                continue
            self.nested = self.nested or plain
            self.files.append((address, _stamp(file)))


def _matches(address, below, pattern):
    return fnmatch.fnmatch(address, pattern) or fnmatch.fnmatch(below, pattern)


def _stamp(file):
    about = file.stat()
    return [about.st_mtime_ns, about.st_size]


def is_true(value):
    return str(value).lower() in ("true", "1", "yes")
