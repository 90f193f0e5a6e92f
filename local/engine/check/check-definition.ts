import { checkState, type NestedMachine } from './check-state.ts';
import { checkTransitions } from './check-transitions.ts';
import {
  type Diagnostic,
  field,
  type MachineType,
  type Place,
  type QueryLanguage,
  report,
  schemaFailed,
} from './diagnostic.ts';
import { anything, isString, number, oneOf } from './field-checks.ts';
import { checkShape, isFields, requireFields, type Shape } from './object-fields.ts';

const machine: Shape = {
  fields: {
    StartAt: isString,
    States: anything,
    Comment: isString,
    Version: isString,
    TimeoutSeconds: number(1, 99_999_999),
    QueryLanguage: oneOf('JSONPath', 'JSONata'),
  },
};
/** Branches and processors, which have no time limit of their own. */
const inner: Shape = {
  fields: { StartAt: isString, States: anything, Comment: isString, ProcessorConfig: anything },
};

/** Step Functions guide: quotas. */
const maxNameLength = 80;
/** Limit for nesting, deeper than any drawable machine. Each level is a state within a state. */
const maxNesting = 100;

/**
 * Finds all problems of a definition. Without an ERROR it may run. Accepts any JSON and never throws. Messages and
 * codes are AWS's where recordings show them.
 */
export function checkDefinition(definition: unknown, options: { readonly type: MachineType }): Diagnostic[] {
  if (!isFields(definition)) return [notAnObject];
  const found: Diagnostic[] = [];
  const language: QueryLanguage = definition.QueryLanguage === 'JSONata' ? 'JSONata' : 'JSONPath';
  const place: Place = { location: '', language, type: options.type, report: (problem) => void found.push(problem) };
  checkShape(definition, machine, place);
  const names = new Set<string>();
  checkAll(checkStates(definition, place, names), names);
  return found;
}

/** Breadth first, so that nested states need no recursion. */
function checkAll(machines: readonly NestedMachine[], names: Set<string>): void {
  let level = machines;
  for (let depth = 1; level.length > 0 && depth <= maxNesting; depth += 1) {
    level = level.flatMap(({ value, place: at }) =>
      checkShape(value, inner, at) ? checkStates(value, at, names) : [],
    );
  }
  for (const each of level) report(each.place, 'The states are nested too deeply');
}

/** Checks a single state as TestState does, ignoring its transitions. AWS calls it `StateName`. */
export function checkStateAlone(state: unknown, options: { readonly type: MachineType }): Diagnostic[] {
  const found: Diagnostic[] = [];
  const place: Place = {
    location: '/States/StateName',
    language: 'JSONPath',
    type: options.type,
    report: (problem) => void found.push(problem),
  };
  checkAll(checkState(state, place), new Set());
  return found;
}

export const notAnObject: Diagnostic = {
  severity: 'ERROR',
  code: schemaFailed,
  message: 'Definition must be a valid JSON object',
};

function checkStates(value: unknown, place: Place, names: Set<string>): readonly NestedMachine[] {
  if (!isFields(value)) return [];
  requireFields(value, ['States', 'StartAt'], place);
  if (value.States === undefined) return [];
  const at = field(place, 'States');
  if (!isFields(value.States)) {
    report(at, 'Expected value of type Object');
    return [];
  }
  if (Object.keys(value.States).length === 0) report(at, 'At least one state is required');
  checkTransitions(value, value.States, place);
  return Object.entries(value.States).flatMap(([name, state]) => {
    checkName(name, field(at, name), names);
    return checkState(state, field(at, name));
  });
}

/** States Language: names are unique within the whole state machine, including branches. */
function checkName(name: string, place: Place, names: Set<string>): void {
  if (name === '' || name.length > maxNameLength) {
    report(place, `The name of a state must have 1 to ${maxNameLength} characters`);
  }
  if (names.has(name)) report(place, `Duplicate state name: ${name}`, 'DUPLICATE_STATE_NAME');
  names.add(name);
}
