import type { Json, JsonObject } from '../../../shared/json.ts';
import { selectedInput } from '../data/path-data.ts';
import type { StateDefinition } from '../definition/program.ts';
import { ItemReaderFailed } from '../driver/items/item-reader-failed.ts';
import { itemsIn, parsed, pointed } from '../driver/items/read-items.ts';
import type { Frame } from '../frames/execution.ts';
import { FailedTry } from '../frames/failed-try.ts';
import type { Turn } from '../frames/turn.ts';
import { itemSource } from '../states/map/begin-map-run.ts';
import { mapItems } from '../states/map/map.ts';

type TestedItems = {
  readonly items: readonly Json[];
  /** The value at the reader's `ItemsPointer`. */
  readonly pointed?: Json | undefined;
};

/**
 * The items of a tested Map. Nothing is read: `readerData` replaces what an ItemReader would have read, and otherwise
 * the input does, as in the guide's example (testing a state, distributed Maps). @throws {StateFailure}
 */
export async function testedItems(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  readerData: string | undefined,
): Promise<TestedItems> {
  if (state.fields.ItemReader === undefined) return { items: await mapItems(turn, frame, state) };
  if (readerData === undefined) return { items: await itemsOfInput(turn, frame, state) };
  const { config, maxItems = 0 } = await itemSource(turn, frame, state);
  try {
    const items = itemsIn(readerData, { ...config, InputType: inputType(config) });
    const known =
      config.ItemsPointer === undefined ? {} : { pointed: pointed(parsed(readerData), config.ItemsPointer) };
    return { items: maxItems > 0 ? items.slice(0, maxItems) : items, ...known };
  } catch (thrown) {
    if (!(thrown instanceof ItemReaderFailed)) throw thrown;
    throw new FailedTry({ error: 'States.ItemReaderFailed', cause: thrown.message });
  }
}

/** Listings, inventories and the like have no text format, and are given as JSON. */
function inputType({ InputType }: JsonObject): string {
  return InputType === 'CSV' || InputType === 'JSONL' ? InputType : 'JSON';
}

async function itemsOfInput(turn: Turn, frame: Frame, state: StateDefinition): Promise<readonly Json[]> {
  if (state.fields.ItemsPath !== undefined) return await mapItems(turn, frame, state);
  const input = state.language === 'JSONPath' ? selectedInput(turn, frame, state) : frame.documents.input;
  return Array.isArray(input) ? input : [];
}
