"""`getSink`: writes to S3, and keeps the catalog's table up to date."""

from ._addresses import is_true
from ._catalog import save_partitions, save_table
from ._sources import write_s3
from .dynamicframe import DynamicFrame


class DataSink:
    def __init__(self, form, options):
        self._form = form or "parquet"
        self._form_options = {}
        self._options = options
        self._table = None

    def setFormat(self, format, **options):
        self._form, self._form_options = format, options

    def setCatalogInfo(self, catalogDatabase, catalogTableName, catalogId=""):
        self._table = (catalogDatabase, catalogTableName)

    def writeFrame(self, frame, info=""):
        data = frame.toDF() if isinstance(frame, DynamicFrame) else frame
        path = self._options["path"]
        write_s3(data, path, self._form, self._form_options, self._options)
        if is_true(self._options.get("enableUpdateCatalog", False)) and self._table is not None:
            update_catalog(data, self._table, path, self._form, self._options)
        return frame

    def writeDataFrame(self, data_frame, glue_context=None, info=""):
        return self.writeFrame(data_frame, info)

    def write(self, dynamic_frame_or_dfc, info=""):
        return self.writeFrame(dynamic_frame_or_dfc, info)

    def setAccumulableSize(self, size):
        """Glue counts errors with it; Spark has none."""


class DataSource:
    """`getSource`: reads from S3."""

    def __init__(self, glue_context, form, context, options):
        self._glue_context, self._form, self._context, self._options = glue_context, form, context, options
        self._form_options = {}

    def setFormat(self, format, **options):
        self._form, self._form_options = format, options

    def getFrame(self, **options):
        return self._glue_context.create_dynamic_frame_from_options(
            "s3", {**self._options, **options}, self._form, self._form_options, self._context
        )


def update_catalog(data, table, location, form, options):
    database, name = table
    keys = list(options.get("partitionKeys") or [])
    if options.get("updateBehavior", "UPDATE_IN_DATABASE") == "UPDATE_IN_DATABASE":
        save_table(database, name, location, data.schema, keys, form)
    if keys:
        save_partitions(database, name, location, [tuple(row) for row in data.select(*keys).distinct().collect()])
