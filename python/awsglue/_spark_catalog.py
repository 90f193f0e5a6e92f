"""The local Data Catalog in Spark's own catalog, so that `spark.sql` and `saveAsTable` work with it, as on Glue."""

import re

from . import _catalog as glue
from ._addresses import mount
from ._sources import TABLES
from .tables import csv_settings, format_of, is_iceberg

_CHANGES = re.compile(r"^\s*(create|insert|drop|alter|msck|replace|with\b.*\binsert)\b", re.IGNORECASE | re.DOTALL)


class SparkCatalog:
    """Loads tables before a statement that may use them, and saves them after one that may change them."""

    def __init__(self, session):
        self._session = session
        self._sql = type(session).sql.__wrapped__
        # The loaded tables, as they were in the catalog.
        self._loaded = {}
        self._databases = set()

    def around(self, text, act):
        """Runs `act` after loading the tables that the text may name."""
        mount(self._session.sparkContext, text)
        try:
            self.load(text)
        except glue.CatalogError as error:
            if error.code != "NoEndpoint":
                raise
            return act()
        result = act()
        if _CHANGES.match(text):
            self.save(text)
        return result

    def load(self, text):
        databases = {one["Name"]: one for one in glue.call("GetDatabases")["DatabaseList"]}
        for name, about in databases.items():
            if name not in self._databases:
                self._add_database(name, about.get("LocationUri"))
                self._databases.add(name)
        for database in self._named(databases, text):
            for table in glue.call("GetTables", DatabaseName=database)["TableList"]:
                if re.search(rf"\b{re.escape(table['Name'])}\b", text, re.IGNORECASE) or text == "*":
                    self._load(database, table)

    def _add_database(self, name, location):
        if re.fullmatch(r"\w+", name):
            self._run(f"CREATE DATABASE IF NOT EXISTS spark_catalog.`{name}`{_location(location)}")
            return
        # Spark's SQL rejects other names in CREATE DATABASE, but accepts them everywhere else.
        jvm = self._session._jvm
        ours = self._session._jsparkSession.sharedState().externalCatalog()
        usual = ours.getDatabase("default")
        folder = location or f"{usual.locationUri().toString().rstrip('/')}/{name}.db"
        made = jvm.org.apache.spark.sql.catalyst.catalog.CatalogDatabase
        ours.createDatabase(made(name, "", jvm.java.net.URI.create(folder), usual.properties()), True)

    def _named(self, databases, text):
        current = self._session.catalog.currentDatabase()
        return [one for one in databases if one == current or text == "*" or re.search(rf"\b{re.escape(one)}\b", text, re.I)]

    def _load(self, database, table):
        name = table["Name"]
        keys = [one["Name"] for one in table.get("PartitionKeys", [])]
        partitions = glue.call("GetPartitions", DatabaseName=database, TableName=name)["Partitions"] if keys else []
        if self._loaded.get((database, name)) == (table, partitions):
            return
        location = table["StorageDescriptor"].get("Location")
        # Iceberg reads its tables from the Data Catalog itself.
        if not location or is_iceberg(table):
            return
        mount(self._session.sparkContext, location)
        place = _place(database, name)
        if self._is_managed(database, name):
            # Spark has the table as this job made it, and dropping it would drop its files.
            return
        self._run(f"DROP TABLE IF EXISTS {place}")
        self._run(_definition(place, table, location))
        for one in partitions:
            at = one.get("StorageDescriptor", {}).get("Location") or location
            mount(self._session.sparkContext, at)
            values = ", ".join(f"`{key}`={_text(value)}" for key, value in zip(keys, one["Values"]))
            self._run(f"ALTER TABLE {place} ADD IF NOT EXISTS PARTITION ({values}){_location(at)}")
        if keys and not partitions:
            # A crawler would have added these partitions.
            self._run(f"MSCK REPAIR TABLE {place}")
        self._loaded[database, name] = (table, partitions)

    def _is_managed(self, database, name):
        ours = self._session._jsparkSession.sharedState().externalCatalog()
        if not ours.tableExists(database, name):
            return False
        return ours.getTable(database, name).tableType().name() == "MANAGED"

    def save(self, text):
        """Tables that are missing or different in the catalog, and dropped tables."""
        ours = self._session._jsparkSession.sharedState().externalCatalog()
        databases = {one["Name"] for one in glue.call("GetDatabases")["DatabaseList"]}
        there = set(_list(ours.listDatabases()))
        for database in databases & self._databases - there:
            glue.call("DeleteDatabase", Name=database)
            self._databases.discard(database)
        for database in there:
            if database in databases or database in self._databases:
                continue
            if database != "default" or _list(ours.listTables(database)):
                glue.call("CreateDatabase", DatabaseInput={"Name": database, "LocationUri": _uri(ours, database)})
                self._databases.add(database)
        for database in self._named(there, text):
            self._save(ours, database, set(_list(ours.listTables(database))), text)

    def _save(self, ours, database, tables, text):
        for name in [one for place, one in self._loaded if place == database and one not in tables]:
            glue.call("DeleteTable", DatabaseName=database, Name=name)
            del self._loaded[database, name]
        for name in tables:
            if not re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE):
                continue
            table = ours.getTable(database, name)
            if not table.provider().isDefined() or not table.storage().locationUri().isDefined():
                continue
            location = table.location().toString()
            form = table.provider().get().lower()
            # Delta and Hudi tables keep their partitions in their own log.
            keys = [] if form in TABLES else _list(table.partitionColumnNames())
            schema = self._session.table(_place(database, name)).schema
            settings = table.storage().properties()
            separator, header = _option(settings, "sep", ","), _option(settings, "header", "false") == "true"
            glue.save_table(database, name, location, schema, keys, form, separator, header)
            if keys:
                rows = self._run(f"SHOW PARTITIONS {_place(database, name)}").collect()
                glue.save_partitions(database, name, location, [_values(row[0]) for row in rows])
            partitions = glue.call("GetPartitions", DatabaseName=database, TableName=name)["Partitions"] if keys else []
            self._loaded[database, name] = (glue.get_table(database, name), partitions)

    def _run(self, statement):
        return self._sql(self._session, statement)


