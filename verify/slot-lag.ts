import { failureOf } from '../shared/services/service-error.ts';
import { awaitTrue } from './await-true.ts';
import { act, asAssumed, type Check, harmless, jobMinutes, notSettled } from './check.ts';
import { endOf, startJob } from './job-runs.ts';

/** A refused start is retried when another run ends, or by the reconciler within a minute. */
const useful = 60;

export const slotLag: Check = {
  name: 'slot-lag',
  assumes: 'after SUCCEEDED a job’s slot may be taken for a while yet: starts are refused, and tried again',
  cost: jobMinutes(4),
  async run(account) {
    const job = await account.makeJob({ name: 'slot', does: 'succeeds', maxConcurrentRuns: 1 });
    const first = await startJob(account, job);
    if ((await endOf(account, job, first)) !== 'SUCCEEDED') return notSettled('the first job run did not succeed');
    const free = account.now();
    const refusals: { readonly name: string; readonly kind: string }[] = [];
    const lag = await awaitTrue(account, 300, async () => {
      try {
        await startJob(account, job);
        return (account.now() - free) / 1_000;
      } catch (error) {
        refusals.push(failureOf(error));
        return undefined;
      }
    });
    const names = [...new Set(refusals.map(({ name, kind }) => `${name} (${kind})`))].join(', ');
    const seen = `${refusals.length} refusals${names === '' ? '' : `: ${names}`}`;
    if (refusals.some(({ kind }) => kind !== 'refused')) return act(`${seen}; this would fail the task`);
    if (lag === undefined) return act(`not free within five minutes; ${seen}`);
    return lag <= useful
      ? asAssumed(`free after ${lag.toFixed(0)} s; ${seen}`)
      : harmless(`free after ${lag.toFixed(0)} s; ${seen}`);
  },
};
