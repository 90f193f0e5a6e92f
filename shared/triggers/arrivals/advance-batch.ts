import type { IndexEntry, Step } from '../../ledger/decision.ts';
import type { BatchRecord } from './batch-record.ts';

export type BatchSignal =
  /** An object that is a batch of its own. `claims` are its items. */
  | { readonly is: 'complete'; readonly batch: BatchRecord; readonly claims: readonly IndexEntry[] }
  | { readonly is: 'started'; readonly run: string }
  | { readonly is: 'refused' }
  | { readonly is: 'tick' };

export type BatchEffect = { readonly do: 'start'; readonly batch: BatchRecord };

/** Starts the run of a complete batch, once. */
export function advanceBatch(record: BatchRecord | undefined, signal: BatchSignal): Step<BatchRecord, BatchEffect> {
  if (signal.is === 'complete') {
    const { batch, claims } = signal;
    return record === undefined ? { record: batch, effects: start(batch), claims } : { record, effects: [] };
  }
  if (record?.state !== 'complete') return { record, effects: [] };
  switch (signal.is) {
    case 'started':
      return { record: { ...record, state: 'started', run: signal.run }, effects: [] };
    case 'refused':
      return { record: { ...record, state: 'refused' }, effects: [] };
    case 'tick':
      return { record, effects: start(record) };
  }
}

function start(batch: BatchRecord): BatchEffect[] {
  return [{ do: 'start', batch }];
}
