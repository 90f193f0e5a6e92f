"""One file of MovieLens as JSON Lines, without rows that lack a key, and with the last row for each key."""

import csv
import json

from gluewright import open_file, read_args, write_bytes, write_output

args = read_args("source", "target", "key")
names = args.key.split(";")
rows, left_out = {}, 0
with open_file(args.source, newline="") as lines:
    for row in csv.DictReader(lines):
        key = tuple(row[name] for name in names)
        if all(key):
            rows[key] = row
        else:
            left_out += 1
write_bytes(args.target, "".join(f"{json.dumps(row)}\n" for row in rows.values()).encode())
print(f"{len(rows)} rows, {left_out} without {' and '.join(names)}")
write_output({"rows": len(rows), "left_out": left_out})
