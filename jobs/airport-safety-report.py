"""Makes the airport safety report from four extracts: bird strikes by US state, per departures and per people.

Arguments, given as `--name value`; every file is a path or an s3:// address:
  airports    CSV with iata, state (two letters)         airport_rows     how many rows it must have
  flights     CSV with origin, departures                flight_rows      likewise
  strikes     CSV with state (in full, or DC), cost      strike_rows      likewise
  population  CSV with state (in full), population       population_rows  likewise
  report      the report's address
  gluewright_output  the address of the job's output, optional: {"report": …, "states": …}
"""

import csv
import io
import json
import os
import sys
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip
HEADER = [
    "state", "departures", "strikes", "strike_cost", "population",
    "strikes_per_100k_departures", "strikes_per_million_people",
]  # fmt: skip


def arguments(argv):
    """Reads `--name value` and `--name=value`. Ignores unknown arguments, since Glue adds its own."""
    found, words = {}, iter(argv)
    for word in words:
        if word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            found[name] = value if equals else next(words, "")
    return found


def s3(address):
    import boto3  # part of Glue's image; not needed where addresses are paths

    bucket, _, key = address.removeprefix("s3://").partition("/")
    return boto3.client("s3"), bucket, key


def read(address):
    if address.startswith("s3://"):
        client, bucket, key = s3(address)
        return client.get_object(Bucket=bucket, Key=key)["Body"].read().decode()
    return Path(address).read_text(encoding="utf-8")


def write(address, text):
    if address.startswith("s3://"):
        client, bucket, key = s3(address)
        client.put_object(Bucket=bucket, Key=key, Body=text.encode())
        return
    # Written atomically, as in S3, so nobody reads half a report.
    path = Path(address)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_bytes(text.encode())
    part.replace(path)


def rows(address, expected):
    """The rows of a CSV file. Their number must equal the number in the extract's output."""
    found = list(csv.DictReader(io.StringIO(read(address), newline="")))
    if len(found) != int(expected):
        raise ValueError(f"{address} has {len(found)} rows, but its extract wrote {expected}")
    return found


def ratio(count, base, per):
    """To two decimals; 0.00 if the divisor is 0."""
    value = Decimal(count) * per / base if base else Decimal(0)
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def report(airports, flights, strikes, population):
    state_of = {airport["iata"]: STATES.get(airport["state"]) for airport in airports}
    departures, struck, cost = Counter(), Counter(), Counter()
    for flight in flights:
        departures[state_of[flight["origin"]]] += int(flight["departures"])
    for strike in strikes:
        state = STATES.get(strike["state"], strike["state"])
        struck[state] += 1
        cost[state] += int(strike["cost"])
    people = {row["state"]: int(row["population"]) for row in population}

    for state in sorted(STATES.values()):
        yield [
            state,
            departures[state],
            struck[state],
            cost[state],
            people.get(state, 0),
            ratio(struck[state], departures[state], 100_000),
            ratio(struck[state], people.get(state, 0), 1_000_000),
        ]


def main():
    args = arguments(sys.argv[1:])
    lines = list(
        report(
            rows(args["airports"], args["airport_rows"]),
            rows(args["flights"], args["flight_rows"]),
            rows(args["strikes"], args["strike_rows"]),
            rows(args["population"], args["population_rows"]),
        )
    )

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(lines)
    write(args["report"], text.getvalue())
    print(f"{len(lines)} states written to {args['report']}")

    if args.get("gluewright_output"):
        write(args["gluewright_output"], json.dumps({"report": args["report"], "states": len(lines)}))


if __name__ == "__main__":
    main()
