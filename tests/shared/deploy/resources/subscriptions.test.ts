import { expect, test } from 'vitest';
import { awaitedKinds, subscriptions } from '../../../../shared/deploy/resources/subscriptions.ts';
import { allKinds } from '../../../../shared/tasks/kinds.ts';
import { pipelineFrom } from '../../../pipeline-from.ts';

const crawl = pipelineFrom({ pipeline: 'crawl', tasks: { tables: { crawler: 'raw' }, pause: { wait: '1m' } } });
const after = {
  pipeline: 'after',
  triggers: { load: { 'glue-job': { name: 'load' } } },
  tasks: { tables: { crawler: 'raw' } },
};

const rulesOf = (kinds: ReadonlySet<string>): string[] => subscriptions('', kinds).map(({ rule }) => rule);

test.each([
  ['no pipeline', [], []],
  ['a crawl and a wait', [crawl], ['crawler-end']],
  ['a trigger that waits for a job', [crawl, pipelineFrom(after)], ['glue-job-end', 'crawler-end']],
])('%s: rules only for the ends that matter', (_, pipelines, expected) => {
  expect(rulesOf(awaitedKinds(pipelines))).toEqual([...expected, 'run-state', 'reconcile']);
});

test('each kind whose service reports ends has a rule where it is used', () => {
  for (const { kind, runs } of allKinds) {
    expect(rulesOf(new Set([kind])).includes(`${kind}-end`)).toBe(runs.event !== undefined);
  }
});
