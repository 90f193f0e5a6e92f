import type { Json } from '../../../shared/json.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { Frame } from '../frames/execution.ts';
import type { Turn } from '../frames/turn.ts';
import { toleratedFailureCount, toleratedFailurePercentage } from '../states/map/begin-map-run.ts';
import { batches, batchLimits } from '../states/map/item-batches.ts';
import { itemInput } from '../states/map/item-input.ts';
import { maxConcurrency } from '../states/map/max-concurrency.ts';
import { testedItems } from './tested-items.ts';

/** One member of `inspectionData`. Undefined if the state does not have it. */
export type Stage = readonly [name: string, look: () => Json | undefined | Promise<Json | undefined>];

/** The stages of a Map's items in the order of an execution. Each stage needs the previous ones. */
export function mapStages(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  readerData: string | undefined,
): readonly Stage[] {
  const { ItemSelector, Parameters, ItemReader, ItemsPath } = state.fields;
  const inPaths = state.language === 'JSONPath';
  const ofInput = ItemReader === undefined || (ItemsPath !== undefined && readerData === undefined);
  const selects = ItemSelector !== undefined || (inPaths && Parameters !== undefined);
  let found: Awaited<ReturnType<typeof testedItems>> = { items: [] };
  let inputs: readonly Json[] = [];
  return [
    [
      'afterItemsPath',
      async () => {
        found = await testedItems(turn, frame, state, readerData);
        return inPaths && ofInput ? found.items : undefined;
      },
    ],
    ['afterItemsPointer', () => found.pointed],
    ['maxConcurrency', () => maxConcurrency(turn, frame, state)],
    ['toleratedFailureCount', () => toleratedFailureCount(turn, frame, state)],
    ['toleratedFailurePercentage', () => toleratedFailurePercentage(turn, frame, state)],
    [
      'afterItemSelector',
      async () => {
        const selected: Json[] = [];
        for (const [index, item] of found.items.entries()) {
          selected.push(await itemInput(turn, frame, state, index, item));
        }
        inputs = selected;
        return selects && (ItemReader === undefined || found.items.length > 0) ? selected : undefined;
      },
    ],
    [
      'afterItemBatcher',
      async () => {
        const limits = await batchLimits(turn, frame, state);
        return limits === undefined ? undefined : batches(inputs, limits);
      },
    ],
  ];
}
