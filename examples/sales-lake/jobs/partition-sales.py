"""Raw sales as JSON Lines below `category=…/year=…/`. Each folder has one file of a fixed name, so that a second run writes the
same again. Prices stay texts, which SQL turns into exact numbers."""

import json
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from urllib.parse import quote

from gluewright import get_table, list_files, open_file, read_args, write_bytes, write_output


def place_of(row):
    """The folder and the row to write. None: the row has no price or no date."""
    try:
        price = Decimal(str(row.get("price")).strip().lstrip("$€£").replace(",", ""))
    except InvalidOperation:
        return None
    year = str(row.get("datetime") or "")[:4]
    if not price.is_finite() or not year.isdigit():
        return None
    name = str(row.get("category") or "")
    kept = {key: row.get(key) for key in ("order_id", "product_name", "customer_id", "datetime")}
    # a folder's name cannot contain every character of a category
    folder = f"category={quote(name, safe=' ') or 'none'}/year={year}"
    return folder, {**kept, "category_name": name, "price": f"{price:f}"}


def row_of(line):
    try:
        row = json.loads(line)
    except ValueError:
        return {}
    return row if isinstance(row, dict) else {}


args = read_args("database", "table", "target")
folders, unreadable = defaultdict(list), 0
for address in list_files(get_table(args.database, args.table)["StorageDescriptor"]["Location"]):
    with open_file(address, encoding="utf-8-sig") as lines:
        for line in lines:
            place = place_of(row_of(line)) if line.strip() else None
            if place is not None:
                folders[place[0]].append(place[1])
            elif line.strip():
                unreadable += 1
for folder, rows in folders.items():
    lines = "".join(f"{json.dumps(row)}\n" for row in rows)
    write_bytes(f"{args.target}{folder}/sales.json", lines.encode())
print(f"{sum(map(len, folders.values()))} rows in {len(folders)} folders; left out {unreadable} without a price or a date")
write_output({"folders": len(folders), "unreadable": unreadable})
