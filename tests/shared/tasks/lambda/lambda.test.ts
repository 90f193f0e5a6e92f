import { expect, test } from 'vitest';
import { compile } from '../../../../shared/asl/compile.ts';
import { pipelineOnAws } from '../../../../shared/deploy/resources/physical-names.ts';
import { machineTarget } from '../../../../shared/deploy/resources/pipeline-resources.ts';
import { stackTemplate } from '../../../../shared/deploy/stack.ts';
import { readPipelineValue } from '../../../../shared/pipeline/read-pipeline.ts';
import { type LambdaWork, lambda } from '../../../../shared/tasks/lambda/lambda.ts';
import { pipelineFrom } from '../../../pipeline-from.ts';
import { places, project, settings } from '../../deploy/example.ts';

const { runs } = lambda;
const work: LambdaWork = { kind: 'lambda', function: 'rates', args: { day: '2026-11-20' } };

test('the state invokes the function with the evaluated arguments', () => {
  expect(runs.state(work)).toEqual({
    resource: 'arn:aws:states:::lambda:invoke',
    arguments: { FunctionName: 'rates', Payload: '{% $states.input.work.args %}' },
  });
});

test('the machine’s role may invoke the function by its name on AWS, and has nothing else that the shared role lacks', () => {
  const read = pipelineFrom({ pipeline: 'p', tasks: { rates: { lambda: 'rates' } } });
  const pipeline = pipelineOnAws(read, { ...settings, functions: { rates: 'acme-test-rates' } }, []);
  const compiled = compile(pipeline, machineTarget);
  if (compiled.problem !== undefined) throw new Error(compiled.problem.message);
  const stack = stackTemplate({ ...project(), pipelines: [{ pipeline, compiled }] }, places);
  const role = JSON.stringify(stack.Resources.PipelinePRole);
  expect(role).toContain('"Sid":"Tasks1","Effect":"Allow","Action":["lambda:InvokeFunction"]');
  expect(role).toContain(':function:acme-test-rates"');
});

const thrown = (errorMessage: string) => JSON.stringify({ errorType: 'ValueError', errorMessage, stackTrace: ['x'] });
test.each([
  ['answered', { result: { EUR: 1.1 } }, { is: 'succeeded', output: { EUR: 1.1 } }],
  ['answered nothing', { result: null }, { is: 'succeeded', output: null }],
  ['threw', { error: 'ValueError', cause: thrown('no "rate"') }, { is: 'failed', message: 'ValueError: no "rate"' }],
  [
    'threw with a long trace',
    { error: 'ValueError', cause: thrown('no "rate"').slice(0, -6) },
    { is: 'failed', message: 'ValueError: no "rate"' },
  ],
  ['does not exist', { error: 'Lambda.ResourceNotFoundException', cause: 'no such function' }, { is: 'failed' }],
  ['was too slow for the task', { error: 'States.Timeout', cause: '' }, { is: 'timed_out' }],
  ['was too slow for Lambda', { error: 'Sandbox.Timedout', cause: '' }, { is: 'timed_out' }],
])('a function that %s', (_, end, state) => {
  expect(runs.ended(end)).toMatchObject(state);
});

test.each([
  ['rates', 'function:rates'],
  ['rates:live', 'function:rates:live'],
  ['arn:aws:lambda:eu-west-1:111122223333:function:rates', 'function:rates'],
])('the function %s is allowed by its ARN', (name, tail) => {
  expect(lambda.things.function.resource(name)).toBe(tail);
});

test.each([
  [{ lambda: 'rates', args: { day: '{% $params.day %}' } }, []],
  [{ lambda: 'rates', local: { handler: 'functions/rates.handler' } }, []],
  [{ lambda: 'rates', local: { handler: 'rates.py' } }, []],
  [{ lambda: 'rates', local: { handler: 'functions/rates.py.handler' } }, ['a file without its ending']],
  [{ lambda: 'rates', local: { handler: 'a.b', output: {} } }, ['the function itself returns the output']],
  [{ lambda: 'rates', local: { handler: 'a.b', simulate: '1s' } }, ['`local` needs either']],
  [{ athena: 'SELECT 1', database: 'd', local: { handler: 'a.b' } }, ['only a task that invokes a function']],
  [{ lambda: 'rates and more' }, ['the name or the ARN of a Lambda function']],
  [{ lambda: 'rates', timeout: '1h' }, ['15 minutes at most']],
  [{ function: 'rates' }, ['lambda']],
])('%j in a file', (task, said) => {
  const tasks = { q: task };
  const { problems } = readPipelineValue({ pipeline: 'p', params: { day: { type: 'date' } }, tasks }, 'p.yml');
  const messages = problems.map(({ message, remedy }) => `${message}: ${remedy}`);
  if (said.length === 0) expect(messages).toEqual([]);
  for (const word of said) expect(messages.join('\n')).toContain(word);
});
