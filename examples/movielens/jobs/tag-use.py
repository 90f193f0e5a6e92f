"""How often each tag was used, and for how many films."""

import csv
import io
import json
from collections import Counter, defaultdict

from gluewright import open_file, read_args, write_bytes, write_output

args = read_args("movies", "tags", "target")
known = {row["movieId"] for row in map(json.loads, open_file(args.movies))}
uses, films = Counter(), defaultdict(set)
for row in map(json.loads, open_file(args.tags)):
    if row["movieId"] in known:
        tag = row["tag"].strip().lower()
        uses[tag] += 1
        films[tag].add(row["movieId"])
text = io.StringIO()
writer = csv.writer(text, lineterminator="\n")
writer.writerow(["tag", "uses", "films"])
for tag in sorted(uses, key=lambda tag: (-uses[tag], tag)):
    writer.writerow([tag, uses[tag], len(films[tag])])
write_bytes(args.target, text.getvalue().encode())
write_output({"tags": len(uses)})
