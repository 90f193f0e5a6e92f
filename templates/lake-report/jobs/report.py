"""The query's result under the report's name, with a header in the words of the data."""

import csv
import io

from gluewright import open_file, read_args, write_bytes, write_output

args = read_args("result", "folder", "year", "group", "value")
with open_file(args.result, newline="") as lines:
    rows = list(csv.reader(lines))[1:]
text = io.StringIO()
csv.writer(text, lineterminator="\n").writerows([[args.group, f"total_{args.value}", "report_year"], *rows])
report = f"{args.folder}{args.year}/report.csv"
write_bytes(report, text.getvalue().encode())
write_output({"groups": len(rows), "report": report})
