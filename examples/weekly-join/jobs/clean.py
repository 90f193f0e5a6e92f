"""One file without duplicate rows and rows that lack a key."""

import csv
import io

from gluewright import open_file, read_args, write_bytes, write_output

args = read_args("source", "target", "key")
with open_file(args.source, newline="") as lines:
    reader = csv.DictReader(lines)
    rows = {tuple(row.values()): row for row in reader if row[args.key]}
text = io.StringIO()
writer = csv.DictWriter(text, reader.fieldnames, lineterminator="\n")
writer.writeheader()
writer.writerows(rows.values())
write_bytes(args.target, text.getvalue().encode())
write_output({"rows": len(rows)})
