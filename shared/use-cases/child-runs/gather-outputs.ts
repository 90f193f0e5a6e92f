import { itemRun, readMap } from '../../actors/map-actor.ts';
import type { JsonObject } from '../../json.ts';
import { readItemValues } from '../../runs/map/item-values.ts';
import { itemStates, type MapRef } from '../../runs/map/map-record.ts';
import type { System } from '../../services/system.ts';
import { outputsOf } from './child-outputs.ts';

/** Outputs of items that the task's own output holds. Longer ones are in a file. */
const inlineBytes = 8 * 1024;
const atOnce = 16;

/** The outputs of all items that have succeeded, in the order of the items. */
export async function gatherOutputs(system: System, ref: MapRef): Promise<JsonObject> {
  const map = await readMap(system, ref);
  if (map === undefined) return {};
  const values = await readItemValues(system.ledger, map.run, map.values, map.states.length);
  const items: JsonObject[] = [];
  for (let from = 0; from < values.length; from += atOnce) {
    const some = values.slice(from, from + atOnce).map(async ({ label, kept }, at): Promise<JsonObject[]> => {
      const index = from + at;
      const state = map.states[index];
      if (state !== itemStates.succeeded && state !== itemStates.kept) return [];
      const run = kept ?? itemRun(map, index);
      return [{ item: label, run, ...(await outputsOf(system, run, map.outputs)) }];
    });
    items.push(...(await Promise.all(some)).flat());
  }
  const text = JSON.stringify(items);
  if (Buffer.byteLength(text) <= inlineBytes) return { outputs: items };
  const key = `manifests/${map.run}/${map.task}-${map.attempt}.json`;
  await system.objects.put(system.outputBucket, key, text);
  return { outputsAt: `s3://${system.outputBucket}/${key}` };
}
