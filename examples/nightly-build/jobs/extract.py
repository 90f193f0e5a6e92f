"""A file of the shop as it is, or only its rows of a day. The output names the currencies of the rows."""

import csv
import io

from gluewright import open_file, read_args, write_bytes, write_output

args = read_args("source", "target")
with open_file(args.source, newline="") as lines:
    reader = csv.DictReader(lines)
    names, rows = reader.fieldnames, [row for row in reader if row.get("day") == args.get("day")]
text = io.StringIO()
writer = csv.DictWriter(text, names, lineterminator="\n")
writer.writeheader()
writer.writerows(rows)
write_bytes(args.target, text.getvalue().encode())
print(f"{len(rows)} rows")
write_output({"rows": len(rows), "currencies": sorted({row["currency"] for row in rows if row.get("currency")})})
