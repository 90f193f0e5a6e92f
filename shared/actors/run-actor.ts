import * as z from 'zod/mini';
import { present } from '../json.ts';
import { followKey, openShards, outsidePartition, outsidePrefix, runKey, slotsKey } from '../ledger/ledger-keys.ts';
import { readRecord } from '../ledger/read-record.ts';
import type { RunRules } from '../model/pipeline.ts';
import { runNews } from '../news/run-news.ts';
import { advanceRun } from '../runs/run/advance-run.ts';
import { type RunRecord, runIndex, runRecord } from '../runs/run/run-record.ts';
import type { RunEffect, RunSignal } from '../runs/run/run-signal.ts';
import {
  advanceSlots,
  hasRoom,
  letInAtOnce,
  placeOf,
  type SlotsEffect,
  type SlotsRecord,
  type SlotsSignal,
  slotsRecord,
} from '../runs/slots/slots.ts';
import { stopExecution } from '../services/sfn.ts';
import type { System } from '../services/system.ts';
import { followersOfRun } from '../triggers/followers.ts';
import { type Actor, advance, type News } from './kit/advance.ts';
import { noteDefinition } from './kit/definitions.ts';
import { ask, halt, launch } from './kit/execution.ts';
import { openEntry, Refused } from './kit/open-entry.ts';
import { firstOutside } from './kit/overflow.ts';
import { stopTasks } from './task-actor.ts';

/** Takes a signal to a run. */
export async function signalRun(
  system: System,
  run: string,
  signal: RunSignal,
  news?: News,
): Promise<RunRecord | undefined> {
  return (await advance(system, runActor, runKey(run), [signal], news)).record;
}

/** Asks for the state of a run, and reports it late by its pipeline's rules. */
export const openRuns = openEntry('run', z.object({ run: z.string() }), async (system, { run: id }) => {
  let run = await signalRun(system, id, { is: 'tick' });
  const after = run && system.catalog.byName(run.pipeline)?.pipeline.runs.lateSeconds;
  if (after !== undefined) run = await signalRun(system, id, { is: 'late', after });
  if (run !== undefined && !run.settled && run.refusedSince !== undefined) throw new Refused(run.id);
});

type Effect<Do extends RunEffect['do']> = Extract<RunEffect, { do: Do }>;

const runActor: Actor<RunRecord, RunSignal, RunEffect> = {
  schema: runRecord,
  decide: advanceRun,
  index: runIndex,
  news: runNews,
  async perform(system, effect, news) {
    switch (effect.do) {
      case 'admit':
        return [await admit(system, effect, news)];
      case 'launch':
        return launch(system, effect.run);
      case 'ask-execution':
        return ask(system, effect.run, effect.executionArn);
      case 'stop-execution':
        await stopExecution(system.sfn, effect.executionArn, 'asked for');
        return [];
      case 'halt':
        return halt(system, effect.run);
      case 'say-late': {
        const { id: run, pipeline } = effect.run;
        system.log({ message: 'run late', level: 'warning', run, pipeline });
        return [];
      }
      case 'settle':
        return settle(system, effect, news);
    }
  },
};

/** A pipeline that is no longer deployed has no concurrency rules. */
function rulesOf(system: Pick<System, 'catalog'>, pipeline: string): Pick<RunRules, 'max' | 'overlap'> {
  return system.catalog.byName(pipeline)?.pipeline.runs ?? { max: Number.POSITIVE_INFINITY, overlap: 'queue' };
}

/**
 * Concurrency limit used when a slot is freed. 0 for a pipeline missing from this catalog: another process may have
 * it deployed, and its reconciler lets runs in. If nobody has, the runs are refused when somebody looks at them.
 */
export function roomOf(system: Pick<System, 'catalog'>, pipeline: string): Pick<RunRules, 'max'> {
  return system.catalog.byName(pipeline)?.pipeline.runs ?? { max: 0 };
}

async function admit(system: System, { do: _, ...asked }: Effect<'admit'>, news: News): Promise<RunSignal> {
  const { run, pipeline, trigger } = asked;
  const rules = rulesOf(system, pipeline);
  const triggers = system.catalog.byName(pipeline)?.pipeline.triggers ?? {};
  const priority = trigger === undefined ? 0 : (triggers[trigger]?.priority ?? 0);
  const signal: SlotsSignal = { is: 'admit', ...asked, priority, rules };
  const decided = await advance(system, slotsActor(pipeline), slotsKey(pipeline), [signal], news);
  const { record: slots, effects } = decided;
  const outside = effects.find((effect) => effect.do === 'wait-outside');
  if (outside !== undefined) {
    system.log({ message: 'queue full, run waits outside', level: 'warning', run, pipeline });
    return { is: 'outside', priority, ...(outside.kept ? { kept: true } : {}) };
  }
  const place = placeOf(slots, run);
  system.log({ message: `run ${place}`, run, pipeline });
  if (place === 'queued' && slots?.queued[0]?.run === run) await freePlaces(system, pipeline, slots.live, news);
  return place === 'admitted'
    ? { is: place, ...present({ definition: await noteDefinition(system, pipeline) }) }
    : { is: place };
}

