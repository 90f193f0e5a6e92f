import { GetJobCommand } from '@aws-sdk/client-glue';
import { failureOf } from '../shared/services/service-error.ts';
import { act, asAssumed, type Check, notSettled } from './check.ts';

const calls = 300;

export const throttling: Check = {
  name: 'throttling',
  assumes: 'calls above the rate are refused by a name that is waited out (ThrottlingException)',
  cost: 0,
  async run(account) {
    const job = await account.makeJob({ name: 'throttled', does: 'succeeds', maxConcurrentRuns: 1 });
    const answers = await Promise.all(
      Array.from({ length: calls }, async () => {
        try {
          await account.once.send(new GetJobCommand({ JobName: job }));
          return undefined;
        } catch (error) {
          return failureOf(error);
        }
      }),
    );
    const failures = answers.flatMap((failure) => failure ?? []);
    const names = [...new Set(failures.map(({ name, kind }) => `${name} (${kind})`))].join(', ');
    const seen = `${failures.length} of ${calls} calls at once: ${names}`;
    if (failures.length === 0) return notSettled(`all of ${calls} calls at once were answered`);
    return failures.every(({ kind }) => kind === 'refused') ? asAssumed(seen) : act(seen);
  },
};
