import { isJsonObject, type Json } from '../../../../shared/json.ts';
import { evaluate } from '../../data/evaluate.ts';
import { jsonText } from '../../data/json-text.ts';
import { numberField } from '../../data/number-field.ts';
import { fill, selectedInput } from '../../data/path-data.ts';
import type { StateDefinition } from '../../definition/program.ts';
import type { Frame } from '../../frames/execution.ts';
import type { Turn } from '../../frames/turn.ts';

export type BatchLimits = {
  readonly maxItems: number;
  readonly maxBytes: number;
  readonly batchInput: Json | undefined;
};

/** `ItemBatcher` with its expressions evaluated. Undefined if the state has none. */
export async function batchLimits(turn: Turn, frame: Frame, state: StateDefinition): Promise<BatchLimits | undefined> {
  const { ItemBatcher: batcher } = state.fields;
  if (batcher === undefined || !isJsonObject(batcher)) return undefined;
  // 0 means no limit, as in MaxItems and MaxConcurrency.
  const limit = async (name: string): Promise<number> =>
    (await numberField(turn, frame, state, name, 'integer', batcher, 'ItemBatcher/')) || Number.POSITIVE_INFINITY;
  const { BatchInput } = batcher;
  return {
    maxItems: await limit('MaxItemsPerBatch'),
    maxBytes: await limit('MaxInputBytesPerBatch'),
    batchInput:
      BatchInput === undefined || state.language === 'JSONPath'
        ? BatchInput && fill(turn, frame, BatchInput, selectedInput(turn, frame, state))
        : await evaluate(turn, frame, BatchInput, 'ItemBatcher/BatchInput', {}),
  };
}

/** Puts as many items in each batch as fit. An item that is too large gets a batch of its own. */
export function batches(items: readonly Json[], { maxItems, maxBytes, batchInput }: BatchLimits): readonly Json[] {
  const shared = batchInput === undefined ? {} : { BatchInput: batchInput };
  const frameBytes = Buffer.byteLength(JSON.stringify({ ...shared, Items: [] }));
  const found: Json[] = [];
  let batch: Json[] = [];
  let bytes = frameBytes;
  for (const item of items) {
    const size = Buffer.byteLength(jsonText(item)) + 1;
    if (batch.length > 0 && (batch.length >= maxItems || bytes + size > maxBytes)) {
      found.push({ ...shared, Items: batch });
      batch = [];
      bytes = frameBytes;
    }
    batch.push(item);
    bytes += size;
  }
  if (batch.length > 0) found.push({ ...shared, Items: batch });
  return found;
}
