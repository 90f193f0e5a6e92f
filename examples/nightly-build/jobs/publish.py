"""The orders and euros of each country, the largest first."""

import csv
import io
from collections import defaultdict
from decimal import Decimal

from gluewright import open_file, read_args, write_bytes, write_output

args = read_args("source", "report", "approved_by")
countries = defaultdict(list)
with open_file(args.source, newline="") as lines:
    for row in csv.DictReader(lines):
        countries[row["country"] or "unknown"].append(Decimal(row["total_eur"]))
text = io.StringIO()
writer = csv.writer(text, lineterminator="\n")
writer.writerow(["country", "orders", "total_eur"])
for country, totals in sorted(countries.items(), key=lambda item: (-sum(item[1]), item[0])):
    writer.writerow([country, len(totals), sum(totals)])
write_bytes(args.report, text.getvalue().encode())
print(f"approved by {args.approved_by}")
write_output({"countries": len(countries), "report": args.report})
