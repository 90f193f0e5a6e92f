import * as z from 'zod/mini';
import { isJsonObject, type Json, type JsonObject, present } from '../../json.ts';
import { storedJson } from '../../ledger/decision.ts';
import { about, described, field, listOf, name, oneOrMore, positiveInteger, value } from '../../reading/fields.ts';
import type { Report } from '../../reading/finding.ts';
import type { TaskKind } from '../kind/task-kind.ts';
import { ownId, type WorkEnd } from '../kind/work-state.ts';
import { bucketsOf, over, overField, readOver, renamedOver, usesOf } from './over.ts';

const tolerated = z.union([z.object({ items: z.number() }), z.object({ percent: z.number() })]);

const work = z.object({
  kind: z.literal('map'),
  pipeline: z.string(),
  over,
  params: z.record(z.string(), storedJson),
  /** With its expressions evaluated, anything. */
  interval: z.exactOptional(storedJson),
  /** JSON text of parameters and interval that read `$item`: the state does not evaluate it. */
  each: z.exactOptional(z.string()),
  max: z.exactOptional(z.number()),
  tolerated,
  outputs: z.array(z.string()),
});
export type MapWork = z.output<typeof work>;

const failures = field(
  z.union([z.int().check(z.minimum(0), z.maximum(10_000)), z.string().check(z.regex(/^(?:100|\d{1,2}(?:\.\d+)?)%$/))]),
  {
    expected: 'a number of items, or a share of them such as 5%',
    remedy: 'write `failures: 3`, or `failures: 5%`',
    examples: [3, '5%'],
  },
);

const fields = {
  map: described('The pipeline of the project that runs for each item', name, ['import-table']),
  over: overField,
  params: about('Parameters of each run; expressions may read $item and $index', z.record(z.string(), value), [
    { table: '{% $item %}' },
  ]),
  interval: about('Interval of each run: {start, end}; expressions may read $item and $index', value, [
    '{% $interval %}',
  ]),
  max: about(
    'How many items run at the same time; as many as the pipeline’s `runs.max` by default',
    positiveInteger(1_000),
    [4],
  ),
  failures: about('How many items may fail without failing the task: a number, or a share; none by default', failures),
  outputs: about('Tasks of the pipeline whose outputs are gathered', oneOrMore(name), ['load']),
};
const schema = z.object(fields);

const seen = z.object({
  state: z.optional(z.string()),
  says: z.optional(z.string()),
  message: z.optional(z.string()),
  startedOn: z.optional(z.number()),
  endedOn: z.optional(z.number()),
  output: z.optional(z.record(z.string(), storedJson)),
});

const ends: Readonly<Record<string, WorkEnd>> = { succeeded: 'succeeded', failed: 'failed', stopped: 'stopped' };

const asMax = 'write `max: 10`: so many items run at the same time';
const asFailures = 'write `failures: 3`, or a share such as `failures: 5%`';
const asParams = 'write `params: { NAME: "{% $item %}" }`, with the parameters of the pipeline';
const asOver = 'write `over:`, with a list, or with `dates`, `objects` or `rows`';

