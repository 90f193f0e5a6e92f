import type { Json, JsonObject } from '../../../shared/json.ts';
import type { StateDefinition } from '../definition/program.ts';
import type { Frame } from '../frames/execution.ts';
import type { Exit } from '../frames/outcome.ts';
import type { Turn } from '../frames/turn.ts';
import { selectByPath } from '../jsonpath/read-path.ts';
import { putResult } from '../jsonpath/result-path.ts';
import type { Scope } from '../jsonpath/scope.ts';
import { type ContextExtras, contextObject } from './context-object.ts';
import { asJson } from './json-text.ts';
import { fillTemplate } from './payload-template.ts';
import { variablesOf } from './variables-of.ts';

/** The data that paths of a JSONPath state can read. */
export function pathScope(turn: Turn, frame: Frame, input: Json, extras: ContextExtras = {}): Scope {
  return new PathScope(turn, frame, input, extras);
}

/** A class for the sake of its getter, which creates the context on first use. */
class PathScope implements Scope {
  readonly input: Json;
  readonly variables: JsonObject;
  readonly #turn: Turn;
  readonly #frame: Frame;
  readonly #extras: ContextExtras;
  #context: Json | undefined;

  constructor(turn: Turn, frame: Frame, input: Json, extras: ContextExtras) {
    this.input = input;
    this.variables = variablesOf(turn, frame);
    this.#turn = turn;
    this.#frame = frame;
    this.#extras = extras;
  }

  get context(): Json {
    this.#context ??= contextObject(this.#turn, this.#frame, this.#extras);
    return this.#context;
  }
}

/** The state's input through `InputPath`. @throws {StateFailure} */
export function selectedInput(turn: Turn, frame: Frame, state: StateDefinition, extras?: ContextExtras): Json {
  const { InputPath } = state.fields;
  if (InputPath === undefined) return frame.documents.input;
  return asJson(selectByPath(pathOrNull(InputPath), pathScope(turn, frame, frame.documents.input, extras)));
}

/** `InputPath` and `Parameters`. @throws {StateFailure} */
export function pathWorkInput(turn: Turn, frame: Frame, state: StateDefinition, extras?: ContextExtras): Json {
  const input = selectedInput(turn, frame, state, extras);
  const { Parameters } = state.fields;
  if (Parameters === undefined) return input;
  return fill(turn, frame, Parameters, input, extras);
}

/** Fills a payload template from a document. @throws {StateFailure} */
export function fill(turn: Turn, frame: Frame, template: Json, input: Json, extras?: ContextExtras): Json {
  return asJson(fillTemplate(template, pathScope(turn, frame, input, extras), turn.tools));
}

export function selectedResult(
  turn: Turn,
  frame: Frame,
  { fields }: StateDefinition,
  raw: Json,
  extras?: ContextExtras,
): Json {
  return fields.ResultSelector === undefined ? raw : fill(turn, frame, fields.ResultSelector, raw, extras);
}

export function mergedResult(frame: Frame, { fields }: StateDefinition, result: Json): Json {
  return asJson(putResult(pathOrNull(fields.ResultPath), frame.documents.input, result));
}

/** `ResultSelector`, `Assign`, `ResultPath`, `OutputPath`, in this order. @throws {StateFailure} */
export function pathExit(turn: Turn, frame: Frame, state: StateDefinition, raw: Json, extras?: ContextExtras): Exit {
  const { OutputPath, Assign } = state.fields;
  const result = selectedResult(turn, frame, state, raw, extras);
  const assigned = Assign === undefined ? undefined : fill(turn, frame, Assign, result, extras);
  const merged = mergedResult(frame, state, result);
  const output =
    OutputPath === undefined
      ? merged
      : asJson(selectByPath(pathOrNull(OutputPath), pathScope(turn, frame, merged, extras)));
  return { kind: 'exit', output, assigned: isObject(assigned) ? assigned : undefined, next: state.next };
}

function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pathOrNull(value: Json | undefined): string | null | undefined {
  return typeof value === 'string' || value === null ? value : undefined;
}
