import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { pythonFolder, startupFolder } from '../../local/glue/processes/python-folder.ts';

const folder = fs.mkdtempSync(path.join(tmpdir(), 'awsglue-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

function run(
  script: string,
  args: readonly string[] = [],
  more: Record<string, string> = {},
): SpawnSyncReturns<string> {
  const file = path.join(folder, 'job.py');
  fs.writeFileSync(file, script);
  const buckets = path.join(folder, 's3');
  const env = { PATH: process.env.PATH, PYTHONPATH: pythonFolder, GLUEWRIGHT_BUCKETS: buckets, ...more };
  return spawnSync('python3', [file, ...args], { encoding: 'utf8', env });
}

describe('getResolvedOptions', () => {
  const script = (names: string) => `import json, sys
from awsglue.utils import getResolvedOptions, GlueArgumentError
try:
    print(json.dumps(getResolvedOptions(sys.argv, ${names})))
except GlueArgumentError as error:
    print(error)
`;

  test('needs no Spark, ignores other arguments, and takes values that begin with a hyphen', () => {
    const args = [
      '--JOB_NAME',
      'etl',
      '--gluewright_output',
      's3://o/x.json',
      '--n',
      '-3',
      '--enable-metrics',
      '--q=a b',
    ];
    const { stdout, stderr } = run(script("['JOB_NAME', 'n', 'q']"), args);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      JOB_NAME: 'etl',
      n: '-3',
      q: 'a b',
      job_bookmark_option: 'job-bookmark-disable',
    });
  });

  test('names the missing argument', () => {
    expect(run(script("['source']")).stdout).toContain('required: --source');
  });

  test('takes abbreviations up to Glue 5.1, and refuses them in 6.0', () => {
    const args = ['--sour', 'x'];
    expect(JSON.parse(run(script("['source']"), args, { GLUE_VERSION: '5.1' }).stdout)).toMatchObject({ source: 'x' });
    expect(run(script("['source']"), args, { GLUE_VERSION: '6.0' }).stdout).toContain('abbreviation of --source');
  });
});

describe('what is not supported', () => {
  test.each([
    ['from awsglueml.transforms import EntityDetector', 'awsglueml'],
    ['rules = "Rules = [ ColumnCount > 0, DetectAnomalies \\"RowCount\\" ]"', 'DetectAnomalies'],
    ['from delta.tables import DeltaTable', 'delta'],
    ['spark.sql(f"CREATE TABLE {name} (a int) USING iceberg")', 'Iceberg'],
    [
      'conf.set("spark.sql.extensions", "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")',
      'Iceberg',
    ],
    ['frame.writeTo("glue_catalog.a.b").using("iceberg").create()', 'Iceberg'],
    ['frame.write.format("avro").save("s3://a/b")', "the format 'avro' needs its jars"],
    ['from awsglue.transforms import FindMatches', 'awsglue.transforms.FindMatches'],
    ['x.write_dynamic_frame.from_jdbc_conf(frame=f)', 'from_jdbc_conf'],
    ['x.create_dynamic_frame.from_options("dynamodb", {})', "'dynamodb'"],
    ['x.create_dynamic_frame.from_options(connection_type="s3", format="ion")', "'ion'"],
    ['x.write_dynamic_frame.from_options(f, "redshift", {})', "'redshift'"],
    ['x.getSink(connection_type="opensearch")', "'opensearch'"],
    ['spark.read.format("delta").load("s3://a/b")', 'Delta'],
    ['spark.read.format("kafka").load()', "'kafka'"],
  ])('is refused by name and line: %s', (line, named) => {
    const { status, stderr } = run(`from awsglue.utils import getResolvedOptions\n\n${line}\n`);
    expect(status).toBe(1);
    expect(stderr).toContain(`${path.join(folder, 'job.py')}:3: `);
    expect(stderr).toContain(named);
  });

  test.each([['--datalake-formats', 'iceberg,delta'], ['--datalake-formats=iceberg,delta']])(
    'is a table format without jars, under the name of its argument: %s',
    (...args) => {
      const { status, stderr } = run('from awsglue.utils import getResolvedOptions\n', args);
      const command = 'npx gluewright glue-python --glue-version 5.1 --formats';
      expect([status, stderr.trim().split('\n')]).toEqual([
        1,
        [
          `--datalake-formats: Iceberg tables need its jars: ${command} iceberg`,
          `--datalake-formats: Delta tables need its jars: ${command} delta`,
        ],
      ]);
    },
  );

  test('is Hudi in Glue 6.0, which has no jar for its Spark', () => {
    const script = 'from awsglue.utils import getResolvedOptions\n';
    const { stderr } = run(script, ['--datalake-formats', 'hudi'], { GLUE_VERSION: '6.0' });
    expect(stderr).toBe('--datalake-formats: Hudi tables are not supported locally with Glue 6.0\n');
  });

  test('is never a format with jars that are loaded, or that the job adds itself', () => {
    const script = `import awsglue.utils
sql = "CREATE TABLE a (b int) USING iceberg"
print("kept")\n`;
    expect(run(script, [], { GLUEWRIGHT_FORMATS: 'avro,iceberg' }).stdout).toBe('kept\n');
    expect(run(script, ['--extra-jars', 's3://lake/iceberg.jar']).stdout).toBe('kept\n');
    expect(run(script, [], { GLUEWRIGHT_FORMATS: 'avro' }).stderr).toContain('job.py:2: Iceberg tables need');
  });

  test('is refused within a second, all of it at once', () => {
    const line = 'y = x.create_dynamic_frame.from_options("jdbc", {})\n';
    const file = path.join(folder, 'job.py');
    fs.writeFileSync(file, `from awsglue.context import GlueContext\n${line.repeat(300)}`);
    const env = { PATH: process.env.PATH, PYTHONPATH: pythonFolder, GLUEWRIGHT_BUCKETS: path.join(folder, 's3') };
    // processor seconds, since the machine may be busy with other tests
    const { stdout, stderr } = spawnSync('sh', ['-c', 'python3 "$0"; times', file], { encoding: 'utf8', env });
    const times = [...stdout.matchAll(/(\d+)m([\d.]+)s/g)].map(
      ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
    );
    const seconds = times.reduce((sum, each) => sum + each, 0);
    expect(times).toHaveLength(4);
    expect(stderr.trim().split('\n')).toHaveLength(300);
    expect(seconds).toBeLessThan(1);
  });

  test('never refuses a script that only formats text', () => {
    const script =
      '"""Not CREATE TABLE a USING delta."""\nimport awsglue.utils\nprint("{}".format("jdbc"), "delta".format("delta"))\n';
    expect(run(script).stdout).toBe('jdbc delta\n');
  });
});

const hasSpark = spawnSync('python3', ['-c', 'import pyspark']).status === 0;

test.for([
  ['with awsglue', 'from awsglue.context import GlueContext'],
  ['without it', 'from pyspark.sql import SparkSession'],
] as const)('without PySpark a Spark job %s says how to install it', ([, script], context) => {
  if (hasSpark) context.skip('python3 has PySpark');
  const PYTHONPATH = [startupFolder, pythonFolder].join(path.delimiter);
  const { status, stderr } = run(script, [], { GLUE_VERSION: '6.0', PYTHONPATH });
  expect([status, stderr]).toEqual([
    1,
    'PySpark is missing, and Spark jobs need it: npx gluewright glue-python --glue-version 6.0\n',
  ]);
});
