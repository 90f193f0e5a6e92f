import { StartJobRunCommand } from '@aws-sdk/client-glue';
import { type Failure, failureOf } from '../shared/services/service-error.ts';
import { kinds } from '../shared/tasks/kinds.ts';
import type { Account } from './account.ts';
import { act, asAssumed, type Check, harmless, jobMinutes } from './check.ts';
import { startJob, stopJob } from './job-runs.ts';

/** Glue takes arguments of up to 260 KB. */
const tooLong = 'x'.repeat(270 * 1024);

type Expected = { readonly of: string; readonly name: string; readonly kind: Failure['kind'] };

export const startRefusals: Check = {
  name: 'start-refusals',
  assumes: 'ConcurrentRunsExceededException is waited out; an unknown job or too long arguments fail the task',
  cost: jobMinutes(2),
  async run(account) {
    const job = await account.makeJob({ name: 'refusals', does: 'lasts', maxConcurrentRuns: 1 });
    const run = await startJob(account, job);
    const tries: readonly (Expected & { readonly JobName: string; readonly Arguments?: Record<string, string> })[] = [
      { of: 'second run', name: 'ConcurrentRunsExceededException', kind: 'refused', JobName: job },
      { of: 'unknown job', name: 'EntityNotFoundException', kind: 'fatal', JobName: `${account.prefix}-nobody` },
      {
        of: '270 KB of arguments',
        name: 'InvalidInputException',
        kind: 'fatal',
        JobName: job,
        Arguments: { '--long': tooLong },
      },
    ];
    const seen: string[] = [];
    let differing = 0;
    let wrong = 0;
    for (const { of, name, kind, ...request } of tries) {
      const failure = await refusalOf(account, request);
      seen.push(`${of}: ${failure === undefined ? 'taken' : `${failure.name} (${failure.kind})`}`);
      if (failure?.name !== name) differing += 1;
      if (failure?.kind !== kind) wrong += 1;
    }
    await stopJob(account, job, run);
    const told = seen.join('; ');
    if (wrong > 0) return act(told);
    return differing === 0 ? asAssumed(told) : harmless(told);
  },
};

async function refusalOf(
  { once }: Account,
  request: { readonly JobName: string; readonly Arguments?: Record<string, string> },
): Promise<Failure | undefined> {
  try {
    await once.send(new StartJobRunCommand(request));
    return undefined;
  } catch (error) {
    return failureOf(error, kinds['glue-job'].runs.refused);
  }
}
