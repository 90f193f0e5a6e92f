import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import jsonata from 'jsonata';
import { createEvaluator } from '../../local/engine/jsonata/evaluate.ts';
import { isJsonObject } from '../../shared/json.ts';
import type { Verdict } from './verdict.ts';

const variable = 'JSONATA_SUITE';

type Case = { readonly expression: string; readonly bindings: Record<string, unknown> };

/**
 * Runs the suite of jsonata-js on the engine's evaluator and on the library. Expressions have no input here, so the
 * case's data is a variable.
 */
export async function runJsonata(): Promise<Verdict> {
  const suite = process.env[variable] ?? '';
  if (!existsSync(path.join(suite, 'groups'))) {
    return { skipped: `${variable} is not the path of test/test-suite in jsonata-js/jsonata: npm's package lacks it` };
  }
  const evaluator = createEvaluator({ now: Date.now, random: Math.random, uuid: randomUUID });
  let differences = 0;
  const cases = readCases(suite);
  for (const { expression, bindings } of cases) {
    const theirs = await outcome(() => jsonata(expression).evaluate(undefined, structuredClone(bindings)));
    const ours = await outcome(() => evaluator.evaluate(expression, structuredClone(bindings), 'Output'));
    if (ours === theirs) continue;
    differences += 1;
    console.log(`differs: ${expression}: ${ours}, there ${theirs}`);
  }
  console.log(`${cases.length} expressions, ${differences} differences`);
  return { differences };
}

/** JSON, or the code of the error. A value that is no JSON is nothing: the engine refuses it. */
async function outcome(evaluate: () => Promise<unknown>): Promise<string> {
  try {
    const value = await evaluate();
    const isFunction = isJsonObject(value) && ('_jsonata_lambda' in value || '_jsonata_function' in value);
    return isFunction ? 'nothing' : (JSON.stringify(value, finite) ?? 'nothing');
  } catch (thrown) {
    const { code, message } = isJsonObject(thrown) ? thrown : {};
    if (/returned nothing|unsupported result type/.test(String(message))) return 'nothing';
    return typeof code === 'string' ? code : (/\b[DSTU]\d{4}\b/.exec(String(message))?.[0] ?? 'D1000');
  }
}

/** Step Functions has such numbers as text. */
function finite(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** Without those of chance and of the clock, and those that are meant to run for ever. */
function readCases(suite: string): readonly Case[] {
  const groups = path.join(suite, 'groups');
  const files = readdirSync(groups).flatMap((group) =>
    readdirSync(path.join(groups, group)).flatMap((name) => (name.endsWith('.json') ? [path.join(group, name)] : [])),
  );
  return files.flatMap((file) => {
    const read: unknown = JSON.parse(readFileSync(path.join(groups, file), 'utf8'));
    return [read].flat().flatMap((given) => {
      if (!isJsonObject(given) || given.timelimit !== undefined) return [];
      const text = given['expr-file'];
      const expression =
        typeof text === 'string' ? readFileSync(path.join(groups, path.dirname(file), text), 'utf8') : given.expr;
      if (typeof expression !== 'string' || /\$(?:now|millis|random|shuffle|eval)\b/.test(expression)) return [];
      const data = dataOf(suite, given);
      const own = isJsonObject(given.bindings) ? given.bindings : {};
      return [
        data === undefined
          ? { expression, bindings: own }
          : { expression: `$data.(${expression}\n)`, bindings: { ...own, data } },
      ];
    });
  });
}

function dataOf(suite: string, { data, dataset }: Record<string, unknown>): unknown {
  if (data !== undefined || typeof dataset !== 'string') return data;
  return JSON.parse(readFileSync(path.join(suite, 'datasets', `${dataset}.json`), 'utf8'));
}
