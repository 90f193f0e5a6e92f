import { readMap, signalMap } from '../../actors/map-actor.ts';
import type { JsonObject } from '../../json.ts';
import { countOf, type MapRef } from '../../runs/map/map-record.ts';
import { mapProgress, mapReason } from '../../runs/map/map-words.ts';
import type { System } from '../../services/system.ts';

/** How the items of a task are. Empty: there are none. */
export async function getMap(system: System, ref: MapRef): Promise<JsonObject> {
  const map = await readMap(system, ref);
  if (map === undefined) return {};
  const { ended, startedOn, states, gathered } = map;
  const counts = {
    items: states.length,
    succeeded: countOf(map, 'succeeded') + countOf(map, 'kept'),
    failed: countOf(map, 'failed'),
  };
  if (ended === undefined) return { state: 'open', says: mapProgress(map), startedOn };
  const output = { ...counts, ...gathered };
  return { state: ended.as, says: ended.as, message: mapReason(map), startedOn, endedOn: ended.at, output };
}

export async function stopMap(system: System, ref: MapRef): Promise<JsonObject> {
  await signalMap(system, ref, { is: 'stop' });
  return {};
}
