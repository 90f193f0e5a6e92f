import { isJsonObject, type Json, type JsonObject, present } from '../../json.ts';
import type { Interval, Param, ParamType, Pipeline, RunContext, Value } from '../../model/pipeline.ts';
import { describe } from '../../reading/describe.ts';
import { isDate } from '../../units/is-date.ts';
import { expressionText } from '../expressions/expression-text.ts';

/** Evaluates JSONata; undefined: the expression has no result. May reject. */
export type Evaluate = (expression: string, bindings: Readonly<Record<string, unknown>>) => Promise<unknown>;

export type ParamContext = { readonly run: RunContext; readonly interval?: Interval; readonly evaluate: Evaluate };

export type ResolvedParams =
  | { readonly params: JsonObject; readonly problems?: undefined }
  | { readonly params?: undefined; readonly problems: readonly string[] };

/**
 * A run's parameters: the trigger's values, or else the defaults. Texts, which keys and command lines give, are
 * converted to the parameter's type.
 */
export async function resolveParams(
  pipeline: Pipeline,
  given: JsonObject,
  context: ParamContext,
): Promise<ResolvedParams> {
  const problems: string[] = [];
  const params: [string, Json][] = [];
  const { buckets } = pipeline;
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(pipeline.params, name)) continue;
    const known = Object.keys(pipeline.params);
    problems.push(
      `${pipeline.name} has no parameter \`${name}\`; it has ${known.length === 0 ? 'none' : known.join(', ')}`,
    );
  }
  for (const [name, param] of Object.entries(pipeline.params)) {
    const own = Object.hasOwn(given, name) ? given[name] : undefined;
    const resolved =
      own === undefined ? await fallbackOf(name, param, { ...context, ...present({ buckets }) }) : { value: own };
    if (resolved.value === undefined) {
      problems.push(resolved.problem ?? `the parameter \`${name}\` has no value`);
      continue;
    }
    const mistake = givenMistake(param.type, resolved.value);
    if (mistake === undefined) params.push([name, coerce(param.type, resolved.value)]);
    else problems.push(`the parameter \`${name}\` ${mistake}`);
  }
  return problems.length > 0 ? { problems } : { params: Object.fromEntries(params) };
}

type Fallback =
  | { readonly value: Json; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: string };

async function fallbackOf(
  name: string,
  { type, default: fallback }: Param,
  context: ParamContext & Pick<Pipeline, 'buckets'>,
): Promise<Fallback> {
  if (fallback === undefined) return { problem: `the parameter \`${name}\` is not given, and has no default` };
  const { run, interval, buckets, evaluate } = context;
  const evaluateAll = async (part: Value): Promise<Json> => {
    if (Array.isArray(part)) return Promise.all(part.map(evaluateAll));
    if (typeof part === 'object' && part !== null) {
      const entries = Object.entries(part).map(async ([key, item]) => [key, await evaluateAll(item)] as const);
      return Object.fromEntries(await Promise.all(entries));
    }
    const text = typeof part === 'string' ? expressionText(part) : undefined;
    if (text === undefined) return part;
    const value = await evaluate(text, { run, ...present({ interval, buckets }) });
    if (value === undefined) throw new Nothing(`${part} is undefined`);
    return toJson(value);
  };
  try {
    const value = await evaluateAll(fallback);
    // an interval's ends are points in time; the date is the one in the zone that they are written in
    return { value: type === 'date' && typeof value === 'string' ? value.replace(/T.*$/s, '') : value };
  } catch (error) {
    // JSONata throws plain objects
    const message = isJsonObject(error) ? String(error.message ?? error.code) : String(error);
    const why =
      error instanceof Nothing && interval === undefined
        ? `; this run has no interval: give \`${name}\` or an interval`
        : '';
    return { problem: `the parameter \`${name}\` is not given, and its default cannot be evaluated: ${message}${why}` };
  }
}

class Nothing extends Error {
  override readonly name = 'Nothing';
}

/** JSONata marks its own arrays and may return functions; pass on plain JSON. */
function toJson(value: unknown): Json {
  const plain: Json = JSON.parse(JSON.stringify(value) ?? 'null');
  return plain;
}

function coerce(type: ParamType, value: Json): Json {
  if (typeof value !== 'string') return value;
  if ((type === 'integer' || type === 'number') && /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value))
    return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  if (type !== 'object' && type !== 'array') return value;
  try {
    return toJson(JSON.parse(value));
  } catch {
    return value;
  }
}

const checks: Readonly<Record<ParamType, { readonly is: (value: Json) => boolean; readonly expected: string }>> = {
  string: { is: (value) => typeof value === 'string', expected: 'a text' },
  integer: { is: (value) => Number.isSafeInteger(value), expected: 'a whole number' },
  number: { is: (value) => typeof value === 'number' && Number.isFinite(value), expected: 'a number' },
  boolean: { is: (value) => typeof value === 'boolean', expected: 'true or false' },
  date: {
    is: (value) => typeof value === 'string' && isDate(value),
    expected: 'a date that exists, as YYYY-MM-DD',
  },
  object: { is: isJsonObject, expected: 'a mapping' },
  array: { is: (value) => Array.isArray(value), expected: 'a list' },
};

/** Why a value does not fit its parameter, as the end of a sentence. Undefined: it fits. */
export function paramMistake(type: ParamType, value: Json): string | undefined {
  const { is, expected } = checks[type];
  return is(value) ? undefined : `should be ${expected}, and is ${describe(value)}`;
}

/** The same for a value from outside, which is converted first. */
export function givenMistake(type: ParamType, value: Json): string | undefined {
  return paramMistake(type, coerce(type, value));
}
