import type { Report } from '../../reading/finding.ts';
import { kindOf, type Work } from '../../tasks/kinds.ts';
import type { DraftTask } from '../file/draft.ts';

/** Checks a task's share of a pool. Whether the project has the pool, `validate` checks with all files. */
export function checkPool({ name, fields, work }: DraftTask, report: Report): void {
  const { pool, places, priority } = fields;
  const path = ['tasks', name];
  if (pool === undefined) {
    const keys = [...(places === undefined ? [] : ['places']), ...(priority === undefined ? [] : ['priority'])];
    for (const key of keys) {
      const message = `\`${key}\` has no effect: \`${name}\` has no \`pool\``;
      const remedy = `name a pool of jobs/jobs.yml, such as \`pool: warehouse\`, or remove \`${key}\``;
      report({ path: [...path, key], key: true, code: 'no-pool', message, remedy });
    }
    return;
  }
  const refused = work === undefined ? undefined : whyNoPool(work);
  if (refused === undefined) return;
  const message = `\`${name}\` cannot use a pool: ${refused.why}`;
  report({ path: [...path, 'pool'], key: true, code: 'pool-kind', message, remedy: refused.remedy });
}

/** Only where work begins and ends with a record in the ledger can a place be held from before the one to the other. */
function whyNoPool(work: Work): { readonly why: string; readonly remedy: string } | undefined {
  const { runs, nested } = kindOf(work.kind);
  if (nested !== undefined) {
    const why = 'its place would be held while the tasks of the other pipeline wait for one, perhaps for ever';
    return { why, remedy: 'write `pool` at the tasks of that pipeline' };
  }
  if (runs.by === 'state') {
    const why = `Step Functions itself does the work of \`${work.kind}\` and cannot be made to wait for a place`;
    return { why, remedy: 'remove `pool`, or do the work in a Glue job' };
  }
  if (runs.by === 'looking') {
    return { why: `\`${work.kind}\` only waits and uses no capacity`, remedy: 'remove `pool`' };
  }
  return undefined;
}
