import * as z from 'zod/mini';
import { mapValues, present } from '../../json.ts';
import { about, field, value } from '../../reading/fields.ts';
import { consoleOf } from '../kind/console.ts';
import type { TaskKind } from '../kind/task-kind.ts';
import { readLambdaCause } from './lambda-cause.ts';

const work = z.object({
  kind: z.literal('lambda'),
  function: z.string(),
  args: z.record(z.string(), value),
});
export type LambdaWork = z.output<typeof work>;

/** A name, with a version or an alias or without, or an ARN. */
const functionName = /^[a-zA-Z0-9_-]{1,64}(?::[a-zA-Z0-9$_-]{1,128})?$/;
const functionArn = /^arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:(function:[a-zA-Z0-9$_:-]{1,200})$/;

const fields = {
  lambda: field(z.string().check(z.refine((name) => functionName.test(name) || functionArn.test(name))), {
    expected: 'the name or the ARN of a Lambda function',
    remedy: 'name a function such as `rates`, or `rates:live` for its alias',
    examples: ['rates', 'rates:live'],
  }),
  args: about('What the function is invoked with; may be expressions', z.record(z.string(), value), [
    { day: '{% $params.day %}' },
  ]),
};
const schema = z.object(fields);

/** The state's own timeout, and that of the function. */
const timeouts: ReadonlySet<string> = new Set(['States.Timeout', 'Sandbox.Timedout']);

/** The longest time that Lambda lets a function run. */
const longestSeconds = 15 * 60;

/** A Lambda function, which the state machine invokes itself: Lambda reports no end of an invocation. */
export const lambda = {
  kind: 'lambda',
  service: 'Lambda',
  file: {
    fields,
    words: ['lambdafunction', 'function', 'functionname', 'invokefunction', 'awslambda', 'lambdainvoke'],
    expressions: ['args'],
    read(task) {
      const read = schema.safeParse(task);
      if (!read.success) return undefined;
      return { kind: 'lambda', function: read.data.lambda, args: read.data.args ?? {} };
    },
    check(_, timeoutSeconds, report) {
      if (timeoutSeconds === undefined || timeoutSeconds <= longestSeconds) return;
      report({
        path: ['timeout'],
        code: 'lambda-timeout',
        message: 'Lambda lets a function run for 15 minutes at most',
        remedy: 'write `timeout: 15m` or less, or leave it out',
      });
    },
    values: ({ args }) => args,
    handlers: true,
    longest: () => longestSeconds,
    noOutput: () => undefined,
  },
  things: {
    function: { service: 'lambda', resource: (name) => functionArn.exec(name)?.[1] ?? `function:${name}` },
  },
  uses: ({ function: name }) => [{ what: 'function', name }],
  renamed: (work, rename, value) => ({
    ...work,
    function: rename({ what: 'function', name: work.function }),
    args: mapValues(work.args, value),
  }),
  runs: {
    by: 'state',
    work,
    name: ({ function: name }) => name,
    endsAtTimeout: true,
    state: ({ function: FunctionName }) => ({
      resource: 'arn:aws:states:::lambda:invoke',
      arguments: { FunctionName, Payload: '{% $states.input.work.args %}' },
    }),
    result: '$states.result.Payload',
    refused: () => ['Lambda.TooManyRequestsException'],
    never: () => ['Lambda.ResourceNotFoundException', 'Lambda.AccessDeniedException'],
    ended(end) {
      if ('result' in end) return { is: 'succeeded', says: 'succeeded', output: end.result };
      const { error, cause } = end;
      if (timeouts.has(error)) return { is: 'timed_out', says: error };
      return { is: 'failed', says: error, ...present({ message: readLambdaCause(error, cause) }) };
    },
    shows: {
      page: (name, _, region) =>
        `${consoleOf(region)}/lambda/home?region=${region}#/functions/${encodeURIComponent(name)}`,
    },
    gone: [],
    sends: [],
    errors: { failed: 'Lambda.Failed', timedOut: 'Lambda.TimedOut', stopped: 'Lambda.Stopped' },
  },
} as const satisfies TaskKind<LambdaWork>;
