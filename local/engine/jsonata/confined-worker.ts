import { parentPort } from 'node:worker_threads';
import jsonata from 'jsonata';
import { seededRandom } from '../intrinsics/seeded-random.ts';
import { registerAwsFunctions } from './aws-functions.ts';
import { Bounds, bound } from './bounds.ts';
import { type Answer, type Job, ready } from './confined-process.ts';
import { problemOf } from './parse-expression.ts';
import { createPlainResult, UnsupportedResult } from './plain-result.ts';

/** The worker of `confined-process.ts`. Its expressions may loop, hang or exhaust its memory. */

for (const shared of [Object, Array, Function, String, Number, Boolean, Promise, RegExp, Date]) {
  Object.freeze(shared.prototype);
  Object.freeze(shared);
}

const limits = { ms: 1_000, items: 50_000_000, characters: 100_000_000 };
const cache = new Map<string, jsonata.Expression>();
const maxParsed = 1_000;
const plainResult = createPlainResult();
let random: () => number = seededRandom(0);

function parse(text: string): jsonata.Expression {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const expression = jsonata(text);
  registerAwsFunctions(expression, { random: () => random(), uuid: () => uuidOf(random) });
  bound(expression);
  if (cache.size >= maxParsed) cache.clear();
  cache.set(text, expression);
  return expression;
}

/** A version 4 UUID from the given seed. */
function uuidOf(next: () => number): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(next() * 16).toString(16)).join('');
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');
}

/** Names that every JavaScript object has. */
const inherits = new RegExp(Object.getOwnPropertyNames(Object.prototype).join('|'));

/** Objects have only their own fields, so `constructor` is undefined, as on AWS. */
function bare(_key: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.setPrototypeOf(value, null)
    : value;
}

async function evaluate(job: Job): Promise<Answer> {
  random = seededRandom(job.seed);
  const bounds = new Bounds(job.now, limits);
  try {
    const bindings = inherits.test(job.expression) ? JSON.parse(job.bindings, bare) : JSON.parse(job.bindings);
    const value: unknown = await parse(job.expression).evaluate(undefined, { ...bindings, ...bounds.bindings });
    return { result: value === undefined ? undefined : JSON.stringify(plainResult(value)) };
  } catch (thrown) {
    return thrown instanceof UnsupportedResult ? { unsupported: true } : { problem: problemOf(thrown) };
  }
}

parentPort?.on('message', async (job: Job) => {
  parentPort?.postMessage(await evaluate(job));
});
parentPort?.postMessage(ready);
