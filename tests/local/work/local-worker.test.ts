import { expect, test } from 'vitest';
import { createVirtualClock } from '../../../local/clock/virtual-clock.ts';
import { counterparts } from '../../../local/work/counterparts.ts';
import { createLocalWorker } from '../../../local/work/local-worker.ts';
import { present } from '../../../shared/json.ts';
import { createCatalog } from '../../../shared/services/catalog.ts';
import { pipelineFrom } from '../../pipeline-from.ts';

function workerOf(tasks: object) {
  const pipeline = pipelineFrom({ pipeline: 'one', tasks });
  const catalog = createCatalog([{ pipeline, stateMachineArn: 'm' }]);
  return createLocalWorker({ clock: createVirtualClock(0), catalog, counterparts, root: '.', env: () => ({}) });
}

const local = { simulate: '60s' };

test('a query is replaced only by its own task, although queries share a workgroup', () => {
  const { plan } = workerOf({
    replaced: { athena: 'SELECT 1', database: 'sales', local },
    real: { athena: 'SELECT 2', database: 'sales' },
  });
  expect(plan('athena', 'primary', { QueryString: 'SELECT 1' })).toBeDefined();
  expect(plan('athena', 'primary', { QueryString: 'SELECT 2' })).toBeUndefined();
});

test('an evaluation is replaced only by the task with its table and partitions, although tasks share a ruleset', () => {
  const gate = { 'data-quality': 'rules', database: 'sales', role: 'reader' };
  const { plan } = workerOf({
    replaced: { ...gate, table: 'orders', partitions: "day = '1'", local },
    otherPartitions: { ...gate, table: 'orders', partitions: "day = '2'" },
    otherTable: { ...gate, table: 'refunds' },
    computed: { ...gate, table: 'prices', partitions: "{% 'day = ' & $run.id %}", local },
  });
  const evaluation = (TableName: string, pushDownPredicate?: string, DatabaseName = 'sales') => ({
    DataSource: { GlueTable: { DatabaseName, TableName, AdditionalOptions: present({ pushDownPredicate }) } },
    Role: 'reader',
    RulesetNames: ['rules'],
  });
  const isReplaced = (input: ReturnType<typeof evaluation>) => plan('data-quality', 'rules', input) !== undefined;

  expect(isReplaced(evaluation('orders', "day = '1'"))).toBe(true);
  expect(isReplaced(evaluation('orders', "day = '2'"))).toBe(false);
  expect(isReplaced(evaluation('orders'))).toBe(false);
  expect(isReplaced(evaluation('refunds'))).toBe(false);
  expect(isReplaced(evaluation('orders', "day = '1'", 'other'))).toBe(false);
  expect(isReplaced(evaluation('prices', 'day = one-1'))).toBe(true);
});

test('a crawler is replaced for every caller', () => {
  const { plan } = workerOf({ one: { crawler: 'raw', local }, two: { crawler: 'raw' } });
  expect(plan('crawler', 'raw', { Name: 'raw' })).toBeDefined();
  expect(plan('crawler', 'raw')).toBeDefined();
  expect(plan('crawler', 'other')).toBeUndefined();
});
