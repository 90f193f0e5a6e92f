"""A local stand-in for AWS Glue's Python library, on PySpark. On AWS the real one is imported instead.

`awsglue.utils` needs only the standard library. Everything else needs PySpark (`npx gluewright glue-python`). The first
import searches the script and refuses everything unsupported by name and line, before Spark starts.
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
