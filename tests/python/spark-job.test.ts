import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CreateDatabaseCommand,
  GetJobRunCommand,
  GetPartitionsCommand,
  GetTableCommand,
  StartJobRunCommand,
} from '@aws-sdk/client-glue';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRealClock } from '../../local/clock/real-clock.ts';
import { findGluePython } from '../../local/glue/processes/glue-python.ts';
import { createProcessRunner } from '../../local/glue/processes/process-runner.ts';
import { runFolder } from '../../local/glue/processes/run-folder.ts';
import { openRuntime } from '../../local/runtime.ts';

const tables = `from awsglue import DynamicFrame
from awsglue.context import GlueContext
from pyspark.context import SparkContext

glueContext = GlueContext(SparkContext.getOrCreate())
data = glueContext.createDataFrame([(1, "d1"), (2, "d1"), (3, "d2")], ["id", "day"])
orders = DynamicFrame.fromDF(data, glueContext, "orders")
sink = glueContext.getSink(
    connection_type="s3",
    path="s3://lake/orders/",
    enableUpdateCatalog=True,
    updateBehavior="UPDATE_IN_DATABASE",
    partitionKeys=["day"],
)
sink.setFormat("glueparquet")
sink.setCatalogInfo(catalogDatabase="sales", catalogTableName="orders")
sink.writeFrame(orders)
read = lambda **options: glueContext.create_dynamic_frame.from_catalog(database="sales", table_name="orders", **options)
print("all", sorted(row.id for row in read().toDF().collect()))
print("one day", [row.id for row in read(push_down_predicate="day = 'd2'").toDF().collect()])
glueContext.write_dynamic_frame.from_catalog(frame=orders, database="sales", table_name="orders")
print("again", read().count())
`;

const made = findGluePython('5.1', process.env) !== undefined;

const script = `import sys
from awsglue.transforms import *
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue import DynamicFrame

args = getResolvedOptions(sys.argv, ["JOB_NAME", "source", "target"])
glueContext = GlueContext(SparkContext())
spark = glueContext.spark_session
job = Job(glueContext)
job.init(args["JOB_NAME"], args)
orders = glueContext.create_dynamic_frame.from_options(
    connection_type="s3",
    connection_options={"paths": [args["source"]], "recurse": True},
    format="csv",
    format_options={"withHeader": True},
    transformation_ctx="orders",
)
if orders.count() > 0:
    mapped = ApplyMapping.apply(
        frame=orders,
        mappings=[("id", "string", "id", "long"), ("amount", "string", "order.amount", "double"),
                  ("name", "string", "name", "string"), ("gone", "string", "gone", "string")],
        transformation_ctx="mapped",
    )
    kept = Filter.apply(frame=mapped, f=lambda record: record["id"] > 1)

    def upper(record):
        record["upper"] = record["name"].upper()
        del record["name"]
        return record

    flat = UnnestFrame.apply(frame=Map.apply(frame=kept, f=upper))
    flat = RenameField.apply(flat, "order.amount", "amount").resolveChoice(specs=[("amount", "cast:int")])
    names = SelectFields.apply(frame=orders, paths=["id", "name"]).resolveChoice(specs=[("id", "cast:long")])
    joined = Join.apply(flat, names, ["id"], ["id"]).drop_fields([".id"])
    glueContext.write_dynamic_frame.from_options(
        frame=joined,
        connection_type="s3",
        connection_options={"path": args["target"], "partitionKeys": ["upper"]},
        format="glueparquet",
    )
print("read", orders.count())
for row in spark.read.parquet(args["target"]).orderBy("id").collect():
    print(row.id, row.amount, row.name, row.upper)
nested = DynamicFrame.fromDF(spark.read.json(spark.sparkContext.parallelize(['{"a":1,"b":{"c":2},"e":[{"f":1},{"f":2}]}'])), glueContext, "nested")
tables = Relationalize.apply(frame=nested, staging_path="s3://lake/tmp/", name="root")
print({name: sorted(frame.toDF().columns) for name, frame in tables.items()})
print([row["e.val.f"] for row in tables["root_e"].toDF().orderBy("index").collect()])
job.commit()
`;

