"""The lake's totals by supplier. Fails if a file is in two batches, since it would count twice."""

import json
import sys
from collections import defaultdict
from decimal import Decimal

from gluewright import list_files, open_file, read_args, write_bytes, write_output

args = read_args("feed", "report")
batch_of, batches, rows, value = {}, defaultdict(set), defaultdict(int), defaultdict(Decimal)
for batch in list_files(args.feed):
    for row in map(json.loads, open_file(batch)):
        if batch_of.setdefault(row["file"], batch) != batch:
            sys.exit(f"{row['file']} is in {batch} and in {batch_of[row['file']]}")
        batches[row["supplier"]].add(batch)
        rows[row["supplier"]] += 1
        value[row["supplier"]] += Decimal(row["price"])
lines = ["supplier,batches,files,rows,value"]
for supplier in sorted(rows):
    files = sum(1 for file in batch_of if file.split("/")[1] == supplier)
    lines.append(f"{supplier},{len(batches[supplier])},{files},{rows[supplier]},{value[supplier]}")
write_bytes(args.report, ("\n".join(lines) + "\n").encode())
write_output({"files": len(batch_of), "report": args.report})
