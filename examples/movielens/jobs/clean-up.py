"""Removes a run's scratch folder. It may be empty, if the run failed at once."""

import os
from pathlib import Path

from gluewright import list_files, read_args, write_output


def remove(address):
    bucket, _, key = address.removeprefix("s3://").partition("/")
    buckets = os.environ.get("GLUEWRIGHT_BUCKETS")
    if buckets:
        Path(buckets, bucket, key).unlink(missing_ok=True)
        return
    import boto3

    boto3.client("s3").delete_object(Bucket=bucket, Key=key)


args = read_args("folder")
files = list_files(args.folder)
for file in files:
    remove(file)
print(f"removed {len(files)} files")
write_output({"removed": len(files)})
