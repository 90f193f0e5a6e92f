import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ListStateMachinesCommand } from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import type { Faults } from '../../local/runtime-options.ts';
import { NotPrepared, openAwsAccount } from '../../verify/aws-account.ts';
import type { Check, Verdict } from '../../verify/check.ts';
import { checks } from '../../verify/checks.ts';
import { eventDelay } from '../../verify/event-delay.ts';
import { jobEvents } from '../../verify/job-events.ts';
import { redrive } from '../../verify/redrive.ts';
import { runChecks } from '../../verify/run-checks.ts';
import { s3Keys } from '../../verify/s3-keys.ts';
import { secondCallback } from '../../verify/second-callback.ts';
import { startRefusals } from '../../verify/start-refusals.ts';
import { throttling } from '../../verify/throttling.ts';
import { versionMetrics } from '../../verify/version-metrics.ts';
import { openAwsOnHome } from './aws-on-home.ts';

const settings = { region: 'us-east-1', prefix: 'test-verify-1', role: 'arn:aws:iam::000000000000:role/verify' };
const watch = { begun: () => undefined, interrupted: () => false };

test('the checks see the same on AWS as locally, and report everything they left behind', async () => {
  const { runtime, clients, clock, sleep, jobs, rules } = await openAwsOnHome();
  const account = await openAwsAccount({ ...settings, clients, clock, sleep });
  const { results, leftovers } = await runChecks(account, checks, watch);
  expect(Object.fromEntries(results.map(({ check, verdict }) => [check, verdict]))).toEqual({
    'job-events': 'as assumed',
    'event-delay': 'as assumed',
    'start-refusals': 'as assumed',
    'slot-lag': 'as assumed',
    'early-callback': 'as assumed',
    'second-callback': 'as assumed',
    redrive: 'as assumed',
    // this simulated AWS has no retries of Glue, and refuses no calls
    'retry-events': 'not settled',
    's3-keys': 'as assumed',
    'stopped-crawler': 'skipped',
    'data-quality': 'skipped',
    'version-metrics': 'as assumed',
    throttling: 'not settled',
  });
  expect([...jobs.keys(), ...rules.keys()]).toEqual([]);
  const { stateMachines } = await runtime.clients.sfn.send(new ListStateMachinesCommand());
  expect(stateMachines).toEqual([]);
  const listed = runtime.clients.s3.send(new ListObjectsV2Command({ Bucket: settings.prefix }));
  await expect(listed).rejects.toThrow(expect.objectContaining({ name: 'NoSuchBucket' }));
  expect(leftovers).toEqual([]);
  await runtime.close();
});

test('everything is removed even if nothing can be checked', async () => {
  const { runtime, clients, clock, rules } = await openAwsOnHome();
  const interrupted = new Error('stop');
  const opened = openAwsAccount({ ...settings, clients, clock, sleep: () => Promise.reject(interrupted) });
  const failure = await opened.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(NotPrepared);
  expect(failure).toMatchObject({ cause: interrupted, leftovers: [] });
  expect([...rules.keys()]).toEqual([]);
  await runtime.close();
});

const events = 'test-verify-1-events';
const refuse = (name: string, error: string) => ({
  calls: (_: string, operation: string) => (operation === name ? { error, afterEffect: false } : undefined),
});
const deliver = (...delays: number[]): Faults => ({ deliveries: (_, rule) => (rule === events ? delays : [0]) });

const strange: readonly (readonly [string, Faults, Check, Verdict])[] = [
  ['loses every event', deliver(), jobEvents, 'differs, act'],
  ['sends every event twice', deliver(0, 5_000), jobEvents, 'differs, harmless'],
  ['sends no end event', deliver(), eventDelay, 'differs, act'],
  ['sends events two minutes late', deliver(120_000), eventDelay, 'differs, harmless'],
  ['refuses starts with an unknown error', refuse('StartJobRun', 'NotTodayException'), startRefusals, 'not settled'],
  ['refuses calls with an unknown error', refuse('GetJob', 'NotTodayException'), throttling, 'differs, act'],
  ['refuses calls with a known error', refuse('GetJob', 'SlowDown'), throttling, 'as assumed'],
  ['cannot redrive', refuse('RedriveExecution', 'ExecutionNotRedrivable'), redrive, 'not settled'],
  [
    'closes a token with an unknown error',
    refuse('SendTaskSuccess', 'NotTodayException'),
    secondCallback,
    'differs, act',
  ],
  ['sends no object events', deliver(), s3Keys, 'differs, act'],
];

test.each(strange)('a service that %s is noticed', async (_, faults, check, verdict) => {
  const { runtime, clients, clock, sleep } = await openAwsOnHome(faults);
  const account = await openAwsAccount({ ...settings, clients, clock, sleep });
  const { results } = await runChecks(account, [check], watch);
  expect(results).toMatchObject([{ check: check.name, verdict }]);
  await runtime.close();
});

test.each([
  ['by version and alias', ['StateMachineArn', 'Version', 'Alias'], 'as assumed'],
  ['by neither', ['StateMachineArn'], 'differs, harmless'],
  ['by alias only', ['StateMachineArn', 'Alias'], 'differs, act'],
  ['not at all', [], 'not settled'],
])('the check of a canary’s metrics notices that failed runs are counted %s', async (_, dimensions, verdict) => {
  const { runtime, clients, clock, sleep } = await openAwsOnHome({}, dimensions);
  const account = await openAwsAccount({ ...settings, clients, clock, sleep });
  const { results, leftovers } = await runChecks(account, [versionMetrics], watch);
  expect(results).toMatchObject([{ check: 'version-metrics', verdict }]);
  expect(leftovers).toEqual([]);
  await runtime.close();
});
