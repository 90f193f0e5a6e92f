"""The staged objects of one batch as one file, named by the run: a second attempt writes the same file again."""

from gluewright import manifest_files, read_args, write_bytes, write_output

args = read_args("files", "target")
files = manifest_files(args.files)
write_bytes(args.target, b"".join(file.read() for file in files))
print(f"{len(files)} staged objects")
write_output({"objects": len(files)})
