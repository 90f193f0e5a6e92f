import type { Json, JsonObject } from '../../../shared/json.ts';
import { numberField } from '../data/number-field.ts';
import { mergedResult, pathWorkInput, selectedInput, selectedResult } from '../data/path-data.ts';
import { workInput } from '../data/state-data.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { Frame } from '../frames/execution.ts';
import type { Turn } from '../frames/turn.ts';
import { itemInput } from '../states/item-input.ts';
import { mapItems } from '../states/map.ts';

/** `inspectionData`: what the state's input was made into on its way, as far as it came. `result`: of its work. */
export async function inspectState(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  result: Json | undefined,
): Promise<JsonObject> {
  const variables = frame.documents.variables;
  const base: JsonObject = {
    input: frame.documents.input,
    ...(Object.keys(variables).length > 0 && { variables }),
  };
  if (state.type === 'Map') {
    return { ...base, ...(await mapStages(turn, frame, state)), ...(await mapLimits(turn, frame, state)) };
  }
  if (state.language === 'JSONata') return { ...base, ...(await evaluatedStages(turn, frame, state, result)) };
  return { ...base, ...pathStages(turn, frame, state, result) };
}

/** As the API describes them; items that an ItemReader would read are not there. */
async function mapStages(turn: Turn, frame: Frame, state: StateDefinition): Promise<JsonObject> {
  const { ItemsPath, ItemSelector, ItemReader } = state.fields;
  const inPaths = state.language === 'JSONPath';
  const stages: JsonObject = inPaths ? { afterInputPath: selectedInput(turn, frame, state) } : {};
  if (ItemReader !== undefined) return stages;
  const items = await mapItems(turn, frame, state);
  const selected: Json[] = [];
  for (const [index, item] of items.entries()) selected.push(await itemInput(turn, frame, state, index, item));
  return {
    ...stages,
    ...(inPaths && ItemsPath !== undefined && { afterItemsPath: items }),
    ...(ItemSelector !== undefined && { afterItemSelector: selected }),
  };
}

async function mapLimits(turn: Turn, frame: Frame, state: StateDefinition): Promise<JsonObject> {
  const count = await numberField(turn, frame, state, 'ToleratedFailureCount');
  const share = await numberField(turn, frame, state, 'ToleratedFailurePercentage', 'float');
  return {
    maxConcurrency: (await numberField(turn, frame, state, 'MaxConcurrency')) ?? 0,
    ...(count !== undefined && { toleratedFailureCount: count }),
    ...(share !== undefined && { toleratedFailurePercentage: share }),
  };
}

async function evaluatedStages(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  result: Json | undefined,
): Promise<JsonObject> {
  if (state.type !== 'Task') return {};
  return {
    ...(state.fields.Arguments !== undefined && { afterArguments: await workInput(turn, frame, state) }),
    ...(result !== undefined && { result }),
  };
}

function pathStages(turn: Turn, frame: Frame, state: StateDefinition, result: Json | undefined): JsonObject {
  const { Result } = state.fields;
  const works = state.type === 'Task' || state.type === 'Pass' || state.type === 'Parallel';
  if (!works) return { afterInputPath: selectedInput(turn, frame, state) };
  const given = state.type === 'Pass' ? Result : result;
  const inputs: JsonObject =
    state.type === 'Pass' && Result !== undefined
      ? {}
      : { afterInputPath: selectedInput(turn, frame, state), afterParameters: pathWorkInput(turn, frame, state) };
  const raw = given ?? (state.type === 'Pass' ? pathWorkInput(turn, frame, state) : undefined);
  if (raw === undefined) return inputs;
  const selected = selectedResult(turn, frame, state, raw);
  return {
    ...inputs,
    ...(given !== undefined && { result: given }),
    afterResultSelector: selected,
    afterResultPath: mergedResult(frame, state, selected),
  };
}
