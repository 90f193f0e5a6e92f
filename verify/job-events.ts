import { awaitTrue } from './await-true.ts';
import { act, asAssumed, type Check, harmless, jobMinutes } from './check.ts';
import { changesOf, endOf, reached, startJob, stopJob } from './job-runs.ts';

/** How long Glue may take to send an event, and how long the check waits for a second one of the same state. */
const patience = { firstSeconds: 180, doubleMilliseconds: 60_000 };

export const jobEvents: Check = {
  name: 'job-events',
  assumes: 'one event for each of SUCCEEDED, FAILED, TIMEOUT, STOPPED; none for other states',
  cost: jobMinutes(8),
  async run(account) {
    const jobs = [
      { name: 'succeeds', does: 'succeeds', maxConcurrentRuns: 1, expected: 'SUCCEEDED' },
      { name: 'fails', does: 'fails', maxConcurrentRuns: 1, expected: 'FAILED' },
      { name: 'times-out', does: 'lasts', maxConcurrentRuns: 1, timeoutMinutes: 1, expected: 'TIMEOUT' },
      { name: 'stopped', does: 'lasts', maxConcurrentRuns: 1, expected: 'STOPPED' },
    ] as const;
    const runs: { readonly job: string; readonly run: string; readonly expected: string }[] = [];
    for (const { expected, ...each } of jobs) {
      const job = await account.makeJob(each);
      runs.push({ job, run: await startJob(account, job), expected });
    }
    const seen: string[] = [];
    let missing = 0;
    let others = 0;
    let wrong = 0;
    // a job run must be running before it is stopped
    for (const { job, run, expected } of runs.toReversed()) {
      if (expected === 'STOPPED' && (await reached(account, job, run, 'RUNNING')) === 'RUNNING') {
        await stopJob(account, job, run);
      }
      const state = await endOf(account, job, run);
      if (state !== expected) wrong += 1;
    }
    const all = () => changesOf(account, ...runs.map(({ job }) => job));
    const came = await awaitTrue(account, patience.firstSeconds, async () => {
      const told = new Set((await all()).map(({ jobRunId }) => jobRunId));
      return runs.every(({ run }) => told.has(run)) ? true : undefined;
    });
    if (came) await account.wait(patience.doubleMilliseconds);
    const told = Map.groupBy(await all(), ({ jobRunId }) => jobRunId);
    for (const { run, expected } of runs) {
      const changes = told.get(run) ?? [];
      const terminal = changes.filter(({ state }) => state === expected).length;
      if (terminal === 0) missing += 1;
      others += changes.length - Math.min(1, terminal);
      seen.push(`${expected} ${changes.length === terminal ? terminal : changes.map(({ state }) => state).join('+')}`);
    }
    const said = seen.join(', ');
    if (wrong > 0) return act(`${said}; ${wrong} job runs did not end as they were asked to`);
    if (missing === runs.length) return act(`no event at all; only the reconciler would advance runs`);
    // a lost event costs minutes; a duplicate is harmless
    return missing === 0 && others === 0 ? asAssumed(said) : harmless(said);
  },
};
