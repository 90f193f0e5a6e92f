"""The mean rating of each film with at least ten ratings, the best first."""

import csv
import io
import json
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from gluewright import open_file, read_args, write_bytes, write_output

LEAST = 10

args = read_args("movies", "ratings", "target")
titles = {row["movieId"]: row["title"] for row in map(json.loads, open_file(args.movies))}
ratings = defaultdict(list)
for row in map(json.loads, open_file(args.ratings)):
    ratings[row["movieId"]].append(Decimal(row["rating"]))
films = [
    ((sum(given) / len(given)).quantize(Decimal("0.01"), ROUND_HALF_UP), titles[film], len(given))
    for film, given in ratings.items()
    if film in titles and len(given) >= LEAST
]
text = io.StringIO()
writer = csv.writer(text, lineterminator="\n")
writer.writerow(["title", "mean_rating", "ratings"])
for mean, title, count in sorted(films, key=lambda film: (-film[0], film[1])):
    writer.writerow([title, mean, count])
write_bytes(args.target, text.getvalue().encode())
write_output({"films": len(films)})
