"""`glueContext.create_dynamic_frame.from_options(…)` and the like."""


class DynamicFrameReader:
    def __init__(self, glue_context):
        self._glue_context = glue_context

    def from_options(self, *args, **options):
        return self._glue_context.create_dynamic_frame_from_options(*args, **options)

    def from_catalog(self, database=None, table_name=None, *args, **options):
        table_name = table_name or options.pop("name", None)
        database = database or options.pop("name_space", None)
        return self._glue_context.create_dynamic_frame_from_catalog(database, table_name, *args, **options)

    def from_rdd(self, *args, **options):
        return self._glue_context.create_dynamic_frame_from_rdd(*args, **options)


class DynamicFrameWriter:
    def __init__(self, glue_context):
        self._glue_context = glue_context

    def from_options(self, *args, **options):
        return self._glue_context.write_dynamic_frame_from_options(*args, **options)

    def from_catalog(self, frame, database=None, table_name=None, *args, **options):
        table_name = table_name or options.pop("name", None)
        database = database or options.pop("name_space", None)
        return self._glue_context.write_dynamic_frame_from_catalog(frame, database, table_name, *args, **options)


class DataFrameReader:
    def __init__(self, glue_context):
        self._frames = DynamicFrameReader(glue_context)

    def from_options(self, *args, **options):
        return self._frames.from_options(*args, **options).toDF()

    def from_catalog(self, database=None, table_name=None, *args, **options):
        return self._frames.from_catalog(database, table_name, *args, **options).toDF()


class DataFrameWriter(DynamicFrameWriter):
    """Also takes DataFrames, like its base."""
