import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ListStateMachinesCommand } from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { NotPrepared, openAwsAccount } from '../../../cli/verify/aws-account.ts';
import { checks } from '../../../cli/verify/checks.ts';
import { runChecks } from '../../../cli/verify/run-checks.ts';
import { openAwsOnHome } from './aws-on-home.ts';

const settings = { region: 'us-east-1', prefix: 'test-verify-1', role: 'arn:aws:iam::000000000000:role/verify' };
const watch = { begun: () => undefined, interrupted: () => false };

test('the checks see by calls to AWS alone what they see at home, and nothing that was made is left unsaid', async () => {
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
    // what plays AWS here has no tries of Glue's own, and refuses no calls
    'retry-events': 'not settled',
    's3-keys': 'as assumed',
    'stopped-crawler': 'skipped',
    'data-quality': 'skipped',
    throttling: 'not settled',
  });
  expect([...jobs.keys(), ...rules.keys()]).toEqual([]);
  const { stateMachines } = await runtime.clients.sfn.send(new ListStateMachinesCommand());
  expect(stateMachines).toEqual([]);
  const { KeyCount } = await runtime.clients.s3.send(new ListObjectsV2Command({ Bucket: settings.prefix }));
  expect(KeyCount).toBe(0);
  // buckets cannot be removed at home
  expect(leftovers.map(({ what }) => what)).toEqual([`bucket ${settings.prefix}`]);
  await runtime.close();
});

test('where nothing can be checked, what was made is removed all the same', async () => {
  const { runtime, clients, clock, rules } = await openAwsOnHome();
  const interrupted = new Error('stop');
  const opened = openAwsAccount({ ...settings, clients, clock, sleep: () => Promise.reject(interrupted) });
  const failure = await opened.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(NotPrepared);
  expect(failure).toMatchObject({ cause: interrupted, leftovers: [{ what: `bucket ${settings.prefix}` }] });
  expect([...rules.keys()]).toEqual([]);
  await runtime.close();
});
