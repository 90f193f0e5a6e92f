"""Keeps a copy of what the gate refused: the next run of the day replaces the original."""

from gluewright import read_args, read_bytes, write_bytes, write_output

args = read_args("source", "target")
write_bytes(args.target, read_bytes(args.source))
print(f"kept in {args.target}")
write_output({"kept": args.target})
