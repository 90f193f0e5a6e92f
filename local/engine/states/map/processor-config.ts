import { isJsonObject, type JsonObject } from '../../../../shared/json.ts';
import type { StateDefinition } from '../../definition/program.ts';

/** How a Map runs its items. An `Iterator`, the older name, may have it too (recorded). */
export function processorConfig({ fields }: StateDefinition): JsonObject {
  const processor = fields.ItemProcessor ?? fields.Iterator ?? null;
  const config = isJsonObject(processor) ? (processor.ProcessorConfig ?? null) : null;
  return isJsonObject(config) ? config : {};
}
