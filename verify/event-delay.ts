import { jobOutcome } from '../shared/tasks/glue-job/job-outcome.ts';
import { awaitTrue } from './await-true.ts';
import { act, asAssumed, type Check, harmless, jobMinutes, notSettled } from './check.ts';
import { changesOf, startJob, stateOf } from './job-runs.ts';

const count = 3;
/** After a minute the reconciler has asked. */
const useful = 60;
const patience = 300;

export const eventDelay: Check = {
  name: 'event-delay',
  assumes: 'an event comes within the minute after which the reconciler asks; GetJobRun may be later than it',
  cost: jobMinutes(2 * count),
  async run(account) {
    const job = await account.makeJob({ name: 'delay', does: 'succeeds', maxConcurrentRuns: count });
    const open = new Set<string>();
    for (let index = 0; index < count; index += 1) open.add(await startJob(account, job));
    const ended = new Map<string, number>();
    await awaitTrue(account, 900, async () => {
      for (const run of open) {
        if (jobOutcome(await stateOf(account, job, run)) === 'open') continue;
        ended.set(run, account.now());
        open.delete(run);
      }
      return open.size === 0 ? true : undefined;
    });
    if (ended.size === 0) return notSettled('no job run ended in a quarter of an hour');
    const late = async () => {
      const changes = await changesOf(account, job);
      return [...ended].flatMap(([run, at]) => {
        const event = changes.find(({ jobRunId }) => jobRunId === run);
        return event === undefined ? [] : [(event.at - at) / 1_000];
      });
    };
    await awaitTrue(account, patience, async () => ((await late()).length === ended.size ? true : undefined));
    const delays = await late();
    const came = `${delays.length} of ${ended.size} events within five minutes`;
    if (delays.length === 0) return act(came);
    if (delays.length < ended.size) return harmless(came);
    const [least, most] = [Math.min(...delays), Math.max(...delays)].map((seconds) => `${seconds.toFixed(1)} s`);
    // the check asks once a second, so GetJobRun may have shown the end up to a second earlier
    const seen = `${least} to ${most} after GetJobRun showed the end (±1 s; below 0: before)`;
    return Math.max(...delays) <= useful ? asAssumed(seen) : harmless(seen);
  },
};
