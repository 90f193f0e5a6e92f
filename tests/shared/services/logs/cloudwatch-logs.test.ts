import {
  CloudWatchLogsClient,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { EntityNotFoundException, GetJobRunCommand, GlueClient } from '@aws-sdk/client-glue';
import { mockClient } from 'aws-sdk-client-mock';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLogReader } from '../../../../shared/services/logs/cloudwatch-logs.ts';
import type { LogLine, LogWanted } from '../../../../shared/services/system.ts';

type Event = { readonly timestamp: number; readonly message: string };

/** CloudWatch Logs as far as it is read: pages of a few events, some empty, with tokens that repeat at the end. */
function reader(groups: Readonly<Record<string, readonly Event[]>>, group = '/aws-glue/jobs', pageLength = 7) {
  const logs = new CloudWatchLogsClient({ region: 'eu-west-1', maxAttempts: 1 });
  const glue = new GlueClient({ region: 'eu-west-1', maxAttempts: 1 });
  mockClient(glue)
    .on(GetJobRunCommand)
    .resolves({ JobRun: { LogGroupName: group } });
  mockClient(logs)
    .on(GetLogEventsCommand)
    .callsFake(async (input: GetLogEventsCommandInput) => {
      const all = groups[input.logGroupName ?? ''];
      if (all === undefined) throw Object.assign(new Error('there is no such'), { name: 'ResourceNotFoundException' });
      const { startTime = 0, endTime = Number.POSITIVE_INFINITY, limit = 10_000, startFromHead, nextToken } = input;
      const within = all.filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime);
      const ordered = startFromHead === true ? within : within.toReversed();
      const [from = 0, isEmpty = 0] = (nextToken ?? '0.0').split('.').map(Number);
      const length = isEmpty === 1 ? 0 : Math.min(limit, pageLength);
      const page = ordered.slice(from, from + length);
      const token = from >= ordered.length ? `${from}.0` : `${from + page.length}.${1 - isEmpty}`;
      const same = from >= ordered.length ? (nextToken ?? token) : token;
      return startFromHead === true
        ? { events: page, nextForwardToken: same, nextBackwardToken: 'b' }
        : { events: page.toReversed(), nextForwardToken: 'f', nextBackwardToken: same };
    });
  return createLogReader({ logs, glue });
}

const wanted: LogWanted = { name: 'extract', id: 'jr_1', from: 'start', limit: 10, live: false };

async function readAll(read: ReturnType<typeof reader>, ask: LogWanted): Promise<LogLine[]> {
  const all: LogLine[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 1_000; page += 1) {
    const found = await read(cursor === undefined ? ask : { ...ask, cursor });
    if (found === undefined) throw new Error('there is no log');
    if (ask.from === 'start') all.push(...found.lines);
    else all.unshift(...found.lines);
    cursor = found.next;
    if (cursor === undefined) return all;
  }
  throw new Error('it has no end');
}

const times = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 40 }).map((all) => all.toSorted((a, b) => a - b));

test('pages from either end give the same lines by time, none lost or doubled', async () => {
  await fc.assert(
    fc.asyncProperty(times, times, fc.integer({ min: 1, max: 9 }), async (outputs, errors, limit) => {
      const groups = {
        '/aws-glue/jobs/output': outputs.map((timestamp, index) => ({ timestamp, message: `o${index}\n` })),
        '/aws-glue/jobs/error': errors.map((timestamp, index) => ({ timestamp, message: `e${index}` })),
      };
      const expected = [
        ...outputs.map((at, index) => ({ stream: 'output', text: `o${index}`, at })),
        ...errors.map((at, index) => ({ stream: 'error', text: `e${index}`, at })),
      ].toSorted((one, other) => one.at - other.at);
      const read = reader(groups);
      expect(await readAll(read, { ...wanted, limit })).toEqual(expected);
      expect(await readAll(read, { ...wanted, limit, from: 'end' })).toEqual(expected);
      const found = await readAll(read, { ...wanted, limit, search: '1' });
      expect(found).toEqual(expected.filter(({ text }) => text.includes('1')));
    }),
    { numRuns: 60 },
  );
});

test('a reader continues with lines that were written since', async () => {
  const output = [{ timestamp: 5, message: 'one' }];
  const read = reader({ '/aws-glue/jobs/output': output });
  const first = await read(wanted);
  expect(first).toMatchObject({ lines: [{ text: 'one' }] });
  expect(first?.next).toBeUndefined();
  output.push({ timestamp: 5, message: 'two' }, { timestamp: 9, message: 'three' });
  const cursor = first?.after ?? '';
  expect((await read({ ...wanted, cursor }))?.lines.map(({ text }) => text)).toEqual(['two', 'three']);
});

test('the log group comes from the job run, and without one there is no log', async () => {
  const group = '/aws-glue/python-jobs-role-secure/';
  const read = reader({ '/aws-glue/python-jobs-role-secure/error': [{ timestamp: 1, message: 'away' }] }, group);
  expect(await read(wanted)).toMatchObject({ lines: [{ stream: 'error', text: 'away', at: 1 }] });
  expect(await reader({})(wanted)).toBeUndefined();
});

test('a job run that Glue has forgotten is looked for in the usual log group', async () => {
  const logs = new CloudWatchLogsClient({ region: 'eu-west-1', maxAttempts: 1 });
  const glue = new GlueClient({ region: 'eu-west-1', maxAttempts: 1 });
  mockClient(glue)
    .on(GetJobRunCommand)
    .rejects(new EntityNotFoundException({ message: 'gone', $metadata: {} }));
  const asked = mockClient(logs)
    .on(GetLogEventsCommand)
    .resolves({ events: [{ timestamp: 1, message: 'x' }], nextForwardToken: undefined });
  expect(await createLogReader({ logs, glue })(wanted)).toMatchObject({ lines: [{}, {}] });
  expect(asked.commandCalls(GetLogEventsCommand).map(({ args }) => args[0].input.logGroupName)).toEqual([
    '/aws-glue/jobs/output',
    '/aws-glue/jobs/error',
  ]);
});
