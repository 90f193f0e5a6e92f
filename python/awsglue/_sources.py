"""Reading and writing S3 sources as DataFrames."""

from pyspark.sql import functions as F
from pyspark.sql.types import StructType

from ._addresses import Sources, is_true, mount
from ._formats import missing
from ._support import FORMATS, Unsupported

# Table formats that keep a log of their files, so that the address of a table is enough to read it.
TABLES = ("delta", "hudi")


def read_s3(spark, paths, form, form_options, options, bookmark=None, schema=None):
    """The files at addresses as a DataFrame, without columns if there are no files."""
    _check_format(form)
    if form in TABLES:
        return read_at(spark, paths, form, options)
    sources = Sources(paths, options)
    files = sources.files if bookmark is None else bookmark.unseen(sources.files)
    if not files:
        return spark.createDataFrame([], schema or StructType([]))
    addresses = [address for address, _ in files]
    for address in addresses:
        mount(spark.sparkContext, address)
    # Values of partitions are text in Glue. Spark would make a number of `01`.
    inference = "spark.sql.sources.partitionColumnTypeInference.enabled"
    before = spark.conf.get(inference)
    spark.conf.set(inference, "false")
    try:
        return _read(spark, addresses, sources, form, form_options, schema)
    finally:
        spark.conf.set(inference, before)


def read_lines(spark, paths, options):
    """The lines of these files as `value`, with the columns of their partitions. None: there are no files."""
    sources = Sources(paths, options)
    return _reader(spark, sources).text([address for address, _ in sources.files]) if sources.files else None


def read_at(spark, paths, form, options):
    """The rows of the table at an address."""
    address = paths if isinstance(paths, str) else paths[0]
    mount(spark.sparkContext, address)
    return spark.read.format(form).options(**_own(options)).load(address)


def _own(options):
    """The options of the format itself, without those of Glue."""
    return {name: value for name, value in options.items() if name not in ("path", "paths", "recurse", "partitionKeys")}


def _reader(spark, sources):
    if sources.nested:
        return spark.read.option("recursiveFileLookup", "true")
    return spark.read.option("basePath", sources.folders[0]) if len(sources.folders) == 1 else spark.read


def _read(spark, addresses, sources, form, form_options, schema):
    reader = _reader(spark, sources)
    if form == "csv":
        return _read_csv(reader, addresses, form_options, schema)
    if form == "json":
        return _read_json(spark, reader, addresses, form_options)
    if form == "xml":
        from ._xml import read_xml

        return read_xml(spark, addresses, form_options)
    if form == "avro":
        return reader.format("avro").load(addresses)
    return reader.orc(addresses) if form == "orc" else reader.option("mergeSchema", "true").parquet(*addresses)


def _read_json(spark, reader, addresses, options):
    several = "true" if is_true(options.get("multiline", options.get("multiLine", False))) else "false"
    frame = reader.option("multiLine", several).json(addresses)
    if frame.columns == ["_corrupt_record"] and several == "false":
        # Glue reads a document of several lines without an option.
        frame = reader.option("multiLine", "true").json(addresses)
    path = options.get("jsonPath")
    return _inside(frame, path) if path else frame


def _inside(frame, path):
    """The records at a path such as `$.items[*]`."""
    for part in path.removeprefix("$").strip(".").split("."):
        name = part.replace("[*]", "")
        if name:
            frame = frame.select(F.col(f"`{name}`"))
        if part.endswith("[*]"):
            frame = frame.select(F.explode(F.col(frame.columns[0])).alias("one"))
        first = frame.schema.fields[0]
        if isinstance(first.dataType, StructType):
            frame = frame.select(f"`{first.name}`.*")
    return frame


def write_s3(frame, path, form, form_options, options, mode="append"):
    _check_format(form)
    if form == "xml":
        raise Unsupported("the format 'xml' can be read locally, and not be written")
    if not frame.columns:
        return
    mount(frame.sparkSession.sparkContext, path)
    writer = frame.write.mode(mode)
    keys = options.get("partitionKeys") or []
    if keys:
        writer = writer.partitionBy(*keys)
    compression = options.get("compression") or form_options.get("compression")
    if form in TABLES:
        writer.format(form).options(**_own(options)).save(path)
        return
    if compression and (form in ("parquet", "glueparquet", "orc") or compression != "snappy"):
        writer = writer.option("compression", compression)
    if form == "csv":
        _write_csv(writer, path, form_options)
    elif form == "json":
        writer.json(path)
    elif form == "orc":
        writer.orc(path)
    elif form == "avro":
        writer.format("avro").save(path)
    else:
        writer.parquet(path)


def _write_csv(writer, path, options):
    quote = options.get("quoteChar", '"')
    writer = writer.option("header", is_true(options.get("writeHeader", True))).option("sep", options.get("separator", ","))
    writer.option("quote", "" if str(quote) == "-1" else quote).option("escape", '"').csv(path)


def _read_csv(reader, addresses, options, schema):
    quote = options.get("quoteChar", '"')
    header = is_true(options.get("withHeader", False))
    reader = (
        reader.option("header", header)
        .option("sep", options.get("separator", ","))
        .option("quote", "" if str(quote) == "-1" else quote)
        .option("escape", options.get("escaper") or '"')
        .option("multiLine", is_true(options.get("multiline", options.get("multiLine", False))))
    )
    if schema is not None:
        return reader.option("enforceSchema", "true").csv(addresses, schema=schema)
    # Glue reads every CSV column as text, and calls them col0, col1 … without a header.
    frame = reader.csv(addresses)
    if header:
        return frame
    return frame.select(
        *(F.col(f"`{name}`").alias(f"col{name[2:]}" if name.startswith("_c") else name) for name in frame.columns)
    )


def _check_format(form):
    lacking = missing(form) if form == "avro" or form in TABLES else None
    if lacking is not None:
        raise Unsupported(lacking)
    if form not in FORMATS and form not in TABLES:
        raise Unsupported(f"the format {form!r} is not supported locally: only {', '.join(sorted(FORMATS))} are")
