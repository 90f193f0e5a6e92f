"""Writes one line about the orders of a day. Arguments: --day, --orders, --total and --report (a folder)."""

import os
import sys
from pathlib import Path

try:
    from awsglue.utils import getResolvedOptions
except ImportError:  # the script was started by hand, without Glue and without Gluewright

    def getResolvedOptions(argv, names):
        return {name: argv[argv.index(f"--{name}") + 1] for name in names}


args = getResolvedOptions(sys.argv, ["day", "orders", "total", "report"])
line = f"{args['day']}: {args['orders']} orders, {float(args['total']):.2f} in all\n"
print(line, end="")

address = f"{args['report']}{args['day']}.txt"
buckets = os.environ.get("GLUEWRIGHT_BUCKETS")
if address.startswith("s3://") and not buckets:
    import boto3

    bucket, key = address.removeprefix("s3://").split("/", 1)
    boto3.client("s3").put_object(Bucket=bucket, Key=key, Body=line.encode())
else:
    path = Path(buckets or "", address.removeprefix("s3://"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(line)
