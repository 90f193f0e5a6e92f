import { toScheduled } from '../../actors/schedule-actor.ts';
import { present } from '../../json.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { scheduleKey } from '../../ledger/ledger-keys.ts';
import { readRecord } from '../../ledger/read-record.ts';
import type { JoinRule, Pipeline, Task } from '../../model/pipeline.ts';
import type { Trigger } from '../../model/trigger.ts';
import { isPaused, type SlotsRecord } from '../../runs/slots/slots.ts';
import { kindOf } from '../../tasks/kinds.ts';
import { nextTimes, timesOf } from '../../time/next-times.ts';
import { triggerKind } from '../../triggers/kinds/kinds.ts';
import { countsFrom, scheduleRecord } from '../../triggers/schedules/advance-schedule.ts';
import { readSlots } from '../queues/read-slots.ts';
import { listRuns } from '../runs/list-runs.ts';
import { isoTime } from '../shapes.ts';
import type { PipelineItem, PipelineView, TaskNode, TriggerView } from './pipeline-view.ts';

const runsShown = 5;

/** A pipeline with its current activity. @param now epoch milliseconds */
export async function readPipelineItem(ledger: Ledger, pipeline: Pipeline, now: number): Promise<PipelineItem> {
  const { name, description, tasks } = pipeline;
  const slots = await readSlots(ledger, name);
  const triggers = Object.entries(pipeline.triggers).map(([trigger, of]) =>
    triggerView(ledger, name, trigger, of, slots, now),
  );
  return {
    name,
    ...present({ description }),
    paused: isPaused(slots),
    params: paramViews(pipeline),
    triggers: await Promise.all(triggers),
    tasks: tasks.map((task) => task.name),
    live: slots?.live ?? [],
    waiting: slots?.queued.length ?? 0,
    lastRuns: (await listRuns(ledger, { pipeline: name, limit: runsShown })).runs,
  };
}

/** The same, with its graph. */
export async function readPipelineView(ledger: Ledger, pipeline: Pipeline, now: number): Promise<PipelineView> {
  return { ...(await readPipelineItem(ledger, pipeline, now)), ...definitionFacts(pipeline) };
}

/** Facts of its file, independent of its runs. */
export function definitionFacts(pipeline: Pipeline): Pick<PipelineView, 'description' | 'params' | 'tasks' | 'runs'> {
  const { description, tasks } = pipeline;
  const { max, overlap, deadlineSeconds } = pipeline.runs;
  return {
    ...present({ description }),
    params: paramViews(pipeline),
    tasks: tasks.map(taskNode),
    runs: { max, overlap, deadlineSeconds },
  };
}

function paramViews({ params }: Pipeline): PipelineItem['params'] {
  return Object.entries(params).map(([name, { type, default: fallback, description }]) => ({
    name,
    type,
    required: fallback === undefined,
    ...present({ default: fallback, description }),
  }));
}

async function triggerView(
  ledger: Ledger,
  pipeline: string,
  name: string,
  of: Trigger,
  slots: SlotsRecord | undefined,
  now: number,
): Promise<TriggerView> {
  const view = { name, kind: of.kind, paused: isPaused(slots, name), what: triggerKind(of.kind).words(of) };
  if (of.kind !== 'schedule') return view;
  const record = await readRecord(ledger, scheduleKey(pipeline, name), scheduleRecord);
  const scheduled = toScheduled(pipeline, name, of);
  const [due] = nextTimes(timesOf(scheduled, countsFrom(record, scheduled, now)), now, 1);
  return due === undefined ? view : { ...view, next: isoTime(due) };
}

function taskNode(task: Task): TaskNode {
  const { name, description, after, when, if: condition, work, retry, timeoutSeconds, deadlineSeconds } = task;
  return {
    name,
    ...present({ description }),
    after,
    when: ruleText(when),
    ...present({ if: condition }),
    kind: work.kind,
    work: kindOf(work.kind).runs.name(work),
    attempts: retry.attempts,
    timeoutSeconds,
    ...present({ deadlineSeconds }),
    tolerate: task.tolerate,
    publishes: task.publishes,
  };
}

function ruleText(rule: JoinRule): string {
  return typeof rule === 'string' ? rule : `at_least ${rule.atLeast}`;
}
