import type { Json } from '../../../../shared/json.ts';
import { evaluate } from '../../data/evaluate.ts';
import { fill, selectedInput } from '../../data/path-data.ts';
import type { StateDefinition } from '../../definition/program.ts';
import type { Frame } from '../../frames/execution.ts';
import type { Turn } from '../../frames/turn.ts';

/** An iteration's input: its item through `ItemSelector`, or `Parameters` in older definitions. */
export async function itemInput(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  index: number,
  item: Json,
): Promise<Json> {
  const extras = { item: { Index: index, Value: item } };
  const { ItemSelector, Parameters } = state.fields;
  if (state.language === 'JSONata') {
    return ItemSelector === undefined ? item : await evaluate(turn, frame, ItemSelector, 'ItemSelector', extras);
  }
  const template = ItemSelector ?? Parameters;
  return template === undefined ? item : fill(turn, frame, template, selectedInput(turn, frame, state), extras);
}
