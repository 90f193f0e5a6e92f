"""For each campaign: how many visitors it brought, how many of them ordered, and for how much."""

import csv
from collections import defaultdict
from decimal import Decimal

from gluewright import open_file, read_args, write_bytes, write_output


def rows_of(address):
    with open_file(address, newline="") as lines:
        return list(csv.DictReader(lines))


args = read_args("visits", "orders", "report")
ordered = defaultdict(Decimal)
for row in rows_of(args.orders):
    ordered[row["visitor"]] += Decimal(row["total"])
visitors = defaultdict(set)
for row in rows_of(args.visits):
    visitors[row["campaign"]].add(row["visitor"])
lines = ["campaign,visitors,buyers,total"]
for campaign in sorted(visitors):
    buyers = [visitor for visitor in visitors[campaign] if visitor in ordered]
    total = sum((ordered[visitor] for visitor in buyers), Decimal(0)).quantize(Decimal("0.01"))
    lines.append(f"{campaign},{len(visitors[campaign])},{len(buyers)},{total}")
write_bytes(args.report, ("\n".join(lines) + "\n").encode())
write_output({"campaigns": len(visitors), "report": args.report})
