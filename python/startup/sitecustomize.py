"""Python loads this at its start, in Spark jobs only. It prepares PySpark when the script imports it."""

import importlib.abc
import importlib.util
import os
import sys


class _WhenImported(importlib.abc.MetaPathFinder):
    """Runs `awsglue`'s preparation right after the import of PySpark's sessions."""

    def find_spec(self, name, path=None, target=None):
        if name == "pyspark":
            sys.meta_path.remove(self)
            if importlib.util.find_spec(name) is None:
                version = "6.0" if os.environ.get("GLUE_VERSION", "").startswith("6") else "5.1"
                raise _missing(f"PySpark is missing, and Spark jobs need it: npx gluewright glue-python --glue-version {version}")
            sys.meta_path.insert(0, self)
        if name != "pyspark.sql":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        load = spec.loader.exec_module

        def load_and_prepare(module):
            load(module)
            from awsglue._session import install

            install()

        spec.loader.exec_module = load_and_prepare
        return spec


def _missing(message):
    """A script may catch this and run without Spark. Otherwise only the message is printed."""
    error = ModuleNotFoundError(message, name="pyspark")
    usual = sys.excepthook
    sys.excepthook = lambda kind, raised, trace: (
        print(message, file=sys.stderr) if raised is error else usual(kind, raised, trace)
    )
    return error


# Spark's workers run functions of the script, but no sessions.
if "GLUEWRIGHT_BUCKETS" in os.environ and "PYTHON_WORKER_FACTORY_SECRET" not in os.environ:
    sys.meta_path.insert(0, _WhenImported())
