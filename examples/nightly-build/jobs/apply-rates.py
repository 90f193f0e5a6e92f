"""Orders in euros, rounded to cents, as CSV."""

import csv
import io
import json
from decimal import ROUND_HALF_UP, Decimal

from gluewright import open_file, read_args, write_bytes, write_output

args = read_args("source", "rates", "target")
rates = {currency: Decimal(rate) for currency, rate in json.loads(args.rates).items()}
text = io.StringIO()
writer = csv.writer(text, lineterminator="\n")
writer.writerow(["order_id", "country", "total_eur"])
count = 0
for row in map(json.loads, open_file(args.source)):
    euros = (Decimal(row["total"]) * rates[row["currency"]]).quantize(Decimal("0.01"), ROUND_HALF_UP)
    writer.writerow([row["order_id"], row["country"], euros])
    count += 1
write_bytes(args.target, text.getvalue().encode())
write_output({"rows": count})
