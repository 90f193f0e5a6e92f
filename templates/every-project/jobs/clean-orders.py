"""Drops the orders of a day that have no amount. Arguments: --day, --source and --target (folders)."""

import csv
import io
import json
import os
import sys
from pathlib import Path


def path_of(address):
    """The local path of an address. None on AWS, where the object is in S3."""
    if not address.startswith("s3://"):
        return Path(address)
    buckets = os.environ.get("GLUEWRIGHT_BUCKETS")
    return Path(buckets, address.removeprefix("s3://")) if buckets else None


def s3_object(address):
    import boto3  # only on Glue: locally, a bucket is a folder

    return boto3.resource("s3").Object(*address.removeprefix("s3://").split("/", 1))


def read(address):
    path = path_of(address)
    return path.read_text() if path else s3_object(address).get()["Body"].read().decode()


def write(address, text):
    path = path_of(address)
    if path is None:
        s3_object(address).put(Body=text.encode())
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def clean(rows):
    return [row for row in rows if row["amount"] != ""]


def main():
    args = dict(zip(sys.argv[1::2], sys.argv[2::2]))
    day = args["--day"]
    orders = clean(csv.DictReader(io.StringIO(read(f"{args['--source']}{day}.csv"))))
    text = io.StringIO()
    writer = csv.DictWriter(text, ["order", "amount"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(orders)
    write(f"{args['--target']}{day}.csv", text.getvalue())
    total = sum(float(order["amount"]) for order in orders)
    print(f"{len(orders)} orders, {total:.2f} in all")
    # Later tasks read this as $tasks.clean.output.
    write(args["--gluewright_output"], json.dumps({"orders": len(orders), "total": total}))


if __name__ == "__main__":
    main()
