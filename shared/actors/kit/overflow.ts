import * as z from 'zod/mini';
import type { Ledger } from '../../ledger/ledger.ts';
import { outsidePartition, outsidePrefix } from '../../ledger/ledger-keys.ts';
import { parseRecord } from '../../ledger/read-record.ts';
import { isHeld, letInAtOnce, type SlotsRecord } from '../../runs/slots/slots.ts';

const outsideEntry = z.object({ run: z.string(), order: z.string(), trigger: z.exactOptional(z.string()) });

/** The runs to let into a pipeline's queue, the next one first, at most so many of each kind. `kept`: some are held. */
export async function firstOutside(ledger: Ledger, pipeline: string, slots: SlotsRecord) {
  const list = async (kept: boolean) => {
    const options = { prefix: outsidePrefix(pipeline, kept), limit: letInAtOnce };
    return (await ledger.list(outsidePartition, options)).items.map((item) => parseRecord(outsideEntry, item));
  };
  const kept = await list(true);
  const free = kept.filter((entry) => !isHeld(slots, entry));
  const waiting = [...(await list(false)), ...free].sort((one, other) => (one.order < other.order ? -1 : 1));
  return { waiting, kept: free.length < kept.length };
}
