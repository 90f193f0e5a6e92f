import type { TableInput } from '@aws-sdk/client-glue';
import type { SparkFormat } from '../../../local/glue/processes/spark-formats.ts';

/** Files of the bucket `landing`. */
export const landing: Readonly<Record<string, string>> = {
  'orders/a.csv':
    'id,amount,city,day\n1,4.5,Bonn,2026-01-01\n2,7,Kiel,2026-01-02\nx,9,Ulm,2026-01-02\n3,8,"Kiel",2026-01-03\n',
  'steps/s.json': `{"user":"a@x","timeStamp":5,"x":1.5}
{"user":"b@x","timeStamp":6,"x":2.5}
{"user":"a@x","timeStamp":7,"x":0}
`,
  'customers/c.json': `{"email":"a@x","shareWithResearch":9,"timeStamp":1,"phone":"1"}
{"email":"b@x","shareWithResearch":0,"timeStamp":2,"phone":"2"}
`,
  'payments/p.csv': 'provider id,charge\n17,1\nn/a,2\n19,3\n',
  'mixed/m.json': '{"id":1,"at":1}\n{"id":"2","at":2}\n{"id":"x","at":3}\n',
  'xml/x.xml': '<all><item id="7"><price>1.50</price><name>a</name></item><item id="8"><price>2</price></item></all>',
  'sales/year=2026/a.csv': 'north,1.5\nsouth,2.5\nnorth,4\n',
  'sales/year=2025/a.csv': 'north,9\n',
};

const columns = (text: string) =>
  text.split(', ').map((one) => ({ Name: one.replace(/ \w+$/, ''), Type: one.replace(/^.* /, '') }));
const csv = { Parameters: { 'field.delim': ',' } };

/** Tables of the database `shop`, with the names in lower case that a crawler gives them. */
export const tables: readonly TableInput[] = [
  {
    Name: 'payments',
    Parameters: { classification: 'csv', 'skip.header.line.count': '1' },
    StorageDescriptor: {
      Location: 's3://landing/payments/',
      SerdeInfo: csv,
      Columns: columns('provider id bigint, charge string'),
    },
  },
  {
    Name: 'customers',
    Parameters: { classification: 'json' },
    StorageDescriptor: {
      Location: 's3://landing/customers/',
      Columns: columns('email string, sharewithresearch bigint, timestamp bigint, phone string'),
    },
  },
  {
    Name: 'sales',
    Parameters: { classification: 'csv' },
    PartitionKeys: columns('year string'),
    StorageDescriptor: {
      Location: 's3://landing/sales/',
      SerdeInfo: csv,
      Columns: columns('region string, amount double'),
    },
  },
];

