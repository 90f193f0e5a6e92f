"""A job that does what its arguments say. It needs only Glue's image.

  until     waits until this object exists: s3://BUCKET/KEY
  fails     fails in this many first attempts
  says      its output is {"says": …}
"""

import json
import sys
import time
from pathlib import Path

words = sys.argv[1:]
args = {name.removeprefix("--"): value for name, value in zip(words, words[1:]) if name.startswith("--")}


def wait_for(address):
    import boto3

    bucket, _, key = address.removeprefix("s3://").partition("/")
    while boto3.client("s3").list_objects_v2(Bucket=bucket, Prefix=key)["KeyCount"] == 0:
        time.sleep(0.2)


def write_output(address, text):
    if not address.startswith("s3://"):
        Path(address).parent.mkdir(parents=True, exist_ok=True)
        Path(address).write_text(text)
        return
    import boto3

    bucket, _, key = address.removeprefix("s3://").partition("/")
    boto3.client("s3").put_object(Bucket=bucket, Key=key, Body=text.encode())


print(f"attempt {args['gluewright_attempt']} of {args['gluewright_task']}", flush=True)
if args.get("until", "") != "":
    wait_for(args["until"])
if int(args["gluewright_attempt"]) <= int(args.get("fails", "0")):
    sys.exit("told to fail")
write_output(args["gluewright_output"], json.dumps({"says": args.get("says", "done")}))
