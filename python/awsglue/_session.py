"""Changes to pip's Spark: its tables are those of the catalog, and every bucket is a folder."""

import functools
import weakref

from ._addresses import mount
from ._delta import replace_table
from ._hive_ddl import as_spark
from ._hudi import options_without_sync, sync
from ._spark_catalog import SparkCatalog

_catalogs = weakref.WeakKeyDictionary()


def catalog_of(session):
    if session not in _catalogs:
        _catalogs[session] = SparkCatalog(session)
    return _catalogs[session]


def install():
    """Called once in a process, after the import of PySpark."""
    from pyspark.sql import DataFrameReader, DataFrameWriter, SparkSession
    from pyspark.sql.catalog import Catalog

    if hasattr(SparkSession.sql, "__wrapped__"):
        return
    # Hive's own catalog would be a database in the current folder.
    SparkSession.Builder.enableHiveSupport = lambda builder: builder
    _wrap(SparkSession, "sql", _with_sql)
    _wrap(SparkSession, "table", _with_table)
    _wrap(DataFrameReader, "table", _with_reader_table)
    for name in ("load", "csv", "json", "parquet", "orc", "text"):
        _wrap(DataFrameReader, name, _with_paths)
        if name != "load":
            _wrap(DataFrameWriter, name, _with_paths)
    _wrap(DataFrameWriter, "save", _with_save)
    _wrap(DataFrameWriter, "format", _with_format)
    for name in ("option", "options"):
        _wrap(DataFrameReader, name, _with_paths)
        _wrap(DataFrameWriter, name, _with_writer_options)
    for name in ("saveAsTable", "insertInto"):
        _wrap(DataFrameWriter, name, _with_written_table)
    for name in ("setCurrentDatabase", "listDatabases", "listTables", "tableExists", "databaseExists", "getTable"):
        _wrap(Catalog, name, _with_catalog)
    _wrap_context()


def _wrap(kind, name, around):
    original = getattr(kind, name)

    @functools.wraps(original)
    def wrapped(self, *args, **options):
        return around(self, original, args, options)

    setattr(kind, name, wrapped)


def _with_sql(session, original, args, options):
    text = as_spark(str(args[0] if args else options.pop("sqlQuery", "")))
    # PySpark fills in the braces of `sql("… {name}", name=…)` itself.
    return catalog_of(session).around(text, lambda: original(session, text, *args[1:], **options))


def _with_table(session, original, args, options):
    name = str(args[0] if args else options.get("tableName", ""))
    return catalog_of(session).around(name, lambda: original(session, *args, **options))


def _with_reader_table(reader, original, args, options):
    name = str(args[0] if args else options.get("tableName", ""))
    return catalog_of(reader._spark).around(name, lambda: original(reader, *args, **options))


def _with_catalog(catalog, original, args, options):
    return catalog_of(catalog._sparkSession).around("*", lambda: original(catalog, *args, **options))


def _with_paths(one, original, args, options):
    for value in (*args, *options.values()):
        for text in value if isinstance(value, (list, tuple)) else [value]:
            mount(one._spark.sparkContext, text)
    return original(one, *args, **options)


def _with_writer_options(writer, original, args, options):
    named = {**options, args[0]: args[1] if len(args) > 1 else options.get("value")} if args else options
    writer._path = named.get("path", getattr(writer, "_path", None))
    named = options_without_sync(writer, named)
    return _with_paths(writer, original, (args[0], named[args[0]]), {}) if args else _with_paths(writer, original, (), named)


def _with_format(writer, original, args, options):
    writer._form = args[0] if args else options.get("source")
    return original(writer, *args, **options)


def _with_save(writer, original, args, options):
    path = args[0] if args else options.get("path", getattr(writer, "_path", None))
    given = {name: value for name, value in options.items() if name.startswith("hoodie.")}
    result = _with_paths(writer, original, args, {**options, **options_without_sync(writer, given)})
    sync(writer, path)
    return result


def _with_written_table(writer, original, args, options):
    name = str(args[0] if args else options.get("name", options.get("tableName", "")))
    mount(writer._spark.sparkContext, options.get("path"))
    catalog = catalog_of(writer._spark)
    return catalog.around(f"INSERT INTO {name}", lambda: _written(writer, original, name, args, options))


def _written(writer, original, name, args, options):
    from pyspark.sql.utils import AnalysisException

    try:
        return original(writer, *args, **options)
    except AnalysisException as error:
        # Delta cannot replace a table in Spark 3.5.6 (https://github.com/delta-io/delta/issues/4671).
        form = options.get("format", getattr(writer, "_form", None))
        if form != "delta" or "does not support truncate in batch mode" not in str(error):
            raise
        return replace_table(writer, name, options)


def _wrap_context():
    from pyspark import RDD, SparkContext

    def with_path(context, original, args, options):
        mount(context, args[0] if args else None)
        return original(context, *args, **options)

    def with_rdd_path(rdd, original, args, options):
        mount(rdd.ctx, args[0] if args else options.get("path"))
        return original(rdd, *args, **options)

    def begun(context, original, args, options):
        original(context, *args, **options)
        # Paths in buckets get no .crc file beside each object.
        files = context._jvm.org.apache.hadoop.fs.FileSystem.getLocal(context._jsc.hadoopConfiguration())
        files.setWriteChecksum(False)
        files.setVerifyChecksum(False)

    _wrap(SparkContext, "__init__", begun)
    for name in ("textFile", "wholeTextFiles", "binaryFiles"):
        _wrap(SparkContext, name, with_path)
    _wrap(RDD, "saveAsTextFile", with_rdd_path)