/** A process may have taken a slot for a run that was over already, and crashed before it freed the slot. */
async function freePlaces(system: System, pipeline: string, live: readonly string[], news: News): Promise<void> {
  for (const run of live) {
    const holder = await system.ledger.get(runKey(run));
    if (holder !== undefined && holder.value.settled !== true) continue;
    system.log({ message: 'place held by a run that is over', level: 'warning', run, pipeline });
    await signalSlots(system, pipeline, { is: 'release', run, rules: roomOf(system, pipeline) }, news);
  }
}

/** Takes a signal to a pipeline's slots. */
export async function signalSlots(
  system: System,
  pipeline: string,
  signal: SlotsSignal,
  news?: News,
): Promise<SlotsRecord | undefined> {
  return (await advance(system, slotsActor(pipeline), slotsKey(pipeline), [signal], news)).record;
}

const slotsActor = (pipeline: string): Actor<SlotsRecord, SlotsSignal, SlotsEffect> => ({
  schema: slotsRecord,
  decide: (record, signal, moment) => advanceSlots(record, signal, moment),
  index: () => [],
  async perform(system, effect, news) {
    // as with slots: a catalog without the pipeline admits nothing
    if (effect.do === 'let-in' && system.catalog.byName(pipeline) !== undefined) await letIn(system, pipeline, news);
    else if (effect.do === 'look') await signalRun(system, effect.run, { is: 'tick' }, news);
    else if (effect.do === 'cancel') await signalRun(system, effect.run, { is: 'stop', by: effect.by }, news);
    return [];
  },
});

/** Lets runs of the overflow into the queue, as far as there is room. */
async function letIn(system: System, pipeline: string, news?: News): Promise<void> {
  const slots = (await readRecord(system.ledger, slotsKey(pipeline), slotsRecord)) ?? { live: [], queued: [] };
  if (!hasRoom(slots)) return;
  const first = await firstOutside(system.ledger, pipeline, slots);
  for (const { run } of first.waiting.slice(0, letInAtOnce)) await signalRun(system, run, { is: 'tick' }, news);
  const left = await firstOutside(system.ledger, pipeline, slots);
  if (left.waiting.length === 0) await signalSlots(system, pipeline, { is: 'emptied', kept: left.kept }, news);
}

/** For the reconciler: the process that should have admitted them may have crashed. */
export async function letInAll(
  system: System,
  deadline: number,
  guard: (pipeline: string, work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  let from: string | undefined;
  for (;;) {
    const options = { limit: 1, ...present({ from }) };
    const [first] = (await system.ledger.list(outsidePartition, options)).items;
    const pipeline = first?.value.pipeline;
    if (typeof pipeline !== 'string' || system.clock() >= deadline) return;
    await guard(pipeline, () => letIn(system, pipeline));
    // skip to the next pipeline
    from = `${outsidePrefix(pipeline)}\u{10FFFF}`;
  }
}

/** Milliseconds for stopping the tasks of one run. The next look continues. */
const settleBudget = 20_000;

/**
 * Frees the run's slot, only after all its work has stopped: otherwise two runs of a pipeline could write the same
 * data.
 */
async function settle(system: System, { run, pipeline }: Effect<'settle'>, news: News): Promise<RunSignal[]> {
  const until = system.clock() + settleBudget;
  let open = 0;
  let from: string | undefined;
  do {
    const options = { prefix: `task#${run}#`, ...present({ from }) };
    const page = await system.ledger.list(openShards.partitionOf(run), options);
    const tasks = page.items.flatMap(({ value }) => (typeof value.name === 'string' ? [value.name] : []));
    open += await stopTasks(system, run, tasks, news);
    from = page.next;
    if (from !== undefined && system.clock() >= until) open += 1;
  } while (from !== undefined && system.clock() < until);
  if (open > 0) {
    system.log({ message: 'run has open attempts', run, pipeline, open });
    return [];
  }
  await signalSlots(system, pipeline, { is: 'release', run, rules: roomOf(system, pipeline) }, news);
  await noteFollowers(system, run, pipeline);
  return [{ is: 'settled' }];
}

/**
 * A task of an ended run has ended. Only the last such task settles the run: looking at the run after each of N
 * tasks would cost N² reads.
 */
export async function settleAfterLast(system: System, run: string): Promise<void> {
  const left = await system.ledger.list(openShards.partitionOf(run), { prefix: `task#${run}#`, limit: 1 });
  if (left.items.length === 0) await signalRun(system, run, { is: 'tick' });
}

/**
 * Written before the run counts as settled, so that either the event of the run's end or the reconciler starts the
 * followers.
 */
async function noteFollowers({ ledger, catalog }: System, run: string, pipeline: string): Promise<void> {
  const pipelines = catalog.pipelines.map((entry) => entry.pipeline);
  if (followersOfRun(pipelines, { pipeline }).length === 0) return;
  await ledger.write([{ key: followKey(run), expect: 'any', value: { kind: 'follow', run } }]);
}
