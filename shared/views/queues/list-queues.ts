import { present } from '../../json.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { queuePartition } from '../../ledger/ledger-keys.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { Pools } from '../../model/pool.ts';
import { isHeld, isPaused } from '../../runs/slots/slots.ts';
import { kindOf } from '../../tasks/kinds.ts';
import { isoTime } from '../shapes.ts';
import { listPools } from './list-pools.ts';
import type { JobQueue, PipelineQueue, QueueList } from './queue-view.ts';
import { readSlots } from './read-slots.ts';

const attemptsShown = 100;

/**
 * Live and queued runs by pipeline, attempts that wait for capacity, and the pools that the pipelines name.
 *
 * @param ledger absent: nothing has run yet
 */
export async function listQueues(
  ledger: Ledger | undefined,
  pipelines: readonly Pipeline[],
  pools: Pools,
): Promise<QueueList> {
  const works = new Map(
    pipelines.flatMap(({ tasks }) =>
      tasks.map(({ work }) => {
        const name = kindOf(work.kind).runs.name(work);
        return [`${work.kind}#${name}`, { kind: work.kind, name }] as const;
      }),
    ),
  );
  return {
    pipelines: await Promise.all(pipelines.map((pipeline) => pipelineQueue(ledger, pipeline))),
    jobs: await Promise.all([...works.values()].map(({ kind, name }) => jobQueue(ledger, kind, name))),
    pools: await listPools(ledger, pools, pipelines),
  };
}

async function pipelineQueue(ledger: Ledger | undefined, { name, runs }: Pipeline): Promise<PipelineQueue> {
  const slots = ledger === undefined ? undefined : await readSlots(ledger, name);
  return {
    pipeline: name,
    max: runs.max,
    paused: isPaused(slots),
    pausedTriggers: slots?.paused?.triggers ?? [],
    live: slots?.live ?? [],
    queued: (slots?.queued ?? []).map((waiting) => ({
      run: waiting.run,
      ...present({ trigger: waiting.trigger }),
      priority: waiting.priority,
      held: slots !== undefined && isHeld(slots, waiting),
    })),
    more: slots?.crowded === true || slots?.keptOutside === true,
  };
}

async function jobQueue(ledger: Ledger | undefined, kind: string, work: string): Promise<JobQueue> {
  if (ledger === undefined) return { kind, work, waiting: [], more: false };
  const { items, next } = await ledger.list(queuePartition(kind, work), { limit: attemptsShown });
  const waiting = items.map(({ key, value }) => ({
    run: String(value.run),
    task: String(value.task),
    since: isoTime(Number(key.sort.slice(0, key.sort.indexOf('#')))),
  }));
  return { kind, work, waiting, more: next !== undefined && items.length === attemptsShown };
}
