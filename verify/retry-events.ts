import { jobOutcome } from '../shared/tasks/glue-job/job-outcome.ts';
import { awaitTrue } from './await-true.ts';
import { asAssumed, type Check, harmless, jobMinutes, notSettled } from './check.ts';
import { changesOf, jobRunsOf, startJob } from './job-runs.ts';

export const retryEvents: Check = {
  name: 'retry-events',
  assumes: 'with MaxRetries above 0 each try is a job run with an event of its own (why it has to be 0)',
  cost: jobMinutes(4),
  needs: 'retries',
  async run(account) {
    const job = await account.makeJob({ name: 'retried', does: 'fails', maxConcurrentRuns: 1, maxRetries: 1 });
    const base = await startJob(account, job);
    const ended = await awaitTrue(account, 1_800, async () => {
      const runs = await jobRunsOf(account, job);
      return runs.length > 1 && runs.every(({ state }) => jobOutcome(state) !== 'open') ? runs : undefined;
    });
    if (ended === undefined) return notSettled('there was no second try within half an hour');
    await account.wait(120_000);
    const changes = await changesOf(account, job);
    const seen = ended
      .toReversed()
      .map(({ id, state }) => {
        const events = changes.filter(({ jobRunId }) => jobRunId === id);
        return `${id.replace(base, 'jr')} ${state}: ${events.length} events`;
      })
      .join('; ');
    const each = ended.every(({ id }) => changes.filter(({ jobRunId }) => jobRunId === id).length === 1);
    return each ? asAssumed(seen) : harmless(seen);
  },
};
