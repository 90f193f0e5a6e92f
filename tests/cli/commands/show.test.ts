import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { createVirtualClock } from '../../../local/clock/virtual-clock.ts';
import { openRuntime } from '../../../local/runtime.ts';
import { startRun } from '../../../shared/actors/start-run.ts';
import { pipelineFrom } from '../../pipeline-from.ts';
import { filesOfDocs } from '../../shared/tasks-of-docs.ts';
import { createProject, gluewright } from '../project-folder.ts';

const orders = `pipeline: orders
tasks:
  load: { glue-job: etl }
  report: { glue-job: etl, after: load }
`;

/** A project in which a run has gone on for so long. @param look is handed what asks the API, before the runtime closes */
async function projectAfter(
  seconds: number,
  look?: (get: (path: string) => Promise<string>) => Promise<void>,
  text = orders,
): Promise<string> {
  const root = createProject({ 'statemachines/orders.yml': text });
  const home = join(root, '.gluewright');
  mkdirSync(home);
  const pipeline = pipelineFrom(text);
  const clock = createVirtualClock(Date.UTC(2026, 10, 22));
  const names = ['etl', ...pipeline.tasks.flatMap(({ work }) => ('job' in work ? [String(work.job)] : []))];
  const jobs = Object.fromEntries(
    names.map((name) => [name, { name, type: 'pythonshell', args: {}, maxConcurrentRuns: 5 } as const]),
  );
  const simulate = () => ({ seconds: 60 });
  const simulateWork = () => ({ seconds: 60, state: 'succeeded' as const });
  const runtime = await openRuntime({ home, clock, pipelines: [pipeline], jobs, simulate, simulateWork });
  const interval = { start: '2026-11-21T00:00:00Z', end: '2026-11-22T00:00:00Z' };
  const required = Object.entries(pipeline.params).filter(([, param]) => param.default === undefined);
  const params = Object.fromEntries(required.map(([name]) => [name, '2026-11-21']));
  const answer = await startRun(runtime.system, { pipeline: pipeline.name, cause: 'monday', interval, params });
  expect(answer).toMatchObject({ is: 'run' });
  const end = clock.now() + seconds * 1_000;
  await clock.run(() => clock.now() >= end);
  await look?.(async (path) => {
    const request = { rawPath: path, requestContext: { http: { method: 'GET' } } };
    return z.object({ body: z.string() }).parse(await runtime.functions.invoke('api', request)).body;
  });
  await runtime.close();
  return root;
}

test('of a run that is not over, while nothing runs its home, show and why say so', async () => {
  const root = await projectAfter(30);
  for (const command of ['show', 'why']) {
    expect((await gluewright(root, command, 'latest')).out).toMatch(
      /no runtime is running: npx gluewright dev continues it/,
    );
  }
});

test('a run that is over is shown as it was defined, and that its pipeline has been changed', async () => {
  const root = await projectAfter(600);
  const before = (await gluewright(root, 'show', 'latest')).out;
  expect(before).not.toMatch(/no runtime is running|has changed/);
  writeFileSync(
    join(root, 'statemachines/orders.yml'),
    'pipeline: orders\ntasks:\n  first: { glue-job: etl }\n  report: { glue-job: etl, after: first }\n',
  );
  const { out } = await gluewright(root, 'show', 'latest');
  expect(out).toMatch(/load +✔ succeeded[\s\S]*report +✔ succeeded[\s\S]*the pipeline has changed since/);
  expect(out).not.toContain('first');
});

test.each([30, 600])(
  'what show prints as JSON after %i seconds is what the API answers, byte for byte',
  async (seconds) => {
    const answers = new Map<string, string>();
    const root = await projectAfter(seconds, async (get) => {
      for (const path of ['/runs/orders-monday', '/runs']) answers.set(path, await get(path));
    });
    expect((await gluewright(root, 'show', 'orders-monday', '--json')).out).toBe(
      `${answers.get('/runs/orders-monday')}\n`,
    );
    expect((await gluewright(root, 'runs', '--json')).out).toBe(`${answers.get('/runs')}\n`);
  },
);

test.each(filesOfDocs())('the same holds for the task in $page, during its run and afterwards', async ({ text }) => {
  const run = `${pipelineFrom(text).name}-monday`;
  for (const seconds of [30, 600]) {
    let answer = '';
    const look = async (get: (path: string) => Promise<string>): Promise<void> => {
      answer = await get(`/runs/${run}`);
    };
    const root = await projectAfter(seconds, look, text);
    expect(answer).toContain('"state":"');
    expect((await gluewright(root, 'show', run, '--json')).out).toBe(`${answer}\n`);
  }
});
