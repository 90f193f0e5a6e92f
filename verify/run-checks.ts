import { failureOf } from '../shared/services/service-error.ts';
import type { Account, Leftover } from './account.ts';
import type { Check, CheckResult, Finding } from './check.ts';

export type Verification = { readonly results: readonly CheckResult[]; readonly leftovers: readonly Leftover[] };

/**
 * Runs the checks one after another, because throttling in one would disturb the others. Always cleans up.
 *
 * @param interrupted whether to stop; asked before each check
 */
export async function runChecks(
  account: Account,
  checks: readonly Check[],
  { begun, interrupted }: { readonly begun: (check: Check) => void; readonly interrupted: () => boolean },
): Promise<Verification> {
  const results: CheckResult[] = [];
  let leftovers: readonly Leftover[] = [];
  try {
    for (const check of checks) {
      if (interrupted()) break;
      begun(check);
      results.push({ check: check.name, assumes: check.assumes, ...(await findingOf(account, check)) });
    }
  } finally {
    leftovers = await account.cleanUp();
  }
  return { results, leftovers };
}

async function findingOf(account: Account, check: Check): Promise<Finding> {
  const lack = check.needs === undefined ? undefined : account.lacks[check.needs];
  if (lack !== undefined) return { seen: lack, verdict: 'skipped' };
  try {
    return await check.run(account);
  } catch (error) {
    return { seen: failureOf(error).reason, verdict: 'not settled' };
  }
}
