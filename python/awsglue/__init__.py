"""A local stand-in for AWS Glue's Python library, on PySpark. AWS has its own in front of this one.

`awsglue.utils` needs the standard library only; everything else needs PySpark (`npx gluewright glue-python`). The first
import looks through the script: what is not supported here is refused by name and line, before Spark starts.
"""

from ._support import refuse_unsupported_script

refuse_unsupported_script()


def __getattr__(name):
    if name in ("DynamicFrame", "DynamicFrameCollection"):
        from . import dynamicframe

        return getattr(dynamicframe, name)
    if name == "GlueContext":
        from .context import GlueContext

        return GlueContext
    raise AttributeError(f"module 'awsglue' has no attribute {name!r}")
