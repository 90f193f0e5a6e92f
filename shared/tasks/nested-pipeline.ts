import * as z from 'zod/mini';
import { isJsonObject, type Json, type JsonObject, present } from '../json.ts';
import { storedJson } from '../ledger/decision.ts';
import { describe } from '../reading/describe.ts';
import { about, described, listOf, name, oneOrMore, value } from '../reading/fields.ts';
import { timeOf } from '../units/time-of.ts';
import type { TaskKind } from './kind/task-kind.ts';
import type { WorkEnd } from './kind/work-state.ts';

const work = z.object({
  kind: z.literal('pipeline'),
  pipeline: z.string(),
  params: z.record(z.string(), storedJson),
  /** With its expressions evaluated, anything. */
  interval: z.exactOptional(storedJson),
  outputs: z.array(z.string()),
});
export type NestedWork = z.output<typeof work>;

const fields = {
  pipeline: described('The pipeline that the task runs', name, ['orders']),
  params: about('Its parameters; may be expressions', z.record(z.string(), value), [{ day: '{% $params.day %}' }]),
  interval: about('Its interval: {start, end}; may be expressions', value, ['{% $interval %}']),
  outputs: about('Tasks of it whose outputs are this task’s output', oneOrMore(name), ['load']),
};
const schema = z.object(fields);

const started = z.object({ run: z.string() });
const found = z.object({
  run: z.optional(z.string()),
  status: z.optional(z.string()),
  startedOn: z.optional(z.number()),
});
const seen = z.object({
  status: z.optional(z.string()),
  settled: z.optional(z.boolean()),
  startedOn: z.optional(z.number()),
  outputs: z.optional(z.record(z.string(), storedJson)),
});

/** Remedy for words that mean its parameters. */
const asParams = 'write `params:`, with the parameters of the other pipeline';

/** Those that are not named have not ended. */
const ends: Readonly<Record<string, WorkEnd>> = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  SKIPPED: 'failed',
  TIMED_OUT: 'timed_out',
  ABORTED: 'stopped',
};

/** A run of another pipeline of the project: with its own graph, queue, record and rerun. */
export const nestedPipeline = {
  kind: 'pipeline',
  service: 'Gluewright',
  file: {
    fields,
    words: ['subdag', 'subpipeline', 'childpipeline', 'triggerdagrun', 'statemachine', 'subworkflow', 'workflow'],
    habits: { ...{ args: asParams, arguments: asParams, input: asParams, parameters: asParams } },
    expressions: ['params', 'interval'],
    read(task) {
      const read = schema.safeParse(task);
      if (!read.success) return undefined;
      const { pipeline, params = {}, interval, outputs } = read.data;
      return { kind: 'pipeline', pipeline, params, ...present({ interval }), outputs: [...listOf(outputs)] };
    },
    check({ interval }, _, report) {
      if (interval === undefined || isInterval(interval)) return;
      report({
        path: ['interval'],
        code: 'nested-interval',
        message: `\`interval\` should have two times, \`start\` and \`end\`, but is ${describe(interval)}`,
        remedy: 'write `interval: { start: "{% $interval.start %}", end: "{% $interval.end %}" }`',
      });
    },
    values: ({ params, interval }) => present({ params, interval }),
    noLocal: 'the other pipeline runs locally as it is',
    noOutput: () => undefined,
  },
  things: {},
  uses: ({ pipeline }) => [{ what: 'pipeline', name: pipeline }],
  nested: (work) => work,
  renamed: (work, _, value) => ({
    ...work,
    params: Object.fromEntries(Object.entries(work.params).map(([key, each]) => [key, value(each)])),
    ...(work.interval === undefined ? {} : { interval: value(work.interval) }),
  }),
  runs: {
    by: 'service',
    work,
    name: ({ pipeline }) => pipeline,
    isMarked: () => true,
    begin: ({ run, task, attempt, work: { pipeline, params, interval } }) => ({
      call: 'gluewright:StartRun',
      input: { pipeline, params, parent: { run, task, attempt }, ...present({ interval }) },
    }),
    begun: (answer) => started.parse(answer).run,
    find: {
      call: ({ run, task, attempt, work: { pipeline } }) => ({
        call: 'gluewright:FindRun',
        input: { pipeline, parent: { run, task, attempt } },
      }),
      read(answer) {
        const { run: id, status, startedOn } = found.parse(answer);
        if (id === undefined || status === undefined) return { items: [] };
        // the next look asks for its end, and for its outputs
        return { items: [{ id, state: { is: 'open', says: status }, times: present({ startedOn }) }] };
      },
    },
    ask: {
      call: (_, run, work) => ({ call: 'gluewright:GetRun', input: { run, outputs: work?.outputs ?? [] } }),
      read(answer, { id }) {
        const { status, settled, startedOn, outputs = {} } = seen.parse(answer);
        if (status === undefined) return 'gone';
        const times = present({ startedOn });
        const is = settled ? ends[status] : undefined;
        if (is === undefined) return { id, state: { is: 'open', says: status }, times };
        if (is !== 'succeeded')
          return { id, state: { is, says: status, message: `its run ${id} is ${status}` }, times };
        const output: JsonObject = { run: id, ...outputs };
        return { id, state: { is, says: status, output }, times };
      },
    },
    stop: { atOnce: 1, call: (_, [run = '']) => ({ call: 'gluewright:StopRun', input: { run } }) },
    refused: [],
    gone: [],
    sends: [],
    errors: {
      failed: 'Gluewright.PipelineFailed',
      timedOut: 'Gluewright.PipelineTimedOut',
      stopped: 'Gluewright.PipelineStopped',
    },
  },
} as const satisfies TaskKind<NestedWork>;

/** Two times, or expressions for them. */
function isInterval(value: Json): boolean {
  const isExpression = (text: Json): boolean => typeof text === 'string' && text.startsWith('{%');
  if (!isJsonObject(value)) return isExpression(value);
  const { start = null, end = null, ...others } = value;
  const isTime = (text: Json): boolean => typeof text === 'string' && timeOf(text) !== undefined;
  return Object.keys(others).length === 0 && [start, end].every((each) => isExpression(each) || isTime(each));
}
