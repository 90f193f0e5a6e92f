import * as z from 'zod/mini';
import { UnreadableEvent } from '../events/read-event.ts';
import { approval } from './approval.ts';
import { athena } from './athena/athena.ts';
import { aws } from './aws/aws.ts';
import { batch } from './batch/batch.ts';
import { crawler } from './crawler/crawler.ts';
import { dataQuality } from './data-quality/data-quality.ts';
import { ecs } from './ecs/ecs.ts';
import { emrServerless } from './emr-serverless/emr-serverless.ts';
import { emrStep } from './emr-step/emr-step.ts';
import { glueJob } from './glue-job/glue-job.ts';
import type { TaskKind, Thing, Use } from './kind/task-kind.ts';
import type { WorkEvent } from './kind/work-state.ts';
import { lambda } from './lambda/lambda.ts';
import { mapTask } from './map/map-task.ts';
import { nestedPipeline } from './nested-pipeline.ts';
import { redshift } from './redshift/redshift.ts';
import { sensor } from './sensor/sensor.ts';
import { wait } from './wait.ts';

/** Every kind of task, by the key that names it in a pipeline file. */
export const kinds = {
  'glue-job': glueJob,
  crawler,
  wait,
  approval,
  pipeline: nestedPipeline,
  map: mapTask,
  athena,
  'data-quality': dataQuality,
  'emr-serverless': emrServerless,
  batch,
  'emr-step': emrStep,
  lambda,
  aws,
  sensor,
  ecs,
  redshift,
} as const;

type Kinds = typeof kinds;
export type KindName = keyof Kinds;

/** What a task does, one member for each kind. */
export type Work = z.output<Kinds[KindName]['runs']['work']>;

kinds satisfies { readonly [K in KindName]: TaskKind<Extract<Work, { kind: K }>> };

const names = Object.keys(kinds).filter(isKind);

/** Work from a state machine, and in the ledger, with its expressions evaluated. */
export const work = z.union(names.map((name) => kinds[name].runs.work));

export function kindOf(name: KindName): TaskKind<Work> {
  return kinds[name];
}

export const allKinds: readonly TaskKind<Work>[] = names.map(kindOf);

/** The names of one sort of things that a task's work uses. */
export function used(what: Use['what'], { work }: { readonly work: Work }): string[] {
  return kindOf(work.kind)
    .uses(work)
    .flatMap((use) => (use.what === what ? [use.name] : []));
}

/** The sorts of things that tasks use. */
export const things: Readonly<Record<string, Thing>> = Object.assign({}, ...allKinds.map((kind) => kind.things));

/** The kinds that a task names. A correct task names exactly one. */
export function kindsIn(task: object): KindName[] {
  return names.filter((kind) => Object.hasOwn(task, kind));
}

export function isKind(name: string): name is KindName {
  return Object.hasOwn(kinds, name);
}

/** Where people can see work of this kind. */
export function showsOf(kind: string) {
  return isKind(kind) ? kindOf(kind).runs.shows : undefined;
}

/** @throws {UnreadableEvent} */
export function readWorkEvent(event: unknown): WorkEvent & { readonly kind: KindName } {
  const type = z.safeParse(z.object({ source: z.string(), 'detail-type': z.string() }), event).data;
  for (const { kind, runs } of allKinds) {
    if (runs.event === undefined) continue;
    const { pattern } = runs.event;
    if (type === undefined || !pattern.source.includes(type.source)) continue;
    if (pattern['detail-type'].includes(type['detail-type'])) return { ...runs.event.read(event), kind };
  }
  throw new UnreadableEvent('event: no kind of task has such events');
}
