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
])('%s: the stack has rules only for the ends that it needs', (_, pipelines, expected) => {
  expect(rulesOf(awaitedKinds(pipelines))).toEqual([...expected, 'run-state', 'reconcile']);
});

test('a stack has an end rule for each kind in use, if the service sends events', () => {
  for (const { kind, runs } of allKinds) {
    expect(rulesOf(new Set([kind])).includes(`${kind}-end`)).toBe(runs.event !== undefined);
  }
});