/** What each script prints. */
export const outputs: Readonly<Record<string, readonly string[]>> = {
  'studio-quality': [
    'data quality: passed  ColumnCount > 0',
    'data quality: passed  RowCount between 1 and 10',
    'data quality: passed  IsComplete "id"',
    'data quality: passed  IsUnique "id"',
    'data quality: passed  ColumnValues "city" in ["Bonn", "Kiel"] with threshold > 0.5',
    'data quality: FAILED  ColumnValues "amount" >= 5',
    "['Passed', 'Passed', 'Passed', 'Passed', 'Passed', 'Failed']",
    `[(1, 'Failed', ['ColumnValues "amount" >= 5']), (2, 'Passed', []), (3, 'Passed', [])]`,
    "[(2, 7.0, 'Kiel', '2026-01-02'), (3, 8.0, 'Kiel', '2026-01-03')]",
  ],
  'studio-joins': [
    "['.timeStamp', 'email', 'phone', 'shareWithResearch', 'timeStamp', 'user', 'x']",
    "[('a@x', 2)]",
    "4 ['.user', '.x']",
  ],
  'plain-spark-sql': [
    "[('north', 5.5), ('south', 2.5)]",
    '2 True',
    "['north', 'west']",
    "['id', 'amount', 'day', 'city']",
    "['a', 'b']",
    "['about', 'home']",
    '2 2',
    '2 3',
    "['kept', 'totals', 'visits']",
  ],
  classic: [
    "['charge', 'provider id_long', 'provider id_string']",
    "[(17, None), (None, 'n/a'), (19, None)]",
    "[{'long': None, 'string': 'n/a'}, {'long': 19, 'string': None}]",
    '[(17, 1.0), (19, 3.0)]',
    "['at', 'id_int', 'id_string']",
    "[(1, None), (None, '2'), (None, 'x')]",
    "['1', '2', 'x']",
  ],
  transforms: [
    "[('id', 'bigint'), ('name', 'string'), ('tags', 'array<string>'), ('size', 'double'), ('kind', 'string'), ('more', 'struct<city:string,none:string>')]",
    "[(1, 2.0, 'first', Row(city='BONN')), (2, 0.5, '2', Row(city='KIEL')), (3, 1.0, '3', Row(city='ULM'))]",
    "['middle', 'others'] [1, 2]",
    "['id', 'at'] ['name', 'tags']",
    "[(1, 'Bonn'), (2, 'Kiel'), (3, 'Ulm')]",
    "{'root': ['at.city', 'id', 'name', 'tags'], 'root_tags': ['id', 'index', 'tags.val']}",
    "[(1, 0, 'a'), (1, 1, 'b'), (3, 0, 'c')]",
    "[('x', Row(a=1, b=[True]))]",
    '[(1,), (2,), (3,), (9,)]',
    "[(1, 'ann'), (2, None), (3, 'new'), (4, 'd')]",
    '2',
    '[(2,), (3,)]',
    "['tags'] True",
    '1 0 2',
    '[(3,)]',
    "[('1', 'ann'), ('2', None), ('3', 'cy')]",
    '[(7, 1.5), (8, 2.0)]',
    '0',
  ],
  'drop-null-columns': ["['id', 'kept']", '{"n":1}', '{"kept":"x","n":1}'],
  'boto3-and-tables': [
    "[(1, '1'), (2, '1'), (3, '02')]",
    "['folder/', 'in/part=02/b.json', 'in/part=1/a.json', 'out', 'out/_SUCCESS']",
    '[1, 2]',
    'EntityNotFoundException',
    'UnknownOperationException',
    '000000000000 1',
  ],
  'crawled-partitions': [
    "['name', 'partition_0', 'place'] ['city', 'partition_0', 'place']",
    "[('ann', 'Bonn')]",
    "[('people', 1), ('people', 2), ('places', 1)]",
    '1 True',
  ],
  'avro-files': ["[(1, 'd1'), (2, 'd2')]", '2'],
  'iceberg-tables': ["[(1, 'd1'), (2, 'm'), (3, 'd2')]", '2', '5', "['copies', 'orders']"],
  'delta-tables': ["[(1, 'd1'), (2, 'x'), (3, 'd3')]", '3', '5', "[(1, 'z'), (2, 'd2')]"],
  'hudi-tables': ["[(1, 'd1', 6), (2, 'd2', 5), (3, 'd1', 6)]", '3', '[1, 2, 3]'],
};

const conf = (settings: Readonly<Record<string, string>>) =>
  Object.entries(settings)
    .map(([name, value]) => `spark.${name}=${value}`)
    .join(' --conf ');
const iceberg = 'sql.catalog.glue_catalog';

/** The format that a script needs, and the `--conf` of its job as in Glue's documentation. */
export const formats: Readonly<Record<string, { readonly format: SparkFormat; readonly conf?: string }>> = {
  'avro-files': { format: 'avro' },
  'iceberg-tables': {
    format: 'iceberg',
    conf: conf({
      'sql.extensions': 'org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions',
      [iceberg]: 'org.apache.iceberg.spark.SparkCatalog',
      [`${iceberg}.warehouse`]: 's3://scratch-bucket/warehouse',
      [`${iceberg}.catalog-impl`]: 'org.apache.iceberg.aws.glue.GlueCatalog',
      [`${iceberg}.io-impl`]: 'org.apache.iceberg.aws.s3.S3FileIO',
    }),
  },
  'delta-tables': {
    format: 'delta',
    conf: conf({
      'sql.extensions': 'io.delta.sql.DeltaSparkSessionExtension',
      'sql.catalog.spark_catalog': 'org.apache.spark.sql.delta.catalog.DeltaCatalog',
    }),
  },
  'hudi-tables': { format: 'hudi', conf: conf({ serializer: 'org.apache.spark.serializer.KryoSerializer' }) },
};
