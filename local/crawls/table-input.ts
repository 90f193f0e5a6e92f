import type { CatalogEntry } from '../catalog/catalog-store.ts';
import type { FoundPartition, FoundTable } from './find-tables.ts';
import type { Schema } from './read-schema.ts';

const hadoop = 'org.apache.hadoop';

/** What Glue's crawlers write for each format. */
const storage = {
  csv: {
    InputFormat: `${hadoop}.mapred.TextInputFormat`,
    OutputFormat: `${hadoop}.hive.ql.io.HiveIgnoreKeyTextOutputFormat`,
    serde: `${hadoop}.hive.serde2.lazy.LazySimpleSerDe`,
  },
  json: {
    InputFormat: `${hadoop}.mapred.TextInputFormat`,
    OutputFormat: `${hadoop}.hive.ql.io.HiveIgnoreKeyTextOutputFormat`,
    serde: 'org.openx.data.jsonserde.JsonSerDe',
  },
  parquet: {
    InputFormat: `${hadoop}.hive.ql.io.parquet.MapredParquetInputFormat`,
    OutputFormat: `${hadoop}.hive.ql.io.parquet.MapredParquetOutputFormat`,
    serde: `${hadoop}.hive.ql.io.parquet.serde.ParquetHiveSerDe`,
  },
} as const;

export type TableOf = {
  readonly crawler: string;
  readonly bucket: string;
  readonly found: FoundTable;
  readonly schema: Schema;
  readonly bytes: number;
};

/** `TableInput` of the Glue API, without the name. */
export function tableInput({ crawler, bucket, found, schema, bytes }: TableOf): CatalogEntry {
  const columns = schema.columns.filter(({ name }) => !found.partitionKeys.includes(name));
  const parameters = {
    CrawlerSchemaDeserializerVersion: '1.0',
    CrawlerSchemaSerializerVersion: '1.0',
    UPDATED_BY_CRAWLER: crawler,
    classification: schema.format,
    compressionType: compressionOf(found.keys),
    objectCount: String(found.keys.length),
    sizeKey: String(bytes),
    typeOfData: 'file',
    ...(schema.format === 'csv' && {
      delimiter: schema.delimiter,
      columnsOrdered: 'true',
      areColumnsQuoted: 'false',
      ...(schema.header && { 'skip.header.line.count': '1' }),
    }),
  };
  return {
    Owner: 'owner',
    Retention: 0,
    TableType: 'EXTERNAL_TABLE',
    Parameters: parameters,
    PartitionKeys: found.partitionKeys.map((Name) => ({ Name, Type: 'string' })),
    StorageDescriptor: {
      ...descriptorOf(schema),
      Columns: columns.map(({ name, type }) => ({ Name: name, Type: type })),
      Location: `s3://${bucket}/${found.location}`,
    },
  };
}

/** `PartitionInput` of the Glue API. */
export function partitionInput(bucket: string, { values, location }: FoundPartition, schema: Schema): CatalogEntry {
  return {
    Values: values,
    StorageDescriptor: {
      ...descriptorOf(schema),
      Columns: schema.columns.map(({ name, type }) => ({ Name: name, Type: type })),
      Location: `s3://${bucket}/${location}`,
    },
    Parameters: { classification: schema.format },
  };
}

function descriptorOf(schema: Schema): CatalogEntry {
  const { serde, ...formats } = storage[schema.format];
  return {
    ...formats,
    Compressed: false,
    NumberOfBuckets: -1,
    SerdeInfo: { SerializationLibrary: serde, Parameters: serdeParameters(schema) },
    StoredAsSubDirectories: false,
  };
}

function serdeParameters(schema: Schema): Readonly<Record<string, string>> {
  if (schema.format === 'csv') return { 'field.delim': schema.delimiter };
  if (schema.format === 'json') return { paths: schema.columns.map(({ name }) => name).join(',') };
  return { 'serialization.format': '1' };
}

function compressionOf(keys: readonly string[]): string {
  const [, ending = 'none'] = /\.(gz|zst)$/.exec(keys[0] ?? '') ?? [];
  return ending === 'gz' ? 'gzip' : ending;
}

/** Names the table after its folder or file, as a crawler does: lower case, with `_` for other characters. */
export function tableName(prefix: string, bucket: string, location: string): string {
  const last = location.split('/').findLast((part) => part !== '') ?? bucket;
  return `${prefix}${last}`.toLowerCase().replace(/[^a-z0-9_]/g, '_');
}
