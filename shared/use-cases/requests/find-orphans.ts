import { findRun } from '../../actors/kit/find-run.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import { hasEnded } from '../../runs/run/run-record.ts';
import { sendCall } from '../../services/send-call.ts';
import { failureOf } from '../../services/service-error.ts';
import { type System, stackOf } from '../../services/system.ts';
import type { LiveWork } from '../../tasks/kind/work-state.ts';
import { type KindName, kindOf } from '../../tasks/kinds.ts';
import type { OrphanView } from '../../views/runs/orphan-view.ts';
import { isoTime } from '../../views/shapes.ts';

/** Work of this stack that is still open although its run is over or unknown. `work`: the name of what runs. */
export type Orphan = LiveWork & { readonly kind: KindName; readonly work: string };

/**
 * Asks the services for all work of the pipelines' tasks. Work without a mark (`inject: false`) is not found. A
 * thing that does not exist runs nothing.
 *
 * @param pipelines whose things are asked about
 */
export async function findOrphans(
  system: System,
  pipelines: readonly Pipeline[] = system.catalog.pipelines.map(({ pipeline }) => pipeline),
): Promise<readonly Orphan[]> {
  const tasks = pipelines.flatMap((pipeline) => pipeline.tasks);
  const things = new Map(
    tasks.map(({ work }) => {
      const thing = { kind: work.kind, name: kindOf(work.kind).runs.name(work) };
      return [`${thing.kind}#${thing.name}`, thing];
    }),
  );
  const found: Orphan[] = [];
  for (const { kind, name } of things.values()) {
    for (const live of await liveWork(system, kind, name)) {
      const run = await findRun(system, live.run);
      if (run === undefined || hasEnded(run.status)) found.push({ kind, work: name, ...live });
    }
  }
  return found;
}

async function liveWork(system: System, kind: KindName, name: string): Promise<readonly LiveWork[]> {
  const { live, gone } = kindOf(kind).runs;
  const found: LiveWork[] = [];
  let from: string | undefined;
  do {
    if (live === undefined) break;
    const answer = await answerOf(system, live.call(name, from), gone);
    if (answer === undefined) break;
    const page = live.read(answer, stackOf(system), system.clock());
    found.push(...page.items);
    from = page.next;
  } while (from !== undefined);
  return found;
}

/** Undefined: the thing does not exist. */
async function answerOf(
  system: System,
  call: Parameters<typeof sendCall>[1],
  gone: readonly string[],
): ReturnType<typeof sendCall> {
  try {
    return await sendCall(system, call);
  } catch (error) {
    if (gone.includes(failureOf(error).name)) return undefined;
    throw error;
  }
}

/** As people see it. */
export function orphanView({ startedAt, ...orphan }: Orphan): OrphanView {
  return startedAt === undefined ? orphan : { ...orphan, startedAt: isoTime(startedAt) };
}

/** Asks the services to stop them. Call `findOrphans` again to see whether they did. */
export async function stopOrphans(system: System, orphans: readonly Orphan[]): Promise<void> {
  for (const { kind, work, id } of orphans) {
    const { runs } = kindOf(kind);
    if (runs.by !== 'service') continue;
    await sendCall(system, runs.stop.call(work, [id]));
    system.log({ message: 'orphan stop asked for', kind, work, id });
  }
}
