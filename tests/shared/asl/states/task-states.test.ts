import jsonata from 'jsonata';
import { expect, test } from 'vitest';
import { variables } from '../../../../shared/asl/states/document.ts';
import type { Expression } from '../../../../shared/asl/states/state-machine.ts';
import { cell } from '../../../../shared/asl/states/task-states.ts';
import type { Json } from '../../../../shared/json.ts';
import { pipeline } from '../../deploy/example.ts';

const settings = {
  pipeline: 'orders',
  startTask: 'arn',
  timeoutSeconds: 60,
  outputLimit: 0,
  buckets: {},
  stopOnFailure: false,
  causeLength: 20,
};

/** The output of the Catch of all errors: the outcome, and errors that the ledger cannot know. */
async function caught(errorOutput: Json): Promise<unknown> {
  const [task] = pipeline('orders', ['load']).tasks;
  if (task === undefined) throw new Error('no task');
  const { load } = cell(task, settings, {
    next: 'next',
    terms: [],
    reads: new Map(),
    write: (_, outcome, more = []) => `{'outcome':${outcome},${more.map(([key, value]) => `'${key}':${value}`)}}`,
  });
  const output: Expression | undefined = load?.Type === 'Task' ? load.Catch?.at(-1)?.Output : undefined;
  const text = typeof output === 'string' ? output.slice('{% '.length, -' %}'.length) : '';
  const states = { input: { tasks: { _lost: { other: { error: 'States.Timeout' } } } }, errorOutput };
  const value: unknown = await jsonata(text).evaluate({}, { ...variables(['glue-job']), states });
  return JSON.parse(JSON.stringify(value));
}

const other = { error: 'States.Timeout' };
const why = "An error occurred while executing the state 'load' (entered at the event id #7). No such field: day";

test.each([
  [{ Error: 'Glue.JobFailed', Cause: 'exit 1' }, 'failed', {}],
  [{ Error: 'Glue.JobStopped', Cause: 'by hand' }, 'stopped', {}],
  [{ Error: 'States.Timeout', Cause: '' }, 'timed_out', { load: { error: 'States.Timeout', cause: '' } }],
  [{ Error: 'States.Timeout' }, 'timed_out', { load: { error: 'States.Timeout' } }],
  [{ Error: 'States.Timeout', Cause: null }, 'timed_out', { load: { error: 'States.Timeout' } }],
  [
    { Error: 'States.QueryEvaluationError', Cause: why },
    'failed',
    { load: { error: 'States.QueryEvaluationError', cause: 'No such field: day' } },
  ],
  [{ Error: null, Cause: null }, 'failed', {}],
  [{ Error: '', Cause: '' }, 'failed', {}],
  [{}, 'failed', {}],
])(
  'the error %j ends the task, and the document keeps it, because the ledger cannot know it',
  async (error, status, own) => {
    expect(await caught(error)).toEqual({ outcome: expect.objectContaining({ status }), _lost: { other, ...own } });
  },
);
