"""Rows as JSON Lines, without those that lack the key, and with the last row for each key."""

import csv
import json

from gluewright import open_file, read_args, write_bytes, write_output

args = read_args("source", "target", "key")
rows, left_out = {}, 0
with open_file(args.source, newline="") as lines:
    for row in csv.DictReader(lines):
        if row[args.key]:
            rows[row[args.key]] = row
        else:
            left_out += 1
write_bytes(args.target, "".join(f"{json.dumps(row)}\n" for row in rows.values()).encode())
print(f"{len(rows)} rows, {left_out} without {args.key}")
write_output({"rows": len(rows), "left_out": left_out})