describe('a Spark job of Glue, on PySpark', () => {
  const home = fs.mkdtempSync(path.join(tmpdir(), 'spark-'));
  const landing = path.join(home, 's3/landing/orders');
  beforeAll(() => {
    fs.mkdirSync(path.join(landing, 'more'), { recursive: true });
    fs.writeFileSync(path.join(landing, 'a.csv'), 'id,amount,name\n1,2.5,ann\n2,3.5,bob\n');
    fs.writeFileSync(path.join(landing, 'more/b.csv'), 'id,amount,name\n3,4.5,"c, d"\n');
    fs.writeFileSync(path.join(home, 'job.py'), script);
  });
  beforeEach((context) => {
    if (!made) context.skip('npx gluewright glue-python makes the Python that it needs');
  });
  afterAll(() => fs.rmSync(home, { recursive: true }));

  async function run(id: string): Promise<readonly string[]> {
    const runner = createProcessRunner({
      home,
      root: home,
      buckets: path.join(home, 's3'),
      clock: createRealClock(),
      env: process.env,
      endpoint: () => ({ url: 'http://127.0.0.1:9', key: 'LOCAL' }),
    });
    const args = { '--source': 's3://landing/orders/', '--target': 's3://lake/out/' };
    const job = { name: 'etl', type: 'glueetl', script: 'job.py', args: {}, maxConcurrentRuns: 1 } as const;
    const bookmark = { '--job-bookmark-option': 'job-bookmark-enable' };
    const report = await new Promise((resolve) => {
      const one = { id, job, arguments: { ...args, ...bookmark }, ordinal: 1, launchedOn: 0 };
      runner.run(one, (said) => said.is === 'ended' && resolve(said));
    });
    runner.close();
    expect(report).toEqual({ is: 'ended', state: 'SUCCEEDED' });
    return fs.readFileSync(runFolder(home, id).output, 'utf8').trimEnd().split('\n');
  }

  test('reads, transforms and writes; the next run reads only new files; no .crc file is left', async () => {
    const rows = ['2 3 bob BOB', '3 4 c, d C, D'];
    const tables = ["{'root': ['a', 'b.c', 'e'], 'root_e': ['e.val.f', 'id', 'index']}", '[1, 2]'];
    expect(await run('jr_1')).toEqual(['read 3', ...rows, ...tables]);
    fs.writeFileSync(path.join(landing, 'c.csv'), 'id,amount,name\n4,5.5,eve\n');
    expect(await run('jr_2')).toEqual(['read 1', ...rows, '4 5 eve EVE', ...tables]);
    const left = fs.readdirSync(path.join(home, 's3'), { recursive: true, encoding: 'utf8' });
    expect(left.filter((file) => file.endsWith('.crc'))).toEqual([]);
    expect(left.some((file) => /lake\/out\/upper=BOB\/.*\.parquet$/.test(file))).toBe(true);
  }, 400_000);

  test('writes tables of the catalog, and reads them back', async () => {
    fs.writeFileSync(path.join(home, 'tables.py'), tables);
    const runtime = await openRuntime({
      home: path.join(home, '.gluewright'),
      root: home,
      clock: createRealClock(),
      pipelines: [],
      jobs: { tables: { name: 'tables', type: 'glueetl', script: 'tables.py', args: {}, maxConcurrentRuns: 1 } },
    });
    const { glue } = runtime.clients;
    try {
      await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'sales' } }));
      const { JobRunId = '' } = await glue.send(new StartJobRunCommand({ JobName: 'tables' }));
      const state = async () =>
        (await glue.send(new GetJobRunCommand({ JobName: 'tables', RunId: JobRunId }))).JobRun?.JobRunState;
      await expect.poll(state, { timeout: 300_000, interval: 200 }).toMatch(/SUCCEEDED|FAILED/);
      const output = fs.readFileSync(runtime.runFolder(JobRunId)?.output ?? '', 'utf8');
      expect(output.trimEnd().split('\n')).toEqual(['all [1, 2, 3]', 'one day [3]', 'again 6']);
      const { Table } = await glue.send(new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }));
      expect(Table).toMatchObject({
        Parameters: { classification: 'parquet' },
        PartitionKeys: [{ Name: 'day', Type: 'string' }],
        StorageDescriptor: { Columns: [{ Name: 'id', Type: 'bigint' }], Location: 's3://lake/orders/' },
      });
      const { Partitions = [] } = await glue.send(
        new GetPartitionsCommand({ DatabaseName: 'sales', TableName: 'orders' }),
      );
      expect(Partitions.map(({ Values }) => Values)).toEqual([['d1'], ['d2']]);
    } finally {
      await runtime.close();
    }
  }, 400_000);
});
