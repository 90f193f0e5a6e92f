import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CreateDataQualityRulesetCommand,
  GetCrawlerCommand,
  GetDataQualityResultCommand,
  GetDataQualityRulesetEvaluationRunCommand,
  StartCrawlerCommand,
  StartDataQualityRulesetEvaluationRunCommand,
} from '@aws-sdk/client-glue';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createRealClock } from '../../../local/clock/real-clock.ts';
import { openRuntime, type Runtime } from '../../../local/runtime.ts';

const home = mkdtempSync(path.join(tmpdir(), 'gluewright-quality-'));
let runtime: Runtime;
let rulesets = 0;

beforeAll(async () => {
  const folder = path.join(home, 's3/lake/orders');
  mkdirSync(folder, { recursive: true });
  const rows = [
    { id: 1, price: 1.5, state: 'new', at: '2026-11-01' },
    { id: 2, price: 2.5, state: 'paid', at: '2026-11-02' },
    { id: 2, price: -1, state: 'lost', at: '2026-11-03' },
    { id: 4, price: 3, state: null, at: '2026-11-04' },
  ];
  writeFileSync(path.join(folder, 'a.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const orders = { name: 'orders', database: 'sales', paths: ['s3://lake/orders/'], tablePrefix: '', exclusions: [] };
  runtime = await openRuntime({ home, clock: createRealClock(), pipelines: [], jobs: {}, crawlers: { orders } });
  await runtime.clients.glue.send(new StartCrawlerCommand({ Name: 'orders' }));
  await vi.waitFor(async () => {
    const { Crawler } = await runtime.clients.glue.send(new GetCrawlerCommand({ Name: 'orders' }));
    expect(Crawler).toMatchObject({ State: 'READY', LastCrawl: { Status: 'SUCCEEDED' } });
  });
});
afterAll(async () => {
  await runtime.close();
  rmSync(home, { recursive: true, force: true });
});

async function evaluated(rules: string, TableName = 'orders', AdditionalOptions?: Record<string, string>) {
  const Name = `rules-${rulesets++}`;
  const { glue } = runtime.clients;
  await glue.send(new CreateDataQualityRulesetCommand({ Name, Ruleset: `Rules = [ ${rules} ]` }));
  const { RunId } = await glue.send(
    new StartDataQualityRulesetEvaluationRunCommand({
      DataSource: { GlueTable: { DatabaseName: 'sales', TableName, AdditionalOptions } },
      Role: 'any',
      RulesetNames: [Name],
      AdditionalRunOptions: { CloudWatchMetricsEnabled: true },
    }),
  );
  const run = await vi.waitFor(async () => {
    const now = await glue.send(new GetDataQualityRulesetEvaluationRunCommand({ RunId }));
    expect(now.Status).not.toBe('RUNNING');
    return now;
  });
  if (run.Status !== 'SUCCEEDED') return run.ErrorString;
  return glue.send(new GetDataQualityResultCommand({ ResultId: run.ResultIds?.[0] }));
}

describe('data quality of a table in the local catalog', () => {
  test.each(['pushDownPredicate', 'catalogPartitionPredicate'])('%s says which rows are evaluated', async (option) => {
    expect(await evaluated('RowCount = 2', 'orders', { [option]: 'id = 2' })).toMatchObject({ Score: 1 });
  });

  test('each rule has a verdict, a figure and, if it failed, a reason', async () => {
    expect(await evaluated('RowCount = 4, IsComplete "state", IsUnique "id"')).toMatchObject({
      Score: 1 / 3,
      RuleResults: [
        { Name: 'Rule_1', Description: 'RowCount = 4', Result: 'PASS', EvaluatedMetrics: { 'Dataset.*.RowCount': 4 } },
        {
          Description: 'IsComplete "state"',
          Result: 'FAIL',
          EvaluationMessage: 'Value: 0.75 does not meet the constraint requirement!',
          EvaluatedMetrics: { 'Column.state.Completeness': 0.75 },
        },
        { Result: 'FAIL', EvaluatedMetrics: { 'Column.id.Uniqueness': 0.5 } },
      ],
    });
  });

  test.each([
    ['Completeness "state" > 0.7', 'PASS'],
    ['IsPrimaryKey "id" "at"', 'PASS'],
    ['IsPrimaryKey "id" "state"', 'FAIL'],
    ['DistinctValuesCount "id" = 3', 'PASS'],
    ['UniqueValueRatio "id" between 0.6 and 0.7', 'PASS'],
    ['Mean "price" = 1.5', 'PASS'],
    ['Sum "price" = 6', 'PASS'],
    ['ColumnCount = 4', 'PASS'],
    ['ColumnExists "nothing"', 'FAIL'],
    ['ColumnDataType "id" = "Integer"', 'PASS'],
    ['ColumnDataType "state" = "Double"', 'FAIL'],
    ['ColumnValues "price" > 0', 'FAIL'],
    ['ColumnValues "price" > 0 with threshold >= 0.75', 'PASS'],
    ['ColumnValues "state" in ["new", "paid", "lost"]', 'PASS'],
    ['ColumnValues "state" in ["new", "paid"]', 'FAIL'],
    ['ColumnValues "state" != NULL', 'FAIL'],
    ['ColumnValues "state" matches "[a-z]+"', 'PASS'],
    ['ColumnValues "at" between "2026-10-31" and "2026-11-05"', 'PASS'],
    ['ColumnValues "at" between "2026-10-31" and "2026-11-04"', 'FAIL'],
    ['ColumnLength "state" <= 4', 'PASS'],
    ['DataFreshness "at" > 1 hour', 'PASS'],
    ['CustomSql "select count(*) from primary where price < 0;" = 1', 'PASS'],
    ['CustomSql "select * from primary where price > 0" with threshold > 0.7', 'PASS'],
    ['RowCount = 1 where "price > 2.6"', 'PASS'],
    ['(RowCount = 4) and (IsUnique "id")', 'FAIL'],
    ['(RowCount = 4) or (IsUnique "id")', 'PASS'],
    ['IsComplete "nothing"', 'ERROR'],
    ['CustomSql "select from" = 1', 'ERROR'],
    ['CustomSql "create table other as select 1" = 1', 'ERROR'],
    ['CustomSql "select count(*) from read_text(\'/etc/hostname\')" = 1', 'ERROR'],
    ['FileFreshness "s3://x" > 1', 'ERROR'],
  ])('%s: %s', async (rule, verdict) => {
    expect(await evaluated(rule)).toMatchObject({ RuleResults: [{ Result: verdict }] });
  });

  test('fails with the name of a missing table', async () => {
    expect(await evaluated('RowCount > 0', 'missing')).toBe('there is no table sales.missing in the catalog');
  });
});
