import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts';
import { ServiceError } from '../../service/service-error.ts';
import { requireValidDefinition, requireValidState } from '../check/definition-operations.ts';
import { parseJson } from '../data/json-text.ts';
import { parseProgram } from '../definition/parse-program.ts';
import type { Program } from '../definition/program.ts';

/** The tested state's name in its context object and in errors (recorded). */
export const testedName = 'StateName';

/** A program of one state, and whether it runs once for each item of an enclosing Map. */
export type TestedState = { readonly program: Program; readonly inMap: boolean };

/** The definition itself, or the state with that name anywhere in it. @throws {ServiceError} */
export function testedState(text: string, stateName: string | undefined): TestedState {
  if (stateName === undefined) {
    requireValidState(text);
    return { program: alone(parseJson(text), undefined), inMap: false };
  }
  requireValidDefinition(text, 'STANDARD');
  const definition = parseJson(text);
  const found = find(definition, stateName, false);
  if (found === undefined) throw new ServiceError('ValidationException', 'State not found in definition');
  const language = isJsonObject(definition) ? definition.QueryLanguage : undefined;
  return { program: alone(found.state, language), inMap: found.inMap };
}

function alone(state: Json, language: Json | undefined): Program {
  const machine = { StartAt: testedName, States: { [testedName]: state } };
  return parseProgram(language === undefined ? machine : { QueryLanguage: language, ...machine });
}

type Found = { readonly state: JsonObject; readonly inMap: boolean };

function find(scope: Json | undefined, name: string, inMap: boolean): Found | undefined {
  if (scope === undefined || !isJsonObject(scope) || scope.States === undefined || !isJsonObject(scope.States)) {
    return undefined;
  }
  const own = scope.States[name];
  if (own !== undefined && isJsonObject(own)) return { state: own, inMap };
  for (const state of Object.values(scope.States)) {
    if (!isJsonObject(state)) continue;
    const branches = Array.isArray(state.Branches) ? state.Branches : [];
    for (const branch of branches) {
      const found = find(branch, name, inMap);
      if (found !== undefined) return found;
    }
    const found = find(state.ItemProcessor ?? state.Iterator, name, true);
    if (found !== undefined) return found;
  }
  return undefined;
}
