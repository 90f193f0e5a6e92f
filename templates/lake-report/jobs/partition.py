"""Raw rows as JSON Lines below `group_key=…/year=…`. Each folder has one file of a fixed name, so that a second run writes the
same again. Amounts stay texts, which SQL turns into exact numbers."""

import csv
import gzip
import hashlib
import io
import json
import re
from collections import defaultdict
from decimal import Decimal
from urllib.parse import quote

from gluewright import get_table, list_files, read_args, read_bytes, write_bytes, write_output

# The comma separates thousands. Other amounts are left out, since a guess could be wrong by a factor of 1,000.
AMOUNT = re.compile(r"([-+]?)[$€£¥]?(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?")
# 2021-05-01, 05/01/2021, 1 May 2021 and 20210501
YEAR = re.compile(r"(?<!\d)([12]\d{3})(?=\d{4}(?!\d)|(?!\d))")


def amount_of(value):
    """None: not an amount."""
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return f"{Decimal(value):f}"
    found = AMOUNT.fullmatch(value.strip()) if isinstance(value, str) else None
    return found and "".join(part or "" for part in found.groups()).replace(",", "")


def rows_of(address, form):
    """The rows of a file, as dictionaries."""
    content = read_bytes(address)
    lines = io.StringIO((gzip.decompress(content) if address.endswith(".gz") else content).decode("utf-8-sig"), newline="")
    if form == "csv":
        yield from csv.DictReader(lines)
        return
    for line in lines:
        if line.strip():
            yield json_row(line)


def json_row(line):
    try:
        row = json.loads(line, parse_float=Decimal, parse_constant=str)
    except ValueError:
        return {}
    return row if isinstance(row, dict) else {}


def folder_of(name, year):
    # a folder's name cannot contain every character, and a path has a limit
    key = quote(name, safe=" ") or "none"
    return f"group_key={key if len(key) <= 120 else hashlib.sha256(name.encode()).hexdigest()}/year={year}"


args = read_args("database", "table", "format", "target", "group", "value", "date")
folders, left_out = defaultdict(list), 0
for address in list_files(get_table(args.database, args.table)["StorageDescriptor"]["Location"]):
    for row in rows_of(address, args.format):
        amount, year = amount_of(row.get(args.value)), YEAR.search(str(row.get(args.date) or ""))
        if amount is None or year is None:
            left_out += 1
            continue
        value = row.get(args.group)
        name = "" if value is None else str(value)
        folders[folder_of(name, year[1])].append({"group_name": name, "amount": amount, "date": str(row[args.date])})
if not folders:
    raise SystemExit(f"no row has an amount in the column {args.value} and a year in the column {args.date}")
if not any(row["group_name"] for rows in folders.values() for row in rows):
    raise SystemExit(f"no row has a value in the column {args.group}")
for folder, rows in folders.items():
    lines = "".join(f"{json.dumps(row)}\n" for row in rows)
    write_bytes(f"{args.target}{folder}/rows.json", lines.encode())
print(f"{sum(map(len, folders.values()))} rows in {len(folders)} folders; left out {left_out} without an amount or a year")
write_output({"folders": len(folders), "leftOut": left_out})
