import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts';
import { ServiceError } from '../../service/service-error.ts';
import { requireValidDefinition, requireValidState } from '../check/definition-operations.ts';
import { parseJson } from '../data/json-text.ts';
import { parseProgram } from '../definition/parse-program.ts';
import type { Program } from '../definition/program.ts';

/** What a tested state is called in its context object and in errors (recorded). */
export const testedName = 'StateName';

/** A program of one state: the definition itself, or the state of that name anywhere in it. @throws {ServiceError} */
export function testedState(text: string, stateName: string | undefined): Program {
  if (stateName === undefined) {
    requireValidState(text);
    return alone(parseJson(text), undefined);
  }
  requireValidDefinition(text, 'STANDARD');
  const definition = parseJson(text);
  const state = find(definition, stateName);
  if (state === undefined) throw new ServiceError('ValidationException', 'State not found in definition');
  return alone(state, isJsonObject(definition) ? definition.QueryLanguage : undefined);
}

function alone(state: Json, language: Json | undefined): Program {
  const machine = { StartAt: testedName, States: { [testedName]: state } };
  return parseProgram(language === undefined ? machine : { QueryLanguage: language, ...machine });
}

function find(scope: Json | undefined, name: string): JsonObject | undefined {
  if (scope === undefined || !isJsonObject(scope) || scope.States === undefined || !isJsonObject(scope.States)) {
    return undefined;
  }
  const own = scope.States[name];
  if (own !== undefined && isJsonObject(own)) return own;
  for (const state of Object.values(scope.States)) {
    if (!isJsonObject(state)) continue;
    const inner = [...(Array.isArray(state.Branches) ? state.Branches : []), state.ItemProcessor, state.Iterator];
    for (const each of inner) {
      const found = find(each, name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
