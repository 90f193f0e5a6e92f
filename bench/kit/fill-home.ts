import { createVirtualClock } from '../../local/clock/virtual-clock.ts';
import { openRuntime } from '../../local/runtime.ts';
import { readProject } from '../../project/read-project.ts';
import { startRun } from '../../shared/actors/start-run.ts';
import { hasEnded } from '../../shared/runs/run/run-record.ts';
import { readRun } from '../../shared/views/run/read-run.ts';

/** Longer than a simulated job takes. */
const batchMilliseconds = 5_000;
/** Runs that are under way at once, below the limit of the pipeline. */
const together = 50;

/**
 * Runs the only pipeline of a project `count` times with simulated jobs, into its home. The last run ends at about the
 * present, so that nothing is due when a real runtime opens the home.
 */
export async function fillHome(root: string, home: string, count: number): Promise<void> {
  const { pipelines, jobs } = await readProject(root, root);
  const [only] = pipelines;
  if (only === undefined) throw new Error(`${root} has no pipeline`);
  const { name } = only.pipeline;
  const clock = createVirtualClock(Date.now() - (count / together + 1) * batchMilliseconds);
  const runtime = await openRuntime({
    home,
    root,
    clock,
    jobs,
    pipelines: [only.pipeline],
    schedules: false,
    lookMilliseconds: 60_000,
    simulate: () => ({ seconds: 1 }),
  });
  try {
    for (let started = 0; started < count; started += together) {
      const ids: string[] = [];
      for (let index = started; index < Math.min(count, started + together); index += 1) {
        const answer = await startRun(runtime.system, { pipeline: name, cause: `fill-${index}` });
        if (answer.is === 'refused') throw new Error(answer.problems.join('; '));
        ids.push(answer.run.id);
      }
      const until = clock.now() + batchMilliseconds;
      await clock.run(() => clock.now() >= until);
      const last = await readRun(runtime.system.ledger, ids.at(-1) ?? '', [only.pipeline]);
      if (last === undefined || !hasEnded(last.status)) throw new Error(`${ids.at(-1)} has not ended`);
    }
  } finally {
    await runtime.close();
  }
}
