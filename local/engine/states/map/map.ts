import type { Json } from '../../../../shared/json.ts';
import { evaluate } from '../../data/evaluate.ts';
import { expressionText, pathValue } from '../../data/number-field.ts';
import { selectedInput } from '../../data/path-data.ts';
import type { StateDefinition } from '../../definition/program.ts';
import type { ChildrenPhase, Frame } from '../../frames/execution.ts';
import { addChild } from '../../frames/new-frame.ts';
import { type StateWork, stay } from '../../frames/outcome.ts';
import { record, recordAside, type Turn } from '../../frames/turn.ts';
import { QueryEvaluationError, unexpectedResultType } from '../../jsonata/query-evaluation-error.ts';
import { PathFailure } from '../../jsonpath/state-failure.ts';
import { beginMapRun } from './begin-map-run.ts';
import { itemInput } from './item-input.ts';
import { maxConcurrency } from './max-concurrency.ts';
import { processorConfig } from './processor-config.ts';

export const map: StateWork = async (turn, frame, state) => {
  const reads = isDistributed(state) && state.fields.ItemReader !== undefined;
  const items = reads ? undefined : await mapItems(turn, frame, state);
  const limit = await maxConcurrency(turn, frame, state);
  if (items === undefined || isDistributed(state)) return await beginMapRun(turn, frame, state, items, limit);
  record(turn, frame, 'MapStateStarted', { length: items.length });
  frame.documents = { ...frame.documents, data: items };
  const concurrency = limit > 0 ? limit : items.length;
  frame.phase = { kind: 'children', total: items.length, started: 0, ended: 0, concurrency };
  await startIterations(turn, frame, state, frame.previous);
  return stay;
};

function isDistributed(state: StateDefinition): boolean {
  return processorConfig(state).Mode === 'DISTRIBUTED';
}

/** The items of a Map without an ItemReader. @throws {StateFailure} */
export async function mapItems(turn: Turn, frame: Frame, state: StateDefinition): Promise<readonly Json[]> {
  const { Items, ItemsPath } = state.fields;
  if (state.language === 'JSONPath') {
    const items =
      typeof ItemsPath === 'string' ? pathValue(turn, frame, state, ItemsPath) : selectedInput(turn, frame, state);
    if (isList(items)) return items;
    throw new PathFailure(`Reference path "${ItemsPath ?? '$'}" must point to array.`);
  }
  if (Items === undefined) {
    const { input } = frame.documents;
    if (isList(input)) return input;
    throw new QueryEvaluationError(`Map state input must be an array but was: ${JSON.stringify(input)}`);
  }
  const items = await evaluate(turn, frame, Items, 'Items', {});
  if (isList(items)) return items;
  throw unexpectedResultType(expressionText(Items), 'Items', 'array', items);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Starts as many iterations as may run now. The first of them follow `previous`. */
export async function startIterations(
  turn: Turn,
  frame: Frame,
  state: StateDefinition,
  previous: number,
): Promise<void> {
  if (frame.phase.kind !== 'children') return;
  const { data = null } = frame.documents;
  const items = isList(data) ? data : [];
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
