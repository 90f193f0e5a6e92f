import type { Json } from '../../../shared/json.ts';
import { evaluate } from '../data/evaluate.ts';
import type { StateDefinition } from '../definition/program.ts';
import { addChild } from '../run/children.ts';
import type { ChildrenPhase, Frame } from '../run/execution.ts';
import { type StateWork, stay } from '../run/outcome.ts';
import { record, recordAside, type Turn } from '../run/turn.ts';

export const map: StateWork = async (turn, frame, state) => {
  const { Items, MaxConcurrency } = state.fields;
  const items = Items === undefined ? frame.documents.input : await evaluate(turn, frame, Items, 'Items', {});
  const limit = MaxConcurrency === undefined ? 0 : await evaluate(turn, frame, MaxConcurrency, 'MaxConcurrency', {});
  const list: readonly Json[] = Array.isArray(items) ? items : [];
  record(turn, frame, 'MapStateStarted', { length: list.length });
  frame.documents = { ...frame.documents, data: list };
  const concurrency = typeof limit === 'number' && limit > 0 ? limit : list.length;
  frame.phase = { kind: 'children', total: list.length, started: 0, ended: 0, concurrency };
  await startIterations(turn, frame, state, frame.previous);
  return stay;
};

/** As many as may run now. The first of them follow `previous`. */
export async function startIterations(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  previous: number,
): Promise<void> {
  if (frame.phase.kind !== 'children') return;
  const { data } = frame.documents;
  const items: readonly Json[] = Array.isArray(data) ? data : [];
  let phase: ChildrenPhase = frame.phase;
  while (phase.started < phase.total && phase.started - phase.ended < phase.concurrency) {
    const index = phase.started;
    const started = recordAside(turn, previous, 'MapIterationStarted', { name: state.name, index });
    const input = await itemInput(turn, frame, state, index, items[index] ?? null);
    addChild(turn, frame, { scope: state.scopes[0] ?? 0, index, input, previous: started });
    phase = { ...phase, started: index + 1 };
    frame.phase = phase;
  }
  turn.touched.add(frame);
}

async function itemInput(turn: Turn, frame: Frame, state: StateDefinition, index: number, item: Json): Promise<Json> {
  const { ItemSelector } = state.fields;
  if (ItemSelector === undefined) return item;
  return await evaluate(turn, frame, ItemSelector, 'ItemSelector', { item: { Index: index, Value: item } });
}
