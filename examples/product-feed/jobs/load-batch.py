"""The files of one batch as one file of the lake, named by the run: a second attempt writes the same file again."""

import json

from gluewright import manifest_files, read_args, write_bytes, write_output

args = read_args("files", "supplier", "target")
files = manifest_files(args.files)
lines = []
for file in files:
    with file.open() as rows:
        for row in map(json.loads, rows):
            lines.append(json.dumps({"supplier": args.supplier, "file": file.key, **row}))
write_bytes(args.target, "".join(f"{line}\n" for line in lines).encode())
print(f"{len(lines)} rows of {len(files)} files")
write_output({"files": len(files), "rows": len(lines)})
