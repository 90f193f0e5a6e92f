"""One raw object as JSON Lines, without unreadable rows."""

import csv
import json

from gluewright import open_file, read_args, write_bytes, write_output

args = read_args("source", "target")
rows, left_out = [], 0
with open_file(args.source, newline="") as lines:
    for row in csv.DictReader(lines):
        try:
            rows.append({"sensor": row["sensor"], "taken": row["taken"], "celsius": float(row["celsius"])})
        except (KeyError, TypeError, ValueError):
            left_out += 1
write_bytes(args.target, "".join(f"{json.dumps(row)}\n" for row in rows).encode())
print(f"{len(rows)} rows; left out {left_out}")
write_output({"rows": len(rows), "left_out": left_out})