def _place(database, name):
    """The table's full name in Spark's own catalog, because the session may have another default catalog."""
    return f"spark_catalog.`{database}`.`{name}`"


def _definition(place, table, location):
    descriptor = table["StorageDescriptor"]
    columns = [*descriptor.get("Columns", []), *table.get("PartitionKeys", [])]
    form = format_of(table)
    if form in TABLES:
        return f"CREATE TABLE {place} USING {form}{_location(location)}"
    settings = {}
    if form == "csv":
        about = csv_settings(table)
        settings = {"sep": about["separator"], "header": str(about["withHeader"]).lower(), "quote": about["quoteChar"]}
    options = ", ".join(f"'{name}' {_text(value)}" for name, value in settings.items())
    keys = ", ".join(f"`{one['Name']}`" for one in table.get("PartitionKeys", []))
    named = ", ".join(f"`{one['Name']}` {one['Type']}" for one in columns)
    return (
        f"CREATE TABLE {place} ({named}) USING {'parquet' if form == 'glueparquet' else form}"
        f"{f' OPTIONS ({options})' if options else ''}{f' PARTITIONED BY ({keys})' if keys else ''}{_location(location)}"
    )


def _values(spec):
    """`a=1/b=2` as its values."""
    from urllib.parse import unquote

    return [unquote(part.split("=", 1)[1]) for part in spec.split("/")]


def _option(settings, name, otherwise):
    found = settings.get(name)
    return found.get() if found.isDefined() else otherwise


def _uri(ours, database):
    return ours.getDatabase(database).locationUri().toString()


def _list(values):
    text = values.mkString("\n")
    return text.split("\n") if text else []


def _location(address):
    return f" LOCATION {_text(address)}" if address else ""


def _text(value):
    escaped = str(value).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