/** A run of another pipeline of the project for each item. */
export const mapTask = {
  kind: 'map',
  service: 'Gluewright',
  file: {
    fields,
    words: [
      ...['foreach', 'expand', 'withitems', 'withparam', 'withsequence', 'matrix', 'distributedmap', 'mapstate'],
      ...['dynamictaskmapping', 'dynamicfork', 'fanout', 'eachitem', 'parallelfor', 'loop', 'mapped'],
    ],
    habits: {
      ...{ concurrency: asMax, maxconcurrency: asMax, parallel: asMax, parallelism: asMax, maxparallel: asMax },
      ...{ maxactivetisperdag: asMax, limit: asMax, batchcount: asMax },
      ...{ toleratedfailurecount: asFailures, toleratedfailurepercentage: asFailures, failfast: asFailures },
      ...{ tolerated: asFailures, maxfailures: asFailures },
      ...{ args: asParams, arguments: asParams, input: asParams, itemselector: asParams, partial: asParams },
      ...{ items: asOver, itemspath: asOver, itemreader: asOver, itemprocessor: asOver, list: asOver, values: asOver },
      pipeline: 'remove it: `map:` names the pipeline that runs for each item',
    },
    expressions: ['over', 'params', 'interval'],
    locals: { params: ['item', 'index'], interval: ['item', 'index'] },
    read(task) {
      const read = schema.safeParse(task);
      if (!read.success) return undefined;
      const { map: pipeline, over, params = {}, interval, max, failures = 0, outputs } = read.data;
      const entries = Object.entries(params);
      const once = entries.filter(([, each]) => !readsItem(each));
      const perItem = {
        params: Object.fromEntries(entries.filter(([, each]) => readsItem(each))),
        ...(interval !== undefined && readsItem(interval) ? { interval } : {}),
      };
      const hasEach = once.length < entries.length || perItem.interval !== undefined;
      return {
        kind: 'map',
        pipeline,
        over: readOver(over),
        params: Object.fromEntries(once),
        ...(interval === undefined || perItem.interval !== undefined ? {} : { interval }),
        ...(hasEach ? { each: JSON.stringify(perItem) } : {}),
        ...present({ max }),
        tolerated: typeof failures === 'number' ? { items: failures } : { percent: Number(failures.slice(0, -1)) },
        outputs: [...listOf(outputs)],
      };
    },
    check: checkMap,
    values: ({ over, ...work }) => ({ over: withoutKind(over), ...paramsOf(work) }),
    noLocal: 'the runs of the other pipeline run locally as they are',
    noOutput: () => undefined,
  },
  things: {
    'mapped-bucket': { service: 's3', resource: (name) => name, scope: 'global' },
    'mapped-file': { service: 's3', resource: (name) => `${name}/*`, scope: 'global' },
  },
  uses: ({ pipeline, over }) => [{ what: 'pipeline', name: pipeline }, ...usesOf(over)],
  nested: ({ pipeline, outputs, max, ...work }) => ({
    pipeline,
    outputs,
    ...paramsOf(work),
    items: present({ max }),
  }),
  renamed: ({ over, params, interval, each, ...work }, _, value) => ({
    ...work,
    over: renamedOver(over, value),
    params: Object.fromEntries(Object.entries(params).map(([key, one]) => [key, value(one)])),
    ...(interval === undefined ? {} : { interval: value(interval) }),
    ...(each === undefined ? {} : { each: JSON.stringify(value(readEach(each))) }),
  }),
  runs: {
    by: 'service',
    work,
    name: ({ pipeline }) => pipeline,
    isMarked: () => true,
    begin: ({ run, task, attempt, work: { kind: _, max, ...work } }) => ({
      call: 'gluewright:StartMap',
      input: { ...work, parent: { run, task, attempt }, ...present({ concurrency: max }) },
    }),
    begun: (_, order) => ownId(order),
    find: {
      call: ({ run, task, attempt }) => ({ call: 'gluewright:GetMap', input: { run, task, attempt } }),
      read(answer, order) {
        const { state, says = '', startedOn } = seen.parse(answer);
        if (state === undefined) return { items: [] };
        // the next look asks for its end
        return { items: [{ id: ownId(order), state: { is: 'open', says }, times: present({ startedOn }) }] };
      },
    },
    ask: {
      call: (_, id) => ({ call: 'gluewright:GetMap', input: ofId(id) }),
      read(answer, { id }) {
        const { state, says = '', message, startedOn, endedOn, output } = seen.parse(answer);
        if (state === undefined) return 'gone';
        const times = present({ startedOn, completedOn: endedOn });
        const is = ends[state];
        if (is === undefined) return { id, state: { is: 'open', says }, times };
        return { id, state: { is, says, ...present({ message, output }) }, times };
      },
    },
    stop: { atOnce: 1, call: (_, [id = '']) => ({ call: 'gluewright:StopMap', input: ofId(id) }) },
    refused: [],
    gone: [],
    sends: [
      { call: 's3:ListObjectsV2', action: 's3:ListBucket', on: 'mapped-bucket', begins: true },
      { call: 's3:GetObject', on: 'mapped-file', begins: true },
    ],
    errors: {
      failed: 'Gluewright.ItemsFailed',
      timedOut: 'Gluewright.ItemsTimedOut',
      stopped: 'Gluewright.ItemsStopped',
    },
  },
} as const satisfies TaskKind<MapWork>;

/** The attempt, from the id of its items. */
function ofId(id: string): { readonly run: string; readonly task: string; readonly attempt: number } {
  const [run = '', task = '', attempt = ''] = id.split('/');
  return { run, task, attempt: Number(attempt) };
}

/** Whether an expression anywhere in the value reads the item. */
function readsItem(value: Json): boolean {
  if (typeof value === 'string') return /^\{%[\s\S]*\$(?:item|index)\b/.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(readsItem);
}

function readEach(each: string): JsonObject {
  const read: unknown = JSON.parse(each);
  return isJsonObject(read) ? read : {};
}

function withoutKind(source: MapWork['over']): Json {
  return 'list' in source ? source.list : source;
}

/** The parameters and the interval as they were written. */
function paramsOf({ params, interval, each }: Pick<MapWork, 'params' | 'interval' | 'each'>) {
  const perItem = each === undefined ? {} : readEach(each);
  return {
    params: { ...params, ...(isJsonObject(perItem.params) ? perItem.params : {}) },
    ...present({ interval: perItem.interval ?? interval }),
  };
}

function checkMap({ over, each }: MapWork, _: number | undefined, report: Report): void {
  if (each !== undefined && /\$tasks\b/.test(each)) {
    report({
      path: ['params'],
      key: true,
      code: 'item-reads-tasks',
      message: 'an expression that reads $item or $index cannot read $tasks',
      remedy: 'put the output into the items: `over: "{% $map($tasks.a.output.list, function($one) { … }) %}"`',
    });
  }
  if ('list' in over || 'dates' in over) return;
  const [key, address] = 'objects' in over ? ['objects', over.objects] : ['rows', over.rows];
  // the functions may read what queries leave, wherever that is
  const isResult = key === 'rows' && typeof address === 'string' && /\$tasks\b/.test(address);
  if (isResult || bucketsOf(address).length > 0) return;
  report({
    path: ['over', key],
    code: 'mapped-bucket',
    message: 'the expression does not hold the whole name of its bucket, so nobody can be allowed to look there',
    remedy: "begin with the bucket as a text: `{% 's3://BUCKET/' & … %}`",
  });
}
