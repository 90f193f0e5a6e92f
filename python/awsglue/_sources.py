"""Reading and writing S3 sources as DataFrames."""

import fnmatch
import json
import os
from pathlib import Path

from pyspark.sql import functions as F
from pyspark.sql.types import StructType

from ._support import FORMATS, Unsupported

_SCHEMES = ("s3://", "s3a://", "s3n://")


def read_s3(spark, paths, form, form_options, options, bookmark=None, schema=None):
    """Files at addresses as a DataFrame; without files one without columns."""
    _check_format(form)
    files, base, nested = _files(paths, options)
    if bookmark is not None:
        files = bookmark.unseen(files)
    if not files:
        return spark.createDataFrame([], schema or StructType([]))
    reader = spark.read
    if nested:
        reader = reader.option("recursiveFileLookup", "true")
    elif len(base) == 1:
        reader = reader.option("basePath", base[0])
    addresses = [address for address, _ in files]
    if form == "csv":
        return _read_csv(reader, addresses, form_options, schema)
    if form == "json":
        multiline = str(form_options.get("multiline", form_options.get("multiLine", False))).lower()
        return reader.option("multiLine", multiline).json(addresses, schema=schema)
    return reader.orc(addresses) if form == "orc" else reader.parquet(*addresses)


def write_s3(frame, path, form, form_options, options, mode="append"):
    _check_format(form)
    writer = frame.write.mode(mode)
    keys = options.get("partitionKeys") or []
    if keys:
        writer = writer.partitionBy(*keys)
    compression = options.get("compression") or form_options.get("compression")
    if compression:
        writer = writer.option("compression", compression)
    if form == "csv":
        header = _flag(form_options.get("writeHeader", True))
        writer = writer.option("header", header).option("sep", form_options.get("separator", ","))
        quote = form_options.get("quoteChar", '"')
        writer = writer.option("quote", "" if str(quote) == "-1" else quote).option("escape", '"')
        writer.csv(path)
    elif form == "json":
        writer.json(path)
    elif form == "orc":
        writer.orc(path)
    else:
        writer.parquet(path)


def _read_csv(reader, addresses, options, schema):
    quote = options.get("quoteChar", '"')
    header = _flag(options.get("withHeader", False))
    reader = (
        reader.option("header", header)
        .option("sep", options.get("separator", ","))
        .option("quote", "" if str(quote) == "-1" else quote)
        .option("escape", options.get("escaper") or '"')
        .option("multiLine", _flag(options.get("multiline", False)))
    )
    if schema is not None:
        return reader.option("enforceSchema", "true").csv(addresses, schema=schema)
    # Glue reads every column of a CSV file as text, and calls them col0, col1 … where there is no header.
    frame = reader.csv(addresses)
    if header == "true":
        return frame
    return frame.select(
        *(F.col(f"`{name}`").alias(f"col{name[2:]}" if name.startswith("_c") else name) for name in frame.columns)
    )


def _files(paths, options):
    """Files with their stamps, the folders they lie below, and whether some lie in folders that are no partitions."""
    if isinstance(paths, str):
        paths = [paths]
    exclusions = options.get("exclusions", "[]")
    patterns = json.loads(exclusions) if isinstance(exclusions, str) else list(exclusions)
    found, base, nested = [], [], False
    for path in paths:
        place = _local(path)
        if place is None or any(sign in path for sign in "*?{["):
            # Spark knows such addresses itself.
            found.append((path, None))
            continue
        if place.is_file():
            found.append((path, _stamp(place)))
            base.append(path.rsplit("/", 1)[0])
            continue
        if not place.is_dir():
            raise FileNotFoundError(f"there is nothing at {path}: locally that is the folder {place}")
        folder = path.rstrip("/")
        base.append(folder)
        for file in sorted(place.rglob("*")):
            below = file.relative_to(place)
            if not file.is_file() or any(part.startswith(("_", ".")) for part in below.parts):
                continue
            address = f"{folder}/{below.as_posix()}"
            if any(fnmatch.fnmatch(address, pattern) or fnmatch.fnmatch(str(below), pattern) for pattern in patterns):
                continue
            plain = any("=" not in part for part in below.parts[:-1])
            if plain and not _recurses(options):
                continue
            nested = nested or plain
            found.append((address, _stamp(file)))
    return found, base, nested


def _recurses(options):
    return _flag(options.get("recurse", False)) == "true"


def _local(address):
    scheme = next((one for one in _SCHEMES if address.startswith(one)), None)
    buckets = os.environ.get("GLUEWRIGHT_BUCKETS")
    if scheme is None:
        return Path(address.removeprefix("file://"))
    return Path(buckets, *[part for part in address[len(scheme) :].split("/") if part]) if buckets else None


def _stamp(file):
    about = file.stat()
    return [about.st_mtime_ns, about.st_size]


def _flag(value):
    return "true" if str(value).lower() in ("true", "1", "yes") else "false"


def _check_format(form):
    if form not in FORMATS:
        raise Unsupported(f"the format {form!r} is not supported locally: only {', '.join(sorted(FORMATS))} are")
