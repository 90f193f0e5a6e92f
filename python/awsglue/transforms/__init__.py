"""Glue's transforms as classes: `ApplyMapping.apply(frame=…, mappings=…)`."""

from ..dynamicframe import DynamicFrameCollection


class GlueTransform:
    @classmethod
    def apply(cls, *args, **options):
        return cls()(*args, **options)

    @classmethod
    def name(cls):
        return cls.__name__


def _method(method):
    """A transform that is a method of its first argument."""

    def call(self, frame=None, *args, transformation_ctx="", info="", stageThreshold=0, totalThreshold=0, **options):
        return getattr(frame, method)(*args, transformation_ctx=transformation_ctx, **options)

    return call


class ApplyMapping(GlueTransform):
    __call__ = _method("apply_mapping")


class SelectFields(GlueTransform):
    __call__ = _method("select_fields")


class DropFields(GlueTransform):
    __call__ = _method("drop_fields")


class RenameField(GlueTransform):
    def __call__(self, frame, old_name, new_name, transformation_ctx="", **more):
        return frame.rename_field(old_name, new_name, transformation_ctx)


class Filter(GlueTransform):
    __call__ = _method("filter")


class Map(GlueTransform):
    __call__ = _method("map")


class ResolveChoice(GlueTransform):
    __call__ = _method("resolveChoice")


class DropNullFields(GlueTransform):
    __call__ = _method("drop_nulls")


class UnnestFrame(GlueTransform):
    __call__ = _method("unnest")


class Spigot(GlueTransform):
    __call__ = _method("spigot")


class Unbox(GlueTransform):
    __call__ = _method("unbox")


class Union(GlueTransform):
    def __call__(self, frame1, frame2, transformation_ctx="", **more):
        return frame1.union(frame2, transformation_ctx)


class Repartition(GlueTransform):
    __call__ = _method("repartition")


class Coalesce(GlueTransform):
    __call__ = _method("coalesce")


class SplitFields(GlueTransform):
    def __call__(self, frame, paths, name1=None, name2=None, transformation_ctx="", **more):
        return frame.split_fields(paths, name1 or f"{frame.name}1", name2 or f"{frame.name}2", transformation_ctx)


class SplitRows(GlueTransform):
    def __call__(self, frame, comparison_dict, name1=None, name2=None, transformation_ctx="", **more):
        return frame.split_rows(comparison_dict, name1 or f"{frame.name}1", name2 or f"{frame.name}2")


class Relationalize(GlueTransform):
    def __call__(self, frame, staging_path=None, name="roottable", options=None, transformation_ctx="", **more):
        return frame.relationalize(name, staging_path, options, transformation_ctx)


class Join(GlueTransform):
    def __call__(self, frame1, frame2, keys1, keys2, transformation_ctx="", **more):
        return frame1.join(keys1, keys2, frame2, transformation_ctx)


class SelectFromCollection(GlueTransform):
    def __call__(self, dfc, key, transformation_ctx="", **more):
        return dfc.select(key, transformation_ctx)


class ErrorsAsDynamicFrame(GlueTransform):
    def __call__(self, frame, **more):
        return frame.errorsAsDynamicFrame()


class MapToCollection(GlueTransform):
    def __call__(self, dfc, BaseTransform, frame_name="frame", transformation_ctx="", base_kwargs=None, **more):
        options = dict(base_kwargs or {})
        changed = {key: BaseTransform.apply(**{frame_name: frame}, **options) for key, frame in dfc.items()}
        return DynamicFrameCollection(changed, dfc.glue_ctx)


class FlatMap(MapToCollection):
    pass


__all__ = [name for name, one in list(globals().items()) if isinstance(one, type) and issubclass(one, GlueTransform)]
