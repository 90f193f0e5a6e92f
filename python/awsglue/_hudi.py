"""Syncs Hudi tables with the Data Catalog. Hudi's own sync would need a Hive metastore."""

from . import _catalog as glue
from ._addresses import is_true

_PREFIX = "hoodie.datasource.hive_sync."
_SWITCHES = (f"{_PREFIX}enable", "hoodie.datasource.meta.sync.enable")


def options_without_sync(writer, options):
    """The options with Hudi's own sync turned off. The writer keeps the original ones for `sync`."""
    ours = {name: value for name, value in options.items() if name.startswith("hoodie.")}
    if ours:
        writer._hudi_options = {**getattr(writer, "_hudi_options", {}), **ours}
    return {name: "false" if name in _SWITCHES else value for name, value in options.items()}


def sync(writer, path):
    """Saves the table in the Data Catalog if the options turn the sync on."""
    options = getattr(writer, "_hudi_options", {})
    if not path or not any(is_true(options.get(name, False)) for name in _SWITCHES):
        return
    database = options.get(f"{_PREFIX}database", "default")
    table = options.get(f"{_PREFIX}table", options.get("hoodie.table.name"))
    keys = [name for name in options.get(f"{_PREFIX}partition_fields", "").split(",") if name]
    try:
        glue.call("GetDatabase", Name=database)
    except glue.CatalogError as error:
        if error.code == "NoEndpoint":
            return
        glue.call("CreateDatabase", DatabaseInput={"Name": database})
    schema = writer._spark.read.format("hudi").load(path).schema
    glue.save_table(database, table, path, schema, keys, "hudi")
