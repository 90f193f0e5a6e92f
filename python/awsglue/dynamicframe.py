"""`DynamicFrame` over a Spark DataFrame."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from . import _columns as columns
from ._choices import as_structs
from ._nested import flatten, relationalize
from ._records import filtered, mapped, mapped_partitions


class DynamicFrame:
    """
    :param choices: the types of ambiguous columns, for a frame that was just read
    """

    def __init__(self, data, glue_ctx, name="", choices=None):
        self._data = data.toDF() if isinstance(data, DynamicFrame) else data
        self.glue_ctx = glue_ctx
        self.name = name
        self._choices = choices

    @classmethod
    def fromDF(cls, dataframe, glue_ctx, name=""):
        return cls(dataframe, glue_ctx, name)

    def toDF(self, options=None):
        return self._data

    def _of(self, data):
        return DynamicFrame(data, self.glue_ctx, self.name)

    def schema(self):
        return self._data.schema

    def printSchema(self):
        self._data.printSchema()

    def show(self, num_rows=20):
        for line in self._data.limit(num_rows).toJSON().collect():
            print(line)

    def count(self):
        return self._data.count()

    def errorsCount(self):
        """Spark does not separate faulty records."""
        return 0

    stageErrorsCount = errorsCount

    def errorsAsDynamicFrame(self):
        return self._of(self._data.sparkSession.createDataFrame([], "error string"))

    def repartition(self, num_partitions, *args, **more):
        return self._of(self._data.repartition(num_partitions))

    def coalesce(self, num_partitions, *args, **more):
        return self._of(self._data.coalesce(num_partitions))

    def getNumPartitions(self):
        return self._data.rdd.getNumPartitions()

    def apply_mapping(self, mappings, case_sensitive=False, transformation_ctx="", **more):
        return self._of(columns.apply_mapping(self._data, mappings))

    applyMapping = apply_mapping

    def select_fields(self, paths, transformation_ctx="", **more):
        return self._of(columns.select(self._data, paths))

    def drop_fields(self, paths, transformation_ctx="", **more):
        return self._of(columns.drop(self._data, paths))

    def rename_field(self, oldName, newName, transformation_ctx="", **more):
        return self._of(columns.rename(self._data, oldName, newName))

    def resolveChoice(self, specs=None, choice="", database=None, table_name=None, transformation_ctx="", **more):
        types = {}
        choice = choice.lower() if choice.lower() in ("match_catalog", "make_cols", "make_struct") else choice
        if choice == "match_catalog":
            from ._catalog import get_table

            descriptor = get_table(database, table_name)["StorageDescriptor"]
            types = {one["Name"]: one["Type"] for one in descriptor.get("Columns", [])}
        data = columns.resolve(self._data, specs or [], choice, types)
        made = [columns.bare(path) for path, action in specs or [] if action in ("make_cols", "make_struct")]
        if choice in ("make_cols", "make_struct"):
            made = self._data.columns
        if self._choices is None or not made:
            return self._of(data)
        rows, kinds = self._choices.split(data, made)
        structs = choice == "make_struct" or any(action == "make_struct" for _, action in specs or [])
        return self._of(as_structs(rows, data, kinds) if structs else rows) if kinds else self._of(data)

    def drop_nulls(self, transformation_ctx="", **more):
        return self._of(columns.drop_empty(self._data))

    def unnest(self, transformation_ctx="", **more):
        return self._of(flatten(self._data))

    def relationalize(self, root_table_name, staging_path=None, options=None, transformation_ctx="", **more):
        frames = relationalize(self._data, root_table_name)
        return self._collection(frames)

    def filter(self, f, transformation_ctx="", **more):
        return self._of(filtered(self._data, f))

    def map(self, f, preservesPartitioning=False, transformation_ctx="", **more):
        return self._of(mapped(self._data, f))

    def join(self, paths1, paths2, frame2, transformation_ctx="", **more):
        return self._of(columns.join(self._data, frame2.toDF(), paths1, paths2))

    def union(self, other_frame, transformation_ctx="", **more):
        return self._of(self._data.unionByName(other_frame.toDF(), allowMissingColumns=True))

    def unbox(self, path, format="json", transformation_ctx="", **more):
        return self._of(columns.unbox(self._data, path, format))

    def mapPartitions(self, f, preservesPartitioning=True, transformation_ctx="", **more):
        return self._of(mapped_partitions(self._data, f))

    def write(self, connection_type, connection_options=None, format=None, format_options=None, **more):
        return self.glue_ctx.write_dynamic_frame_from_options(
            self, connection_type, connection_options, format, format_options
        )

    def with_frame_schema(self, schema):
        return self._of(self._data)

    def assertErrorThreshold(self):
        """Spark does not separate faulty records, so there are never too many."""

    def mergeDynamicFrame(self, stage_dynamic_frame, primary_keys, transformation_ctx="", **more):
        """Replaces records by those of the other frame with the same keys."""
        stage, keys = stage_dynamic_frame.toDF(), columns.paths_of(primary_keys)
        kept = self._data.join(stage.select(*keys).distinct(), keys, "left_anti")
        return self._of(kept.unionByName(stage, allowMissingColumns=True))

    def split_fields(self, paths, name1, name2, transformation_ctx="", **more):
        chosen, others = columns.select(self._data, paths), columns.drop(self._data, paths)
        return self._collection({name1: chosen, name2: others})

    def split_rows(self, comparison_dict, name1, name2, transformation_ctx="", **more):
        test = columns.comparison(self._data, comparison_dict)
        return self._collection({name1: self._data.where(test), name2: self._data.where(~F.coalesce(test, F.lit(False)))})

    def spigot(self, path, options=None, transformation_ctx="", **more):
        """Writes a sample as JSON, and continues with the whole frame."""
        options = options or {}
        share = float(options.get("prob", 1))
        sample = self._data.sample(fraction=share) if share < 1 else self._data
        sample = sample.limit(int(options["topk"])) if "topk" in options else sample
        sample.write.mode("append").json(path)
        return self

    def _collection(self, frames):
        return DynamicFrameCollection({name: DynamicFrame(data, self.glue_ctx, name) for name, data in frames.items()}, self.glue_ctx)


class DynamicFrameCollection:
    def __init__(self, dynamic_frames, glue_ctx=None):
        self._frames = {
            name: DynamicFrame(frame, glue_ctx, name) if isinstance(frame, DataFrame) else frame
            for name, frame in dynamic_frames.items()
        }
        self.glue_ctx = glue_ctx

    def keys(self):
        return self._frames.keys()

    def values(self):
        return self._frames.values()

    def items(self):
        return self._frames.items()

    def __getitem__(self, name):
        return self._frames[name]

    def __len__(self):
        return len(self._frames)

    def __iter__(self):
        return iter(self._frames)

    def select(self, key, transformation_ctx="", **more):
        return self._frames[key]

    def map(self, callable, transformation_ctx="", **more):
        changed = {name: callable(frame, transformation_ctx) for name, frame in self._frames.items()}
        return DynamicFrameCollection(changed, self.glue_ctx)

    flatmap = map
