import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { pythonFolder } from '../../local/glue/processes/python-folder.ts';

function asSpark(statement: string): string {
  const script = 'import sys; from _hive_ddl import as_spark; print(as_spark(sys.argv[1]).replace("\\n", " "), end="")';
  const env = { PATH: process.env.PATH, PYTHONPATH: path.join(pythonFolder, 'awsglue') };
  const { stdout, stderr } = spawnSync('python3', ['-c', script, statement], { encoding: 'utf8', env });
  expect(stderr).toBe('');
  return stdout.replaceAll(/\s+/g, ' ').trim();
}

test.each([
  ['SELECT 1', 'SELECT 1'],
  ['CREATE TABLE t (a int) USING parquet', 'CREATE TABLE t (a int) USING parquet'],
  [
    "CREATE EXTERNAL TABLE IF NOT EXISTS db.t (a INT, d decimal(10,2)) PARTITIONED BY (p string) STORED AS PARQUET LOCATION 's3://x/'",
    "CREATE TABLE IF NOT EXISTS db.t (a INT, d decimal(10,2)) USING parquet PARTITIONED BY (p string) LOCATION 's3://x/'",
  ],
  ['create table t stored as orc as select * from x', 'CREATE TABLE t USING orc as select * from x'],
  [
    "CREATE TABLE t (a int) ROW FORMAT DELIMITED FIELDS TERMINATED BY '|' LINES TERMINATED BY '\n' STORED AS TEXTFILE",
    "CREATE TABLE t (a int) USING csv OPTIONS ('sep' '|', 'header' 'false')",
  ],
  [
    "CREATE EXTERNAL TABLE `t` (`a` string) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' WITH SERDEPROPERTIES ('separatorChar' = ';') LOCATION 's3://b/' TBLPROPERTIES ('skip.header.line.count'='1')",
    "CREATE TABLE `t` (`a` string) USING csv OPTIONS ('sep' ';', 'header' 'true') LOCATION 's3://b/' TBLPROPERTIES ('skip.header.line.count'='1')",
  ],
])('Hive’s %s becomes Spark’s %s', (hive, spark) => {
  expect(asSpark(hive)).toBe(spark);
});
