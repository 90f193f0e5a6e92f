import * as z from 'zod/mini';
import { type Json, present } from '../../json.ts';
import { storedJson } from '../../ledger/decision.ts';
import type { TaskRecord } from '../../runs/task/task-record.ts';
import { kindOf, showsOf } from '../../tasks/kinds.ts';
import { listOf } from '../shapes.ts';
import { attemptView, type RunView, type TaskView, taskView } from './run-view.ts';

/** `console`: the service's own page on AWS. The others are paths of this API. */
const links = z.object({
  console: z.exactOptional(z.string()),
  log: z.exactOptional(z.string()),
  sparkUi: z.exactOptional(z.string()),
});

/** A task of a run with all its facts. */
export const taskDetail = z.extend(taskView, {
  run: z.string(),
  pipeline: z.string(),
  attempts: listOf(z.extend(attemptView, { links })),
  /** The input of its work, by the names of the pipeline file. Absent: no work has begun. */
  arguments: z.exactOptional(storedJson),
  /** Timeout of its work, in seconds. */
  timeoutSeconds: z.exactOptional(z.number()),
  /** Seconds and DPU seconds of all attempts together, as far as the service has reported them. */
  total: z.object({
    queueSeconds: z.number(),
    startUpSeconds: z.number(),
    workSeconds: z.number(),
    dpuSeconds: z.number(),
  }),
});
export type TaskDetail = z.output<typeof taskDetail>;

/** @param region absent: locally, where services have no pages */
export function taskDetailOf(
  { id, pipeline }: Pick<RunView, 'id' | 'pipeline'>,
  task: TaskView,
  record: TaskRecord | undefined,
  region: string | undefined,
): TaskDetail {
  const { outputBytes: _, ...rest } = task;
  const phase = record?.attempt.phase;
  const whole = phase?.at === 'ended' && phase.ending.result === 'succeeded' ? phase.ending.output : undefined;
  const sum = (name: keyof TaskDetail['total']) => task.attempts.reduce((all, each) => all + (each[name] ?? 0), 0);
  return {
    run: id,
    pipeline,
    // a single output may be longer than those in a run
    ...(whole === undefined ? task : { ...rest, output: whole }),
    attempts: task.attempts.map((attempt) => ({ ...attempt, links: linksOf(id, task.name, attempt, region) })),
    ...(record === undefined ? {} : { arguments: argumentsOf(record), timeoutSeconds: record.attempt.timeout }),
    total: {
      queueSeconds: sum('queueSeconds'),
      startUpSeconds: sum('startUpSeconds'),
      workSeconds: sum('workSeconds'),
      dpuSeconds: sum('dpuSeconds'),
    },
  };
}

function argumentsOf({ attempt: { work } }: TaskRecord): Json {
  return kindOf(work.kind).file.values(work);
}

function linksOf(
  run: string,
  task: string,
  { kind, work, id, number }: TaskView['attempts'][number],
  region: string | undefined,
): TaskDetail['attempts'][number]['links'] {
  if (id === undefined) return {};
  const path = `/runs/${run}/tasks/${task}`;
  const shows = showsOf(kind);
  return present({
    console: region === undefined ? undefined : shows?.page(work, id, region),
    log: shows?.logs === true ? `${path}/log?attempt=${number}` : undefined,
    sparkUi: region !== undefined && shows?.sparkUi === true ? `${path}/spark-ui?attempt=${number}` : undefined,
  });
}
