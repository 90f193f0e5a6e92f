import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts';
import {
  type Catcher,
  type Program,
  type QueryLanguage,
  type Retrier,
  type Scope,
  type StateDefinition,
  type StateType,
  stateTypes,
} from './program.ts';

/** The definition is too incomplete to parse. The check reports all other problems. */
export class UnreadableDefinition extends Error {
  override readonly name = 'UnreadableDefinition';
}

/** @throws {UnreadableDefinition} */
export function parseProgram(definition: Json): Program {
  if (!isJsonObject(definition)) throw new UnreadableDefinition('the definition is not an object');
  const scopes: Scope[] = [];
  addScope(scopes, definition, languageOf(definition) ?? 'JSONPath');
  return { timeoutSeconds: numberOf(definition.TimeoutSeconds), scopes };
}

function addScope(scopes: Scope[], source: JsonObject, language: QueryLanguage): number {
  const { StartAt, States } = source;
  if (typeof StartAt !== 'string' || !isJsonObject(States))
    throw new UnreadableDefinition('StartAt or States is missing');
  const states = new Map<string, StateDefinition>();
  const number = scopes.push({ startAt: StartAt, states }) - 1;
  for (const [name, fields] of Object.entries(States)) {
    if (!isJsonObject(fields)) throw new UnreadableDefinition(`the state '${name}' is not an object`);
    states.set(name, parseState(scopes, name, fields, language));
  }
  if (!states.has(StartAt)) throw new UnreadableDefinition(`there is no state '${StartAt}'`);
  return number;
}

function parseState(scopes: Scope[], name: string, fields: JsonObject, inherited: QueryLanguage): StateDefinition {
  const language = languageOf(fields) ?? inherited;
  const type = stateTypes.find((known): known is StateType => known === fields.Type);
  if (type === undefined) throw new UnreadableDefinition(`the state '${name}' has no known Type`);
  return {
    name,
    type,
    language,
    fields,
    next: typeof fields.Next === 'string' && fields.End !== true ? fields.Next : undefined,
    retriers: listOf(fields.Retry).map(parseRetrier),
    catchers: listOf(fields.Catch).map(parseCatcher),
    scopes: inner(type, fields).map((source) => addScope(scopes, source, languageOf(source) ?? inherited)),
  };
}

/** A state's QueryLanguage does not apply to its nested machines, but the machine's does. */
function inner(type: StateType, fields: JsonObject): readonly JsonObject[] {
  if (type === 'Parallel') return listOf(fields.Branches);
  if (type !== 'Map') return [];
  const processor = fields.ItemProcessor ?? fields.Iterator;
  if (!isJsonObject(processor)) throw new UnreadableDefinition('a Map state has no ItemProcessor');
  return [processor];
}

function parseRetrier(fields: JsonObject): Retrier {
  return {
    errorEquals: stringsOf(fields.ErrorEquals),
    intervalSeconds: numberOf(fields.IntervalSeconds) ?? 1,
    maxAttempts: numberOf(fields.MaxAttempts) ?? 3,
    backoffRate: numberOf(fields.BackoffRate) ?? 2,
    maxDelaySeconds: numberOf(fields.MaxDelaySeconds),
    fullJitter: fields.JitterStrategy === 'FULL',
  };
}

function parseCatcher(fields: JsonObject): Catcher {
  if (typeof fields.Next !== 'string') throw new UnreadableDefinition('a Catch has no Next');
  return { errorEquals: stringsOf(fields.ErrorEquals), next: fields.Next, fields };
}

function languageOf(fields: JsonObject): QueryLanguage | undefined {
  const { QueryLanguage: language } = fields;
  return language === 'JSONPath' || language === 'JSONata' ? language : undefined;
}

function numberOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function listOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function stringsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
