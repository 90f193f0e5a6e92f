"""Whole files at paths and `s3://` addresses. Locally a bucket is a folder, so no boto3 is needed there."""

import io
import os
import tempfile
from pathlib import Path

_SCHEMES = ("s3://", "s3a://", "s3n://")


def read_bytes(address):
    """The content of a file.

    :raises FileNotFoundError: there is none
    """
    path = local_path(address)
    if path is not None:
        return path.read_bytes()
    client, bucket, key = _s3(address)
    try:
        return client.get_object(Bucket=bucket, Key=key)["Body"].read()
    except client.exceptions.NoSuchKey:
        raise FileNotFoundError(address) from None


def write_bytes(address, content):
    """Writes a file atomically, so nobody reads half of it. Makes missing folders."""
    path = local_path(address)
    if path is None:
        client, bucket, key = _s3(address)
        client.put_object(Bucket=bucket, Key=key, Body=content)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # Not beside the file, since every file in a bucket's folder is an object.
    draft = tempfile.NamedTemporaryFile(dir=_drafts(path), prefix="gluewright-", delete=False)
    try:
        with draft:
            draft.write(content)
        os.chmod(draft.name, 0o666 & ~_umask())
        os.replace(draft.name, path)
    except BaseException:
        Path(draft.name).unlink(missing_ok=True)
        raise


def open_file(address, encoding="utf-8", newline=None):
    """A file to read as text, like `open`: `csv.reader(open_file(address, newline=""))`."""
    return io.TextIOWrapper(io.BytesIO(read_bytes(address)), encoding=encoding, newline=newline)


def list_files(folder):
    """The addresses of the files below a folder, in order. Markers and drafts, whose names begin with `_` or `.`, are left
    out."""
    path = local_path(folder)
    if path is not None:
        root = os.fspath(folder).rstrip("/")
        found = (each.relative_to(path).as_posix() for each in path.rglob("*") if each.is_file())
        return [f"{root}/{name}" for name in sorted(found) if not _is_hidden(name)]
    client, bucket, prefix = _s3(folder if folder.endswith("/") else f"{folder}/")
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    keys = (each["Key"] for page in pages for each in page.get("Contents", []))
    return [f"s3://{bucket}/{key}" for key in keys if not key.endswith("/") and not _is_hidden(key[len(prefix) :])]


def local_path(address):
    """The local path of an address. None: it is in S3."""
    text = os.fspath(address)
    scheme = next((one for one in _SCHEMES if text.startswith(one)), None)
    if scheme is None:
        return Path(text)
    buckets = os.environ.get("GLUEWRIGHT_BUCKETS")
    if not buckets:
        return None
    parts = text[len(scheme) :].split("/")
    if parts[0] == "" or any(part in (".", "..") for part in parts):
        raise ValueError(f"not an address of a local bucket: {text}")
    return Path(buckets, *parts)


def _is_hidden(name):
    return any(part.startswith(("_", ".")) for part in name.split("/"))


def _drafts(path):
    buckets = os.environ.get("GLUEWRIGHT_BUCKETS")
    if buckets and Path(buckets).resolve() in path.resolve().parents:
        drafts = Path(buckets).parent / "drafts"
        drafts.mkdir(exist_ok=True)
        return drafts
    return path.parent


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _s3(address):
    try:
        import boto3
    except ImportError:
        raise ImportError(f"{address} is in S3, and boto3 is missing: pip install boto3") from None
    bucket, _, key = address.partition("://")[2].partition("/")
    return boto3.client("s3"), bucket, key
