"""`GlueContext`: where DynamicFrames are read and written."""

import logging
import os
import sys
import time

try:
    from pyspark.sql import SparkSession
except ImportError:
    version = "6.0" if os.environ.get("GLUE_VERSION", "").startswith("6") else "5.1"
    raise SystemExit(
        f"PySpark is missing, and Spark jobs need it: npx gluewright glue-python --glue-version {version}"
    ) from None

from ._catalog import get_partitions, get_table
from ._choices import CsvChoices, JsonChoices
from ._addresses import local_path
from ._session import install
from ._sources import read_lines, read_s3, write_s3
from ._support import Unsupported
from .dynamicframe import DynamicFrame, DynamicFrameCollection
from .readers import DataFrameReader, DataFrameWriter, DynamicFrameReader, DynamicFrameWriter
from .sink import DataSink, DataSource
from .tables import read_table, write_table

install()


class GlueContext:
    def __init__(self, sparkContext=None, **options):
        # Some scripts pass a session, which Glue also accepts.
        given = sparkContext if isinstance(sparkContext, SparkSession) else None
        self.spark_session = given or SparkSession.builder.getOrCreate()
        self._sc = self.spark_session.sparkContext
        self._bookmark = None
        self.create_dynamic_frame = DynamicFrameReader(self)
        self.write_dynamic_frame = DynamicFrameWriter(self)
        self.create_data_frame = DataFrameReader(self)
        self.write_data_frame = DataFrameWriter(self)

    @property
    def sparkSession(self):
        return self.spark_session

    @property
    def sc(self):
        return self._sc

    def __getattr__(self, name):
        """The members of `SQLContext`: `sql`, `read`, `table`, `createDataFrame` …"""
        if name.startswith("_") or name == "spark_session" or not hasattr(self.spark_session, name):
            raise AttributeError(f"GlueContext.{name} is not supported locally")
        return getattr(self.spark_session, name)

    def get_logger(self):
        logger = logging.getLogger("glue")
        if not logger.handlers:
            handler = logging.StreamHandler(sys.stdout)
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
            logger.addHandler(handler)
            logger.setLevel(logging.DEBUG)
            logger.propagate = False
        return logger

    getLogger = get_logger

    def create_dynamic_frame_from_options(
        self, connection_type, connection_options=None, format=None, format_options=None, transformation_ctx="", **more
    ):
        options = dict(connection_options or {})
        if connection_type not in ("s3", "file"):
            # Glue also takes the format as the connection type.
            if connection_type not in ("csv", "json", "orc", "parquet"):
                raise Unsupported(f"the connection type {connection_type!r} is not supported locally: only s3 is")
            format = format or connection_type
        paths = options.get("paths") or options.get("path")
        if not paths:
            raise ValueError("connection_options has no paths")
        form = format or "parquet"
        source = self._source(transformation_ctx)
        frame = read_s3(self.spark_session, paths, form, format_options or {}, options, source)
        choices = JsonChoices(lambda: read_lines(self.spark_session, paths, options)) if _is_lines(form, source) else None
        return self._framed(_where(frame, more.get("push_down_predicate")), transformation_ctx, choices)

    def create_dynamic_frame_from_catalog(
        self,
        database,
        table_name,
        redshift_tmp_dir="",
        transformation_ctx="",
        push_down_predicate="",
        additional_options=None,
        catalog_id=None,
        **more,
    ):
        table = get_table(database, table_name)
        options = additional_options or {}
        partitions = get_partitions(database, table_name) if table.get("PartitionKeys") else []
        source = self._source(transformation_ctx)
        predicate = push_down_predicate or options.get("catalogPartitionPredicate")
        frame, texts = read_table(self.spark_session, table, options, source, partitions, predicate)
        choices = CsvChoices(lambda: _where(texts(), predicate)) if texts is not None and source is None else None
        return self._framed(_where(frame, predicate), transformation_ctx, choices)

    def create_dynamic_frame_from_rdd(self, data, name, schema=None, sample_ratio=None, **more):
        return self._framed(self.spark_session.createDataFrame(data, schema, sample_ratio), name)

    def create_data_frame_from_options(self, *args, **options):
        return self.create_dynamic_frame_from_options(*args, **options).toDF()

    def create_data_frame_from_catalog(self, *args, **options):
        return self.create_dynamic_frame_from_catalog(*args, **options).toDF()

    def create_sample_dynamic_frame_from_options(self, connection_type, connection_options=None, num=None, **options):
        frame = self.create_dynamic_frame_from_options(connection_type, connection_options, **_plain(options))
        return frame._of(frame.toDF().limit(num)) if num is not None else frame

    def create_sample_dynamic_frame_from_catalog(self, database, table_name, num=None, **options):
        frame = self.create_dynamic_frame_from_catalog(database, table_name, **_plain(options))
        return frame._of(frame.toDF().limit(num)) if num is not None else frame

    def write_dynamic_frame_from_options(
        self,
        frame,
        connection_type,
        connection_options=None,
        format=None,
        format_options=None,
        transformation_ctx="",
    ):
        if isinstance(frame, DynamicFrameCollection):
            for name in frame.keys():
                below = {**(connection_options or {})}
                below["path"] = f"{below['path'].rstrip('/')}/{name}"
                self.write_dynamic_frame_from_options(frame[name], connection_type, below, format, format_options)
            return frame
        if connection_type not in ("s3", "file"):
            raise Unsupported(f"the connection type {connection_type!r} is not supported locally: only s3 is")
        options = dict(connection_options or {})
        if "path" not in options:
            raise ValueError("connection_options has no path")
        write_s3(_data(frame), options["path"], format or "parquet", dict(format_options or {}), options)
        return frame

    def write_dynamic_frame_from_catalog(
        self,
        frame,
        database,
        table_name,
        redshift_tmp_dir="",
        transformation_ctx="",
        additional_options=None,
        catalog_id=None,
        **more,
    ):
        write_table(_data(frame), database, table_name, get_table(database, table_name), additional_options or {})
        return frame

    write_data_frame_from_catalog = write_dynamic_frame_from_catalog
    write_data_frame_from_options = write_dynamic_frame_from_options

    def write_from_options(self, frame_or_dfc, connection_type, *args, **options):
        return self.write_dynamic_frame_from_options(frame_or_dfc, connection_type, *args, **options)

    def getSource(self, connection_type, format=None, transformation_ctx="", **options):
        if connection_type not in ("s3", "file"):
            raise Unsupported(f"the connection type {connection_type!r} is not supported locally: only s3 is")
        return DataSource(self, format, transformation_ctx, options)

    get_source = getSource

    def getSink(self, connection_type, format=None, transformation_ctx="", **options):
        if connection_type not in ("s3", "file"):
            raise Unsupported(f"the connection type {connection_type!r} is not supported locally: only s3 is")
        return DataSink(format, options)

    get_sink = getSink

    def purge_s3_path(self, s3_path, options=None, transformation_ctx=""):
        """Deletes the objects below an address that are older than `retentionPeriod` hours, 168 by default."""
        folder = local_path(s3_path)
        oldest = time.time() - 3600 * float((options or {}).get("retentionPeriod", 168))
        if folder is None or not folder.is_dir():
            return
        for file in folder.rglob("*"):
            if file.is_file() and file.stat().st_mtime <= oldest:
                file.unlink()

    def purge_table(self, database, table_name, options=None, transformation_ctx="", catalog_id=None):
        self.purge_s3_path(get_table(database, table_name)["StorageDescriptor"]["Location"], options)

    def _source(self, context):
        return self._bookmark.of(context) if self._bookmark is not None else None

    def _framed(self, frame, name, choices=None):
        return DynamicFrame(frame, self, name, choices)

    def currentTimeMillis(self):
        return int(time.time() * 1000)

    def get_catalog_schema_as_spark_schema(self, database, table_name, catalog_id=None):
        table = get_table(database, table_name)
        columns = [*table["StorageDescriptor"].get("Columns", []), *table.get("PartitionKeys", [])]
        return self.spark_session.createDataFrame([], ", ".join(f"`{one['Name']}` {one['Type']}" for one in columns)).schema


def _data(frame):
    return frame.toDF() if isinstance(frame, DynamicFrame) else frame


def _is_lines(form, bookmark):
    """Whether a frame's files can be read again, line by line."""
    return form == "json" and bookmark is None


def _where(frame, predicate):
    return frame.where(predicate) if predicate and frame.columns else frame


def _plain(options):
    return {name: value for name, value in options.items() if name != "sample_options"}


