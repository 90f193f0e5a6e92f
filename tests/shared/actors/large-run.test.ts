import { expect, test } from 'vitest';
import { startRun } from '../../../shared/actors/start-run.ts';
import { limits } from '../../../shared/asl/limits.ts';
import { inputBytes } from '../../../shared/runs/run/execution-input.ts';
import { finishRun } from '../../../shared/use-cases/events/finish-run.ts';
import { readRun } from '../../../shared/views/run/read-run.ts';
import { pipelineOf, taskOf, World } from '../world/world.ts';

/** DynamoDB's limit of an item. */
const itemBytes = 400 * 1024;

test('a run of 10,000 tasks with the largest parameters fits into the ledger, with all its outcomes', async () => {
  const tasks = Array.from({ length: 10_000 }, (_, index) => taskOf(`t${index}`, index === 0 ? [] : ['t0']));
  const orders = pipelineOf('orders', { tasks, params: { text: { type: 'string' } } });
  const world = new World([orders]);
  const text = 'x'.repeat(inputBytes - 1_000);
  const answer = await startRun(world.system, { pipeline: 'orders', cause: 'large', params: { text } });
  if (answer.is === 'refused') throw new Error(answer.problems.join('; '));
  const { id } = answer.run;
  // as many errors of Step Functions as fit into the state document
  const lost: Record<string, { error: string }> = {};
  for (const { name } of tasks) {
    if (JSON.stringify(lost).length > limits.causes - 100) break;
    lost[name] = { error: 'States.QueryEvaluationError' };
  }
  await finishRun(world.system, { run: id, pipeline: 'orders', status: 'FAILED', lost });
  const item = await world.ledger.get({ partition: `run#${id}`, sort: 'run' });
  const bytes = Buffer.byteLength(JSON.stringify(item?.value));
  expect(bytes).toBeGreaterThan(inputBytes);
  expect(bytes).toBeLessThan(itemBytes);
  const states = (await readRun(world.ledger, id, [orders]))?.tasks.map(({ state }) => state) ?? [];
  expect(states).toHaveLength(10_000);
  expect(new Set(states)).toEqual(new Set(['failed', 'upstream_failed']));
}, 60_000);
