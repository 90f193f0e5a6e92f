"""Sales of one year by category: the exact sum, with two decimals.

Runs on Spark where it is installed. Without it the same figures come from the standard library.
"""

import csv
import io
import json
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext

from gluewright import get_table, list_files, open_file, read_args, write_bytes, write_output

CENT = Decimal("0.01")


def price_of(text):
    """A price as it is written, such as `12.5` or `$1,200.00`. None: it is not a price."""
    try:
        price = Decimal(str(text).strip().lstrip("$€£").replace(",", ""))
    except InvalidOperation:
        return None
    return price if price.is_finite() else None


def year_of(row):
    text = str(row.get("datetime") or "")
    return text[:4] if text[:4].isdigit() else None


def totals_of(rows, year):
    """The sum for each category, and how many rows could not be read."""
    totals, unreadable = {}, 0
    for row in rows:
        price, when = (None, None) if row is None else (price_of(row.get("price")), year_of(row))
        if price is None or when is None:
            unreadable += 1
        elif when == year:
            category = str(row.get("category") or "")
            totals[category] = totals.get(category, Decimal(0)) + price
    return totals, unreadable


def rows_with_spark(database, table):
    """The table's rows, found by the catalog and read by Spark."""
    from awsglue.context import GlueContext
    from pyspark.context import SparkContext

    glue = GlueContext(SparkContext.getOrCreate())
    frame = glue.create_dynamic_frame.from_catalog(database=database, table_name=table).toDF()
    return (row.asDict() for row in frame.select("price", "datetime", "category").toLocalIterator())


def rows_without_spark(database, table):
    """The same rows, read from the table's location in the catalog."""
    location = get_table(database, table)["StorageDescriptor"]["Location"]
    for address in list_files(location):
        with open_file(address, encoding="utf-8-sig") as lines:
            yield from (row_of(line) for line in lines if line.strip())


def row_of(line):
    """None: the line is not a JSON object."""
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) else None


def report_of(totals, year):
    """CSV, by category."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["category", "total_sales", "report_year"])
    for category in sorted(totals):
        writer.writerow([category, totals[category].quantize(CENT, ROUND_HALF_UP), year])
    return text.getvalue()


def main():
    args = read_args("database", "table", "report_year", "report")
    try:
        import pyspark  # noqa: F401
    except ImportError:
        print("Spark is not installed: reading the files with the standard library")
        rows = rows_without_spark(args.database, args.table)
    else:
        rows = rows_with_spark(args.database, args.table)
    with localcontext() as context:
        context.prec = 100  # sums of any length stay exact
        totals, unreadable = totals_of(rows, args.report_year)
        report = report_of(totals, args.report_year)
    if unreadable:
        print(f"left out {unreadable} rows without a price or a date")
    write_bytes(args.report, report.encode())
    print(f"wrote {len(totals)} categories to {args.report}")
    write_output({"categories": len(totals), "unreadable": unreadable, "report": args.report})


main()
