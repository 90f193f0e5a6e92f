import type { Ledger } from '../../ledger/ledger.ts';
import { slotsKey } from '../../ledger/ledger-keys.ts';
import { readRecord } from '../../ledger/read-record.ts';
import { type SlotsRecord, slotsRecord } from '../../runs/slots/slots.ts';

export function readSlots(ledger: Ledger, pipeline: string): Promise<SlotsRecord | undefined> {
  return readRecord(ledger, slotsKey(pipeline), slotsRecord);
}

/** Reads the slots of each pipeline once. */
export function slotsReader(ledger: Ledger): (pipeline: string) => Promise<SlotsRecord | undefined> {
  const known = new Map<string, Promise<SlotsRecord | undefined>>();
  return (pipeline) => {
    const slots = known.get(pipeline) ?? readSlots(ledger, pipeline);
    known.set(pipeline, slots);
    return slots;
  };
}
