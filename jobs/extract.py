"""Extracts the rows of one query from an operational database into a CSV file.

Arguments, given as `--name value`:
  database           the SQLite file: a path, or an s3:// address
  query              the SQL query
  target             the CSV file: a path, or an s3:// address
  gluewright_output  the address of the job's output, optional: {"rows": …, "target": …}

It runs the same as a Glue Python shell job and on a laptop. It needs Python 3.9 and the standard library, and boto3 for
addresses that begin with s3://. Each job is one file, because Glue takes one file.
"""

import csv
import io
import json
import os
import sqlite3
import sys
import tempfile
from pathlib import Path


def arguments(argv):
    """Reads `--name value` and `--name=value`. Ignores unknown arguments, since Glue adds its own."""
    found, words = {}, iter(argv)
    for word in words:
        if word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            found[name] = value if equals else next(words, "")
    return found


def s3(address):
    import boto3  # part of Glue's image; not needed where addresses are paths

    bucket, _, key = address.removeprefix("s3://").partition("/")
    return boto3.client("s3"), bucket, key


def local_copy(address, folder):
    if not address.startswith("s3://"):
        return Path(address)
    client, bucket, key = s3(address)
    path = Path(folder) / "database.sqlite"
    client.download_file(bucket, key, str(path))
    return path


def write(address, text):
    if address.startswith("s3://"):
        client, bucket, key = s3(address)
        client.put_object(Bucket=bucket, Key=key, Body=text.encode())
        return
    # Written atomically, as in S3, so nobody reads half a file.
    path = Path(address)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_bytes(text.encode())
    part.replace(path)


def extract(database, query):
    """The header and the rows. Opens the file read-only, so a missing database is an error, not a new empty one."""
    if not database.exists():
        raise FileNotFoundError(f"the database {database} does not exist")
    connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    try:
        cursor = connection.execute(query)
        return [column[0] for column in cursor.description], cursor.fetchall()
    finally:
        connection.close()


def main():
    args = arguments(sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        header, rows = extract(local_copy(args["database"], folder), args["query"])

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    write(args["target"], text.getvalue())
    print(f"{len(rows)} rows ({', '.join(header)}) written to {args['target']}")

    if args.get("gluewright_output"):
        write(args["gluewright_output"], json.dumps({"rows": len(rows), "target": args["target"]}))


if __name__ == "__main__":
    main()
