"""The query's result under the report's name."""

import csv
import io

from gluewright import open_file, read_args, write_bytes, write_output

args = read_args("result", "report")
with open_file(args.result, newline="") as lines:
    rows = list(csv.reader(lines))
text = io.StringIO()
csv.writer(text, lineterminator="\n").writerows(rows)
write_bytes(args.report, text.getvalue().encode())
write_output({"categories": len(rows) - 1, "report": args.report})
