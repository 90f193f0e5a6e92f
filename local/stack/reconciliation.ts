import type { Timers } from '../clock/timers.ts';
import type { Functions } from '../lambda/functions.ts';
import { account, region } from '../service/account.ts';

export type ReconciliationOptions = {
  readonly functions: Functions;
  readonly timers: Timers;
  readonly now: () => number;
  readonly uuid: () => string;
  readonly everySeconds: number;
  /** Whether schedules run here, so that missed ones are looked for. */
  readonly schedules: boolean;
  /** Called at the same times. */
  readonly look: () => void;
  readonly onSurprise?: (error: unknown) => void;
};

/** Invokes `reconcile` now and then regularly, as a schedule does on AWS. Resolves after the first time. */
export async function startReconciliation(options: ReconciliationOptions): Promise<void> {
  options.look();
  await reconcileNow(options);
  options.timers.after(options.everySeconds * 1_000, () => void startReconciliation(options));
}

/** Invokes `reconcile` once. */
export async function reconcileNow(
  options: Pick<ReconciliationOptions, 'functions' | 'now' | 'uuid' | 'schedules' | 'onSurprise'>,
): Promise<void> {
  try {
    await options.functions.invoke('reconcile', scheduledEvent(options));
  } catch (error) {
    options.onSurprise?.(error);
  }
}

function scheduledEvent({ now, uuid, schedules }: Pick<ReconciliationOptions, 'now' | 'uuid' | 'schedules'>): unknown {
  return {
    version: '0',
    id: uuid(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account,
    time: `${new Date(now()).toISOString().slice(0, 19)}Z`,
    region,
    resources: [`arn:aws:events:${region}:${account}:rule/reconcile`],
    detail: { schedules },
  };
}
