import type { Observed, ObservedJobRun, ObservedRun } from './observed.ts';
import type { Say } from './say.ts';
import { nothing, type Scenario } from './scenario.ts';

/** Checks that a task gets the output that it reads: of its own run, or of the run whose outcome was kept. */
export function checkReads(
  { tasks }: Scenario,
  { runs, tasksBefore }: Observed,
  run: ObservedRun,
  jobRuns: readonly ObservedJobRun[],
  say: Say,
): void {
  const first = runs.find(({ kind }) => kind === 'first');
  const putOut = (task: string): string => {
    const now = run.tasks[task];
    if (now?.status !== 'succeeded') return nothing;
    if (!now.kept) return `${run.id}/${task}`;
    return tasksBefore?.[task]?.status === 'succeeded' ? `${first?.id}/${task}` : nothing;
  };
  for (const { name, reads } of tasks) {
    if (reads === undefined || run.tasks[reads] === undefined) continue;
    for (const { task, read } of jobRuns) {
      if (task === name && read !== putOut(reads)) say(`${name} read ${read} of ${reads}, not ${putOut(reads)}`);
    }
  }
}
