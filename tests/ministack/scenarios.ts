import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, vi } from 'vitest';
import { startedRun } from '../../shared/api/kit/start-shape.ts';
import { rerunPlan } from '../../shared/views/run/rerun-view.ts';
import { whereView } from '../../shared/views/triggers/trigger-lists.ts';
import { type Deployed, isSettled, outcomes } from './deployed.ts';
import type { Ministack } from './start-ministack.ts';
import { bucketOf, stack, type TestProject } from './test-project.ts';

export const demoJobs = ['airports', 'flights', 'strikes', 'population']
  .map((name) => `${stack}-extract-${name}`)
  .concat(`${stack}-airport-safety-report`);

const never = `s3://${bucketOf('lake')}/nobody-writes-this`;

export async function uploadDatabases(deployed: Deployed, { databases }: TestProject): Promise<void> {
  for (const name of ['airports', 'flights', 'strikes', 'population'])
    await deployed.put('databases', `${name}.sqlite`, readFileSync(path.join(databases, `${name}.sqlite`)));
}

/** Writes the marker of a day's export. @returns the run, and the seconds until its end */
export async function reportOf(deployed: Deployed, day: string, limit: number) {
  const before = performance.now();
  await deployed.put('landing', `exports/${day}/_SUCCESS`, '');
  const id = await vi.waitFor(
    async () => {
      for (const run of await deployed.runsOf('airport-safety'))
        if ((await deployed.readRun(run.id)).params.day === day) return run.id;
      throw new Error(`no run for ${day}`);
    },
    { timeout: 30_000, interval: 250 },
  );
  const run = await deployed.until(id, isSettled, limit);
  expect(run.status, JSON.stringify([run.error, run.cause, outcomes(run)])).toBe('SUCCEEDED');
  expect((await deployed.read('lake', `airport-safety/${day}/report.csv`)).split('\n').length).toBeGreaterThan(50);
  return { run, seconds: (performance.now() - before) / 1000 };
}

export async function startsOnSchedule(deployed: Deployed): Promise<void> {
  const [first] = await vi.waitFor(
    async () => {
      const runs = await deployed.runsOf('each-minute');
      expect(runs.filter(({ status }) => status === 'SUCCEEDED').length).toBeGreaterThan(0);
      return runs.toReversed();
    },
    { timeout: 150_000, interval: 500 },
  );
  const { interval } = first ?? {};
  expect(Date.parse(interval?.end ?? '') - Date.parse(interval?.start ?? '')).toBe(60_000);
  const run = await deployed.readRun(first?.id ?? '');
  const tick = await deployed.jobRun(`${stack}-work`, run.tasks[0]?.attempts[0]?.id ?? '');
  expect(tick?.Arguments).toMatchObject({ '--says': interval?.start });
}

export async function startsWhenAsked(deployed: Deployed): Promise<void> {
  const id = await deployed.start('on-request', {}, 'order-1');
  expect(await deployed.start('on-request', {}, 'order-1')).toBe(id);
  const run = await deployed.until(id, isSettled, 60);
  expect(run.status).toBe('SUCCEEDED');
  expect(run.tasks[0]?.output).toEqual({ says: 'hello' });
  const second = await deployed.jobRun(`${stack}-work`, run.tasks[1]?.attempts[0]?.id ?? '');
  expect(second?.Arguments).toMatchObject({ '--says': 'hello' });
}

export async function startsOnceForABatch(deployed: Deployed): Promise<void> {
  for (const name of ['a', 'b', 'c']) await deployed.put('landing', `files/2026-11-22/${name}.csv`, name);
  await vi.waitFor(async () => expect(await deployed.runsOf('batches')).toHaveLength(1), { timeout: 60_000 });
  const [{ id } = { id: '' }] = await deployed.runsOf('batches');
  const run = await deployed.until(id, isSettled, 60);
  expect(run).toMatchObject({ status: 'SUCCEEDED', params: { day: '2026-11-22' }, trigger: { ending: 'size' } });
  expect(run.tasks[0]?.output).toEqual({ says: '3' });
  await deployed.put('landing', 'files/2026-11-22/late.csv', 'late');
  await vi.waitFor(
    async () => {
      const address = `s3://${bucketOf('landing')}/files/2026-11-22/late.csv`;
      const { arrivals } = whereView.parse(await deployed.ask(`/arrivals?object=${encodeURIComponent(address)}`));
      expect(arrivals).toHaveLength(1);
    },
    { timeout: 60_000, interval: 250 },
  );
  expect(await deployed.runsOf('batches')).toHaveLength(1);
}

