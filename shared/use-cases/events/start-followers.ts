import * as z from 'zod/mini';
import { findRun } from '../../actors/kit/find-run.ts';
import { openEntry } from '../../actors/kit/open-entry.ts';
import { startOrBury } from '../../actors/start-or-dead-letter.ts';
import { present } from '../../json.ts';
import { followKey } from '../../ledger/ledger-keys.ts';
import type { System } from '../../services/system.ts';
import { followersOfRun } from '../../triggers/followers.ts';

/**
 * Starts the pipelines that wait for the end of a run, if that is noted and not done yet. Repeating it finds the
 * runs that exist.
 */
export async function startFollowers(system: System, id: string): Promise<void> {
  const { ledger, catalog } = system;
  const note = await ledger.get(followKey(id));
  const run = note === undefined ? undefined : await findRun(system, id);
  if (run === undefined) return;
  const pipelines = catalog.pipelines.map(({ pipeline }) => pipeline);
  for (const { pipeline, trigger: name } of followersOfRun(pipelines, run)) {
    const { status, params, interval } = run;
    const trigger = { kind: 'pipeline', name, pipeline: run.pipeline, run: id, status, params };
    await startOrBury(system, {
      pipeline,
      cause: `${name}\nrun ${id}`,
      label: `${name}-${id}`,
      trigger,
      depth: (run.depth ?? 0) + 1,
      ...present({ interval }),
    });
  }
  await ledger.write([{ key: followKey(id), expect: 'any', value: undefined }]);
}

export const openFollowers = openEntry('follow', z.object({ run: z.string() }), (system, { run }) =>
  startFollowers(system, run),
);
