import { processorConfig } from './check-map.ts';
import { checkCredentials } from './check-resource.ts';
import { checkStatesVariable } from './check-states-variable.ts';
import { type Check, field, item, type Place, type QueryLanguage, report, warn } from './diagnostic.ts';
import { oneOf } from './field-checks.ts';
import { checkShape, exactlyOne, type Fields, isFields, type Shape } from './object-fields.ts';
import { isStateType, type StateType, stateShapes } from './state-shapes.ts';

/** A state machine within a state: a branch or an item processor. The caller checks it. */
export type NestedMachine = { readonly value: unknown; readonly place: Place };

const stateType: Check = oneOf(...Object.keys(stateShapes));
const language: Check = oneOf('JSONPath', 'JSONata');

/** Reports a state's problems, except those of its transitions, and returns its nested machines. */
export function checkState(value: unknown, outer: Place): readonly NestedMachine[] {
  if (!isFields(value)) {
    report(outer, 'Expected value of type Object');
    return [];
  }
  const place = { ...outer, language: stateLanguage(value, outer) };
  const type = value.Type;
  if (type === undefined) report(place, 'These fields are required: [Type]');
  else if (!isStateType(type)) stateType(type, field(place, 'Type'));
  if (!isStateType(type)) return [];
  const shape: Shape = stateShapes[type];
  checkShape(value, shape, place);
  checkEnd(type, value, place);
  checkStatesVariable(value, place);
  if (type === 'Task') checkCredentials(value, place);
  if (type === 'Wait') exactlyOne(value, ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'], place);
  return nestedMachines(type, value, { ...place, language: outer.language });
}

/** A state may use JSONata in a JSONPath machine, but not the other way round. */
function stateLanguage(state: Fields, place: Place): QueryLanguage {
  const given = state.QueryLanguage;
  if (given === undefined) return place.language;
  const at = field(place, 'QueryLanguage');
  language(given, at);
  if (given === 'JSONPath' && place.language === 'JSONata') {
    // The guide says this of all states. A published fixture breaks it within an item processor, which works here.
    const tell = /^\/States\/[^/]*$/.test(place.location) ? report : warn;
    tell(place, "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
  }
  return given === 'JSONata' ? 'JSONata' : given === 'JSONPath' ? 'JSONPath' : place.language;
}

function checkEnd(type: StateType, state: Fields, place: Place): void {
  if (type === 'Choice' || type === 'Succeed' || type === 'Fail') return;
  if (state.Next !== undefined && state.End === true)
    report(place, 'There should only be one of the following fields: [Next, End]');
  if (state.Next === undefined && state.End !== true) report(place, 'One of these fields is required: [Next, End]');
}

function nestedMachines(type: StateType, state: Fields, place: Place): readonly NestedMachine[] {
  if (type === 'Map') return processors(state, place);
  if (type !== 'Parallel' || state.Branches === undefined) return [];
  const at = field(place, 'Branches');
  if (!Array.isArray(state.Branches)) {
    report(at, 'Expected value of type Array');
    return [];
  }
  if (state.Branches.length === 0) report(at, 'Value cannot be empty');
  return state.Branches.map((value: unknown, index) => ({ value, place: item(at, index) }));
}

function processors(state: Fields, place: Place): readonly NestedMachine[] {
  exactlyOne(state, ['ItemProcessor', 'Iterator'], place);
  return ['ItemProcessor', 'Iterator'].flatMap((name) => {
    const value = state[name];
    return value === undefined ? [] : [{ value, place: processorPlace(value, field(place, name)) }];
  });
}

/** The children of a Distributed Map are executions of the stated type. */
function processorPlace(value: unknown, place: Place): Place {
  const config = isFields(value) ? value.ProcessorConfig : undefined;
  if (config === undefined) return place;
  processorConfig(config, field(place, 'ProcessorConfig'));
  if (!isFields(config) || config.Mode !== 'DISTRIBUTED') return place;
  if (place.type === 'EXPRESS') {
    report(field(place, 'ProcessorConfig'), 'Express state machine does not support Distributed Map');
  }
  return { ...place, type: config.ExecutionType === 'EXPRESS' ? 'EXPRESS' : 'STANDARD' };
}
