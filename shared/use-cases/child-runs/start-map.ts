import { findRun } from '../../actors/kit/find-run.ts';
import { readMap, signalMap } from '../../actors/map-actor.ts';
import type { ChildRuns, Tolerated } from '../../calls/own-call.ts';
import { present } from '../../json.ts';
import { writeItemValues } from '../../runs/map/item-values.ts';
import { itemStates, type MapRecord, mostItems } from '../../runs/map/map-record.ts';
import { runIsOver } from '../../runs/run/run-record.ts';
import type { System } from '../../services/system.ts';
import { earlierItems } from './earlier-items.ts';
import { itemValues } from './item-values.ts';
import { RunRefused } from './run-refused.ts';
import { sourceItems } from './source-items.ts';

/** More would only wait in the queue of the inner pipeline. */
const mostAtOnce = 1_000;

/** Claims the items of a task, and starts the first of them. @throws {RunRefused} */
export async function startMap(system: System, request: ChildRuns): Promise<object> {
  const { parent, pipeline } = request;
  if ((await readMap(system, parent)) !== undefined) return {};
  const above = await findRun(system, parent.run);
  if (above === undefined || runIsOver(above)) throw new RunRefused('the run is over');
  const inner = system.catalog.byName(pipeline)?.pipeline;
  if (inner === undefined) throw new RunRefused(`there is no pipeline ${pipeline}`);
  const items = await sourceItems(system, request.over);
  if (items.length > mostItems) {
    throw new RunRefused(`over: came to more than ${mostItems} items, the most that a task may have`);
  }
  const buckets = system.catalog.byName(above.pipeline)?.pipeline.buckets;
  const values = await itemValues(items, request, { above, ...present({ buckets }) });
  const known = await earlierItems(system, above, parent, pipeline, values);
  const written = await writeItemValues(system.ledger, parent.run, known);
  const states = known.map(({ kept }) => (kept === undefined ? itemStates.waiting : itemStates.kept)).join('');
  const { concurrency = mostAtOnce, tolerated, outputs } = request;
  const map: Omit<MapRecord, 'startedOn' | 'lastStart' | 'failures'> = {
    ...parent,
    inner: pipeline,
    values: written,
    states,
    atOnce: Math.min(concurrency, inner.runs.max, mostAtOnce),
    tolerated: toleratedOf(tolerated, states.length),
    outputs: [...outputs],
  };
  await signalMap(system, parent, { is: 'claim', map });
  system.log({ message: 'items started', run: parent.run, task: parent.task, pipeline, items: states.length });
  return {};
}

function toleratedOf(tolerated: Tolerated, items: number): number {
  return 'items' in tolerated ? tolerated.items : Math.floor((items * tolerated.percent) / 100);
}
