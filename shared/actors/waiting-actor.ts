import * as z from 'zod/mini';
import { present } from '../json.ts';
import { waitingKey } from '../ledger/ledger-keys.ts';
import type { System } from '../services/system.ts';
import { intervalLabel } from '../time/interval.ts';
import { advanceWaiting, type WaitingEffect, type WaitingSignal } from '../triggers/datasets/advance-waiting.ts';
import { type WaitingRecord, waitingIndex, waitingRecord } from '../triggers/datasets/waiting-record.ts';
import { type Actor, advance } from './kit/advance.ts';
import { openEntry } from './kit/open-entry.ts';
import { startOrBury } from './start-or-dead-letter.ts';

/** Takes signals to a trigger that waits for datasets. @param key of the interval, or `-` */
export async function signalWaiting(
  system: System,
  pipeline: string,
  trigger: string,
  key: string,
  signals: readonly WaitingSignal[],
): Promise<WaitingRecord | undefined> {
  return (await advance(system, waitingActor, waitingKey(pipeline, trigger, key), signals)).record;
}

const waiting = z.object({ pipeline: z.string(), name: z.string(), key: z.string() });

/** Checks whether the deadline has passed, and starts the run that is due. */
export const openWaiting = openEntry('waiting', waiting, async (system, { pipeline, name, key }) => {
  const triggers = system.catalog.byName(pipeline)?.pipeline.triggers ?? {};
  const trigger = Object.hasOwn(triggers, name) ? triggers[name] : undefined;
  const of = trigger?.kind === 'datasets' ? trigger : undefined;
  await signalWaiting(system, pipeline, name, key, [{ is: 'tick', of }]);
});

const waitingActor: Actor<WaitingRecord, WaitingSignal, WaitingEffect> = {
  schema: waitingRecord,
  decide: advanceWaiting,
  index: waitingIndex,
  async perform(system, effect, news) {
    const { pipeline, trigger: name, interval, key } = effect.waiting;
    if (effect.do === 'alert') {
      const missing = [...effect.missing];
      system.log({ message: 'datasets late', level: 'warning', pipeline, trigger: name, interval: key, missing });
      return [];
    }
    const { round, have } = effect.owed;
    const datasets = Object.fromEntries(
      Object.entries(have).map(([dataset, { run, at }]) => [dataset, { run, at: new Date(at).toISOString() }]),
    );
    const request = {
      pipeline,
      cause: `${name}\n${key} ${round}`,
      label: interval === undefined ? `${name}-${round}` : `${name}-${intervalLabel(interval)}`,
      trigger: { kind: 'datasets', name, datasets },
      depth: Math.max(0, ...Object.values(have).map(({ depth }) => depth)),
      ...present({ interval }),
    };
    const answer = await startOrBury(system, request, news);
    if (answer.is === 'run') system.log({ message: 'datasets there', run: answer.run.id, pipeline, trigger: name });
    return [{ is: 'started', round }];
  },
};
