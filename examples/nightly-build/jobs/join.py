"""Each order with its customer's country. An order of an unknown customer has none."""

import json

from gluewright import open_file, read_args, write_bytes, write_output

args = read_args("orders", "customers", "target")
countries = {row["customer_id"]: row["country"] for row in map(json.loads, open_file(args.customers))}
orders = [{**row, "country": countries.get(row["customer_id"], "")} for row in map(json.loads, open_file(args.orders))]
write_bytes(args.target, "".join(f"{json.dumps(row)}\n" for row in orders).encode())
unknown = sum(row["country"] == "" for row in orders)
print(f"{len(orders)} orders, {unknown} of unknown customers")
write_output({"rows": len(orders), "unknown": unknown})
