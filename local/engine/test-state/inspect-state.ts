import type { Json, JsonObject } from '../../../shared/json.ts';
import { mergedResult, pathWorkInput, selectedInput, selectedResult } from '../data/path-data.ts';
import { workInput } from '../data/state-data.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { Frame } from '../frames/execution.ts';
import { failureOf } from '../frames/failed-try.ts';
import type { Turn } from '../frames/turn.ts';
import { mapStages, type Stage } from './map-stages.ts';

export type Inspected = {
  readonly turn: Turn;
  readonly frame: Frame;
  readonly state: StateDefinition;
  /** The input of the state's work, if it was reached. */
  readonly sent: Json | undefined;
  /** The result of the state's work, if it was reached. */
  readonly result: Json | undefined;
  readonly readerData: string | undefined;
  readonly assigned: JsonObject | undefined;
};

/** `inspectionData`: the stages of the state's data, as far as it came. */
export async function inspectState(inspected: Inspected): Promise<JsonObject> {
  const { frame, state, assigned } = inspected;
  const variables = { ...frame.documents.variables, ...assigned };
  const seen: Record<string, Json> = {
    input: frame.documents.input,
    ...(Object.keys(variables).length > 0 && { variables }),
  };
  try {
    for (const [name, look] of stagesOf(inspected)) {
      const value = await look();
      if (value !== undefined) seen[name] = value;
    }
  } catch (thrown) {
    if (failureOf(thrown, state.name, frame.entered) === undefined) throw thrown;
  }
  return seen;
}

function stagesOf(inspected: Inspected): readonly Stage[] {
  const { turn, frame, state, sent, result, readerData } = inspected;
  const ofMap = state.type === 'Map' ? mapStages(turn, frame, state, readerData) : [];
  if (state.language === 'JSONPath') return pathStages(inspected, ofMap);
  if (state.type !== 'Task') return ofMap;
  const { Arguments } = state.fields;
  return [
    ['afterArguments', () => (Arguments === undefined ? undefined : (sent ?? workInput(turn, frame, state)))],
    ['result', () => result],
  ];
}

/**
 * A Pass state with a Result shows nothing of its input, and a Parallel state in JSONata shows neither arguments nor
 * result (both recorded). The same is assumed for JSONPath and for Maps.
 */
function pathStages({ turn, frame, state, sent, result }: Inspected, ofMap: readonly Stage[]): readonly Stage[] {
  const { Result } = state.fields;
  const isPass = state.type === 'Pass';
  const own = isPass ? Result : state.type === 'Task' ? result : undefined;
  const stages: Stage[] = [];
  if (!isPass || Result === undefined) {
    stages.push(['afterInputPath', () => selectedInput(turn, frame, state)], ...ofMap);
    if (isPass || state.type === 'Task')
      stages.push(['afterParameters', () => sent ?? pathWorkInput(turn, frame, state)]);
  }
  stages.push(['result', () => own]);
  let selected: Json | undefined;
  stages.push([
    'afterResultSelector',
    () => {
      const raw = isPass ? (Result ?? pathWorkInput(turn, frame, state)) : result;
      selected = raw === undefined ? undefined : selectedResult(turn, frame, state, raw);
      return selected;
    },
  ]);
  stages.push(['afterResultPath', () => (selected === undefined ? undefined : mergedResult(frame, state, selected))]);
  return stages;
}