export async function triesAgain(deployed: Deployed): Promise<void> {
  const id = await deployed.start('on-request', { fails: '1' });
  const run = await deployed.until(id, isSettled, 60);
  expect(run.status).toBe('SUCCEEDED');
  expect(outcomes(run)).toEqual({ first: 'succeeded 1', second: 'succeeded 2' });
  expect(run.tasks[1]?.attempts[0]?.reason).toContain('told to fail');
}

export async function stopReachesTheJob(deployed: Deployed): Promise<void> {
  const id = await deployed.start('on-request', { until: never });
  const live = await deployed.until(id, ({ tasks }) => tasks[1]?.state === 'running', 60);
  const job = live.tasks[1]?.attempts[0]?.id ?? '';
  expect(await deployed.jobRun(`${stack}-work`, job)).toMatchObject({ JobRunState: 'RUNNING' });
  await deployed.ask(`/runs/${id}/stop`, {});
  const run = await deployed.until(id, isSettled, 90);
  expect(run.status).toBe('ABORTED');
  expect(await deployed.jobRun(`${stack}-work`, job)).toMatchObject({ JobRunState: 'STOPPED' });
}

export async function rerunKeepsWhatIsDone(deployed: Deployed): Promise<void> {
  const id = await deployed.start('on-request', { fails: '9' });
  const failed = await deployed.until(id, isSettled, 60);
  expect(failed.status).toBe('FAILED');
  expect(outcomes(failed)).toEqual({ first: 'succeeded 1', second: 'failed 2' });
  const plan = rerunPlan.parse(await deployed.ask(`/runs/${id}/rerun-plan`, { failed: true }));
  expect(Object.fromEntries(plan.tasks.map(({ name, does }) => [name, does]))).toEqual({
    first: 'keep',
    second: 'run',
  });
  const how = { failed: true, params: { fails: '0' }, plan: plan.digest };
  const again = startedRun.parse(await deployed.ask(`/runs/${id}/rerun`, how));
  const run = await deployed.until(again.run, isSettled, 60);
  expect(run).toMatchObject({ status: 'SUCCEEDED', rerunOf: id });
  expect(run.tasks.map(({ kept }) => kept)).toEqual([true, false]);
}

/** The run during the deployment ends with the old version; the next one uses the new version. */
export async function deploysBesideALiveRun(deployed: Deployed, project: TestProject, { env }: Ministack) {
  const id = await deployed.start('on-request', { until: `s3://${bucketOf('lake')}/go` });
  await deployed.until(id, ({ tasks }) => tasks[1]?.state === 'running', 60);
  await deployed.publish('unheard', 13);
  project.change('statemachines/on-request.yml', (text) => `${text}  third: { glue-job: work, after: second }\n`);
  await project.serverless('deploy', env);
  expect((await deployed.readRun(id)).status).toBe('RUNNING');
  await deployed.put('lake', 'go', '');
  const next = await deployed.start('on-request', {});
  const [before, after] = await Promise.all([id, next].map((each) => deployed.until(each, isSettled, 120)));
  expect(before?.status).toBe('SUCCEEDED');
  expect(before?.tasks.filter(({ state }) => state === 'succeeded').map(({ name }) => name)).toEqual([
    'first',
    'second',
  ]);
  expect(after?.status).toBe('SUCCEEDED');
  expect(after && outcomes(after)).toEqual({ first: 'succeeded 1', second: 'succeeded 1', third: 'succeeded 1' });
  // of 14 versions the latest ten stay, and the first, which the alias names
  const left = await deployed.versions('unheard');
  expect(left).toHaveLength(11);
  expect(left).toContain(1);
}
