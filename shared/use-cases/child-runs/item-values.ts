import type { ChildRuns } from '../../calls/own-call.ts';
import { isJsonObject, type Json, type JsonObject, present } from '../../json.ts';
import { expressionText } from '../../pipeline/expressions/expression-text.ts';
import { type ItemValue, mostItemBytes } from '../../runs/map/item-values.ts';
import { evaluate } from '../../runs/run/evaluate.ts';
import { runContext } from '../../runs/run/execution-input.ts';
import type { RunRecord } from '../../runs/run/run-record.ts';
import { RunRefused } from './run-refused.ts';
import type { SourceItem } from './source-items.ts';

/** What expressions may read besides `$item` and `$index`. */
type Around = { readonly above: RunRecord; readonly buckets?: Readonly<Record<string, string>> };

/** The parameters and the interval of each item's run. @throws {RunRefused} */
export async function itemValues(
  items: readonly SourceItem[],
  { params, interval, each }: Pick<ChildRuns, 'params' | 'interval' | 'each'>,
  { above, buckets }: Around,
): Promise<ItemValue[]> {
  const perItem = each === undefined ? {} : readEach(each);
  const bindings = { run: runContext(above), params: above.params, interval: above.interval, buckets };
  const values: ItemValue[] = [];
  for (const [index, { item, label }] of items.entries()) {
    const own = await evaluated(perItem, { ...present(bindings), item, index }, label);
    const value = {
      label,
      params: { ...params, ...(isJsonObject(own.params) ? own.params : {}) },
      ...present({ interval: own.interval ?? interval }),
    };
    const bytes = Buffer.byteLength(JSON.stringify(value));
    if (bytes > mostItemBytes) {
      throw new RunRefused(`params: the values of ${label} have ${bytes} bytes, more than ${mostItemBytes}`);
    }
    values.push(value);
  }
  return values;
}

function readEach(each: string): JsonObject {
  const read: unknown = JSON.parse(each);
  return isJsonObject(read) ? read : {};
}

type Bindings = Readonly<Record<string, unknown>>;

async function evaluated(value: JsonObject, bindings: Bindings, label: string): Promise<JsonObject> {
  const entries = Object.entries(value).map(
    async ([key, part]) => [key, await valueFor(part, bindings, label)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function valueFor(value: Json, bindings: Bindings, label: string): Promise<Json> {
  if (isJsonObject(value)) return evaluated(value, bindings, label);
  if (Array.isArray(value)) return Promise.all(value.map((part: Json) => valueFor(part, bindings, label)));
  const text = typeof value === 'string' ? expressionText(value) : undefined;
  if (text === undefined) return value;
  const result = await resultOf(text, bindings, label);
  if (result === undefined) throw new RunRefused(`{%${text}%} comes to nothing for ${label}`);
  // JSONata marks its own lists and may return functions
  return JSON.parse(JSON.stringify(result) ?? 'null');
}

async function resultOf(text: string, bindings: Bindings, label: string): Promise<unknown> {
  try {
    return await evaluate(text, bindings);
  } catch (error) {
    // JSONata throws plain objects
    const why = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
    throw new RunRefused(`{%${text}%} cannot be evaluated for ${label}: ${String(why)}`);
  }
}
