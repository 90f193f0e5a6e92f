import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Deployed, isSettled, openDeployed, outcomes } from './deployed.ts';
import {
  demoJobs,
  deploysBesideALiveRun,
  reportOf,
  rerunKeepsWhatIsDone,
  startsOnceForABatch,
  startsOnSchedule,
  startsWhenAsked,
  stopReachesTheJob,
  triesAgain,
  uploadDatabases,
} from './scenarios.ts';
import { type Ministack, startMinistack, whyNoMinistack } from './start-ministack.ts';
import { makeTestProject, stack, type TestProject } from './test-project.ts';

/** This project, deployed by `serverless deploy` to MiniStack. See docs/testing.md. */

const reason = whyNoMinistack();
let ministack: Ministack;
let project: TestProject;
let deployed: Deployed;

beforeAll(async () => {
  if (reason !== undefined) return;
  project = makeTestProject('deploy');
  ministack = await startMinistack();
  await project.serverless('deploy', ministack.env);
  deployed = await openDeployed(ministack);
  await uploadDatabases(deployed, project);
}, 180_000);
beforeEach((context) => {
  if (reason !== undefined) context.skip(reason);
});
afterAll(async () => {
  await ministack?.stop();
  project?.delete();
});

const tell = (what: string, seconds: number): void => console.log(`${what}: ${seconds.toFixed(1)} s`);

/** The strict limit is for `npm run deploy:ministack`, since on a busy machine a limit means little. */
const strict = process.env.MINISTACK === 'all';
const longer = 'it takes minutes: npm run deploy:ministack';

test(`an export becomes a report within ${strict ? 15 : 50} seconds`, async () => {
  const { seconds } = await reportOf(deployed, '2026-11-22', 60);
  tell('from the arrival to the report, with job events', seconds);
  expect(seconds).toBeLessThan(strict ? 15 : 50);
});

describe.concurrent('side by side', { timeout: 240_000 }, () => {
  test('a run without job events continues, with one attempt for each task', async () => {
    await ministack.tellEvents(`${stack}-unheard`, 'none');
    const run = await deployed.until(await deployed.start('unheard', {}), isSettled, 200);
    expect(run.status).toBe('SUCCEEDED');
    expect(outcomes(run)).toEqual({ only: 'succeeded 1' });
  });
  test('a schedule starts a run for its interval', () => startsOnSchedule(deployed));
  test('a repeated call of the API starts one run', () => startsWhenAsked(deployed));
  test('three objects make one batch and one run, and the fourth waits', () => startsOnceForABatch(deployed));
  test('a failed job is retried', () => triesAgain(deployed));
  test('a stop reaches the job', () => stopReachesTheJob(deployed));
  test('a rerun keeps what succeeded and runs what failed', () => rerunKeepsWhatIsDone(deployed));
});

test('a second deployment does not affect a live run, and removes old versions', { timeout: 240_000 }, () =>
  deploysBesideALiveRun(deployed, project, ministack),
);

test('a report is made within 150 seconds without job events', { timeout: 300_000 }, async (context) => {
  if (!strict) context.skip(longer);
  for (const job of demoJobs) await ministack.tellEvents(job, 'none');
  const { run, seconds } = await reportOf(deployed, '2026-11-23', 250);
  tell('from the arrival to the report, without any job event', seconds);
  expect(seconds).toBeLessThan(150);
  expect(run.tasks.map(({ attempts }) => attempts.length)).toEqual([1, 1, 1, 1, 1]);
});

test('events that come 90 seconds late change nothing', { timeout: 400_000 }, async (context) => {
  if (!strict) context.skip(longer);
  for (const job of demoJobs) await ministack.tellEvents(job, 90);
  const { run, seconds } = await reportOf(deployed, '2026-11-24', 250);
  tell('from the arrival to the report, with job events 90 s late', seconds);
  expect(seconds).toBeLessThan(150);
  const afterTheLast = Date.parse(run.endedAt ?? '') + 95_000;
  await expect.poll(() => Date.now() > afterTheLast, { timeout: 120_000, interval: 1_000 }).toBe(true);
  expect(await deployed.readRun(run.id)).toEqual(run);
});

test('no function or job was denied anything', async () => {
  expect(await ministack.denials()).toEqual([]);
});

test('a removal leaves no state machine', { timeout: 120_000 }, async () => {
  expect(await deployed.machines()).toContain('gluewright-ms-on-request');
  await project.serverless('remove', ministack.env);
  expect(await deployed.machines()).toEqual([]);
});
