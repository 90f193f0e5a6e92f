import { waitingKey } from '../ledger/ledger-keys.ts';
import type { System } from '../services/system.ts';
import { intervalLabel } from '../time/interval.ts';
import { advanceWaiting, type WaitingEffect, type WaitingSignal } from '../triggers/datasets/advance-waiting.ts';
import { type WaitingRecord, waitingIndex, waitingRecord } from '../triggers/datasets/waiting-record.ts';
import { advance, type Machine } from './advance.ts';
import { startOrBury } from './start-or-dead-letter.ts';

/** Takes signals to a trigger that waits for datasets. @param key of the interval, or `-` */
export function signalWaiting(
  system: System,
  pipeline: string,
  trigger: string,
  key: string,
  ...signals: WaitingSignal[]
): Promise<WaitingRecord | undefined> {
  return advance(system, waitingMachine, waitingKey(pipeline, trigger, key), ...signals);
}

/** Looks whether the deadline has come, and starts what is owed. */
export async function lookAtWaiting(system: System, pipeline: string, name: string, key: string): Promise<void> {
  const triggers = system.catalog.byName(pipeline)?.pipeline.triggers ?? {};
  const trigger = Object.hasOwn(triggers, name) ? triggers[name] : undefined;
  const of = trigger?.kind === 'datasets' ? trigger : undefined;
  await signalWaiting(system, pipeline, name, key, { is: 'tick', of });
}

const waitingMachine: Machine<WaitingRecord, WaitingSignal, WaitingEffect> = {
  schema: waitingRecord,
  decide: advanceWaiting,
  index: waitingIndex,
  async perform(system, effect) {
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
    const answer = await startOrBury(system, {
      pipeline,
      cause: `${name}\n${key} ${round}`,
      label: interval === undefined ? `${name}-${round}` : `${name}-${intervalLabel(interval)}`,
      trigger: { kind: 'datasets', name, datasets },
      depth: Math.max(0, ...Object.values(have).map(({ depth }) => depth)),
      ...(interval === undefined ? {} : { interval }),
    });
    if (answer.is === 'run') system.log({ message: 'datasets there', run: answer.run.id, pipeline, trigger: name });
    return [{ is: 'started', round }];
  },
};
