import { CreateStateMachineCommand } from '@aws-sdk/client-sfn';
import { createVirtualClock } from '../local/clock/virtual-clock.ts';
import { openRuntime } from '../local/runtime.ts';
import { isJsonObject } from '../shared/json.ts';
import type { Job } from '../shared/pipeline/jobs/jobs-file.ts';
import { type Account, type SeenEvent, type ThrowAwayJob, watchPattern } from './account.ts';

const seconds = { succeeds: 40, fails: 30, lasts: 3_600 } as const;
/** More calls at once are refused. AWS does not publish Glue's rate. */
const callsAtOnce = 100;

/** The embedded runtime in memory, on a virtual clock: the checks take a second instead of half an hour. */
export async function openHomeAccount(start: number): Promise<Account> {
  const clock = createVirtualClock(start);
  const jobs = new Map<string, { readonly job: Job; readonly does: ThrowAwayJob['does'] }>();
  const seen: SeenEvent[] = [];
  const prefix = 'local-verify';
  let burst = { at: 0, calls: 0 };
  const runtime = await openRuntime({
    home: ':memory:',
    clock,
    pipelines: [],
    jobs: {},
    schedules: false,
    simulate({ job }) {
      const { does } = jobs.get(job.name) ?? { does: 'fails' as const };
      return { startupSeconds: 20, seconds: seconds[does], state: does === 'fails' ? 'FAILED' : 'SUCCEEDED' };
    },
    faults: {
      calls(_, operation) {
        if (operation !== 'GetJob') return undefined;
        burst = { at: clock.now(), calls: burst.at === clock.now() ? burst.calls + 1 : 1 };
        return burst.calls > callsAtOnce ? { error: 'ThrottlingException', afterEffect: false } : undefined;
      },
    },
  });
  runtime.bus.addRule({
    name: prefix,
    pattern: watchPattern(prefix),
    target: async (event) => {
      const whole: unknown = JSON.parse(JSON.stringify(event));
      const detail: unknown = JSON.parse(JSON.stringify(event.detail));
      if (!isJsonObject(whole) || !isJsonObject(detail)) return;
      seen.push({ at: clock.now(), source: event.source, detailType: event['detail-type'], detail, whole });
    },
  });
  const { glue, sfn, s3 } = runtime.clients;
  return {
    glue,
    once: glue,
    sfn,
    s3,
    prefix,
    lacks: {
      retries: 'jobs at home have no MaxRetries',
      crawlers: 'there are no crawlers at home',
      'data quality': 'there is no data quality at home',
      metrics: 'there are no metrics at home',
    },
    now: () => clock.now(),
    async wait(milliseconds) {
      let over = false;
      clock.at(clock.now() + milliseconds, () => {
        over = true;
      });
      await clock.run(() => over);
    },
    async makeJob({ name: short, does, maxConcurrentRuns, timeoutMinutes }) {
      const name = `${prefix}-${short}`;
      const timeout = timeoutMinutes === undefined ? {} : { timeoutMinutes };
      jobs.set(name, { does, job: { name, type: 'pythonshell', args: {}, maxConcurrentRuns, ...timeout } });
      const all = Object.fromEntries([...jobs].map(([known, { job }]) => [known, job]));
      await runtime.deploy({ pipelines: [], jobs: all });
      return name;
    },
    async makeMachine(name, definition) {
      const { stateMachineArn = '' } = await sfn.send(
        new CreateStateMachineCommand({
          name: `${prefix}-${name}`,
          definition: JSON.stringify(definition),
          roleArn: 'arn:aws:iam::000000000000:role/verify',
        }),
      );
      return stateMachineArn;
    },
    async makeBucket() {
      runtime.s3.createBucket(prefix);
      return prefix;
    },
    makeCrawler: () => Promise.reject(new Error('there are no crawlers at home')),
    failedRuns: () => Promise.reject(new Error('there are no metrics at home')),
    events: async () => seen,
    async cleanUp() {
      await runtime.close();
      return [];
    },
  };
}
