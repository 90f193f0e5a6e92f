import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkDefinition, checkStateAlone } from '../../../../local/engine/check/check-definition.ts';
import { checkDefinitionText } from '../../../../local/engine/check/check-definition-text.ts';
import type { Diagnostic } from '../../../../local/engine/check/diagnostic.ts';

const standard = { type: 'STANDARD' } as const;
const told = (problems: readonly Diagnostic[]) => problems.map(({ message, location }) => `${message} at ${location}`);
const only = (state: object, language = 'JSONPath') => ({
  StartAt: 'A',
  QueryLanguage: language,
  States: { A: { ...state, End: true } },
});

const failing = (state: object) => ({ StartAt: 'A', States: { A: { ...state, Type: 'Fail' } } });

const call = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: 'f' } };
const rescue = { ErrorEquals: ['States.ALL'], Next: 'A' };

describe('in the words that AWS was measured to use', () => {
  const each = { Type: 'Map', ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } } };
  const choice = { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'B' }], Default: 'Z' };

  test.each([
    [only({ ...each, MaxConcurrency: -1 }), 'Minimum value is 0 at /States/A/MaxConcurrency'],
    [
      only({ ...each, ToleratedFailurePercentage: 101 }),
      'Maximum value is 100.0 at /States/A/ToleratedFailurePercentage',
    ],
    [only({ ...each, MaxConcurrencyPath: '$$.n' }), 'Value is not a Reference Path at /States/A/MaxConcurrencyPath'],
    [
      only({ ...each, MaxConcurrency: 1, MaxConcurrencyPath: '$.n' }),
      'There should only be one of the following fields: [MaxConcurrency, MaxConcurrencyPath] at /States/A',
    ],
    [
      only({ Type: 'Pass', Output: 1 }),
      "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/A",
    ],
    [
      only({ ...each, ItemProcessor: { ...each.ItemProcessor, QueryLanguage: 'JSONata' } }),
      "Field 'QueryLanguage' is not supported at /States/A/ItemProcessor",
    ],
    [{ StartAt: 'A', States: { A: choice, B: { Type: 'Succeed' } } }, "Missing 'Next' target: Z at /States/A/Default"],
    [only({ Type: 'Pass', Catch: [rescue] }), "Field 'Catch' is not supported at /States/A"],
  ])('%j', (definition, problem) => {
    expect(told(checkDefinition(definition, standard))).toEqual([problem]);
  });
});

describe('a template', () => {
  const object = 'Expected value of type Object';
  const each = { Type: 'Map', ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } } };

  test.each([
    ['ResultSelector', 'JSONPath', { Type: 'Task', Resource: call.Resource, ResultSelector: '$' }, object],
    ['Assign', 'JSONPath', { Type: 'Pass', Assign: [] }, object],
    ['Assign', 'JSONata', { Type: 'Pass', Assign: "{% {'v': 1} %}" }, object],
    ['Arguments', 'JSONata', { ...call, Arguments: [1] }, object],
    [
      'Arguments',
      'JSONata',
      { ...call, Arguments: 'x' },
      'Value is not a JSONata expression: it must begin with {% and end with %}',
    ],
    ['Items', 'JSONata', { ...each, Items: 1 }, 'Expected value of type Array'],
  ])('in %s of %s is of its type', (field, language, state, problem) => {
    expect(told(checkDefinition(only(state, language), standard))).toEqual([`${problem} at /States/A/${field}`]);
  });

  test.each([
    ['Parameters', 'JSONPath', { Type: 'Pass', Parameters: [1] }],
    ['Output', 'JSONata', { Type: 'Pass', Output: 1 }],
    ['Arguments', 'JSONata', { ...call, Arguments: "{% {'FunctionName': 'f'} %}" }],
    ['Items', 'JSONata', { ...each, Items: [1, '{% 2 %}'] }],
  ])('in %s of %s may be any JSON, or an expression', (_field, language, state) => {
    expect(checkDefinition(only(state, language), standard)).toEqual([]);
  });
});

describe('a definition', () => {
  test('has all its problems reported at once, each with its location', () => {
    const branch = { StartAt: 'C', States: { C: { Type: 'Pass', Next: 'B' }, A: { Type: 'Sleep' } } };
    const definition = {
      StartAt: 'A',
      States: {
        A: { Type: 'Parallel', Branches: [branch], Next: 'Nowhere', Colour: 'red' },
        B: { Type: 'Wait', Seconds: 1, Timestamp: 'soon' },
      },
    };
    expect(told(checkDefinition(definition, standard)).sort()).toEqual([
      'Duplicate state name: A at /States/A/Branches[0]/States/A',
      "Field 'Colour' is not supported at /States/A",
      "Missing 'Next' target: B at /States/A/Branches[0]/States/C/Next",
      "Missing 'Next' target: Nowhere at /States/A/Next",
      'One of these fields is required: [Next, End] at /States/B',
      'State "A" is not reachable. at /States/A/Branches[0]/States/A',
      'State "B" is not reachable. at /States/B',
      'String does not match RFC3339 timestamp at /States/B/Timestamp',
      "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/A/Branches[0]/States/A/Type",
      'There should only be one of the following fields: [Seconds, Timestamp] at /States/B',
    ]);
  });

  test.each<[string, object]>([
    ['These fields are required: [States, StartAt] at /', {}],
    ['Value is not a Reference Path at /States/A/ResultPath', only({ Type: 'Pass', ResultPath: '$.a[*]' })],
    [
      "The value for the field 'x.$' must be a valid JSONPath or a valid intrinsic function call at /States/A/Parameters/y[0]/x.$",
      only({ Type: 'Pass', Parameters: { y: [{ 'x.$': 'States.Nope()' }] } }),
    ],
    [
      'Unexpected end of expression at /States/A/Output/a[1]',
      only({ Type: 'Pass', Output: { a: [0, '{% 1 + %}'] } }, 'JSONata'),
    ],
    [
      "The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported for the 'JSONPath' QueryLanguage at /States/A",
      only({ Type: 'Pass', InputPath: '$' }, 'JSONata'),
    ],
    [
      "The variable name 'states' is reserved at /States/A/Assign/states",
      only({ Type: 'Pass', Assign: { states: 1 } }),
    ],
    [
      'States.ALL must appear in the last element only at /States/A/Retry',
      only({
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['X'] }],
      }),
    ],
    [
      'Exactly one comparison operator is required, but found [] at /States/C/Choices[0]/And[0]',
      {
        StartAt: 'C',
        States: {
          C: { Type: 'Choice', Choices: [{ And: [{ Variable: '$.a' }], Next: 'D' }] },
          D: { Type: 'Succeed' },
        },
      },
    ],
    [
      "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/A",
      only({ Type: 'Pass', QueryLanguage: 'JSONPath' }, 'JSONata'),
    ],
    [
      "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at /States/A/Parameters/a.$",
      only({ Type: 'Pass', Parameters: { 'a.$': "States.Format('a\\n')" } }),
    ],
    [
      "The variable '$states.result' is not accessible here at /States/A/Output",
      only({ Type: 'Pass', Output: { a: ['{% 1 + $states.result.b %}'] } }, 'JSONata'),
    ],
    [
      "The variable '$states.result' is not accessible here at /States/A/Arguments",
      only({ ...call, Arguments: '{% $states.result %}', Output: '{% $states.result %}' }, 'JSONata'),
    ],
    [
      "The variable '$states.errorOutput' is not accessible here at /States/A/Assign",
      only({ ...call, Assign: { a: '{% $states.errorOutput.Error %}' } }, 'JSONata'),
    ],
    [
      "The variable '$states.result' is not accessible here at /States/A/Catch[0]",
      only({ ...call, Catch: [{ ...rescue, Output: '{% [$states.errorOutput, $states.result] %}' }] }, 'JSONata'),
    ],
    ['States.Array does not return a String at /States/A/CausePath', failing({ CausePath: 'States.Array(1)' })],
    ...['', 'a b', 'x'.repeat(41)].map((label): [string, object] => [
      `Label ${label === '' ? 'cannot be empty' : label.length > 40 ? 'cannot exceed 40 characters' : "contains invalid character: ' '"} at /States/A/Label`,
      only({ Type: 'Map', Label: label, ItemProcessor: { StartAt: 'B', States: { B: { Type: 'Succeed' } } } }),
    ]),
  ])('%s', (problem, definition) => {
    expect(told(checkDefinition(definition, standard))).toEqual([problem]);
  });

  test('of an Express machine can only wait for the response', () => {
    const task = (resource: string) => only({ Type: 'Task', Resource: `arn:aws:states:::${resource}` });
    const messages = (resource: string) => told(checkDefinition(task(resource), { type: 'EXPRESS' }));
    expect(messages('glue:startJobRun')).toEqual([]);
    expect(messages('glue:startJobRun.sync')).toEqual([
      "Express state machine does not support '.sync' service integration at /States/A/Resource",
    ]);
    expect(messages('lambda:invoke.waitForTaskToken')).toHaveLength(1);
  });

  test('may be a single state', () => {
    expect(told(checkStateAlone({ Type: 'Parallel', Branches: [], End: true }, standard))).toEqual([
      'Value cannot be empty at /States/StateName/Branches',
    ]);
    expect(checkStateAlone({ Type: 'Pass', Next: 'Elsewhere' }, standard)).toEqual([]);
  });

  test('may be any JSON, and the check neither throws nor hangs', () => {
    const word = fc.constantFrom(
      ...['Type', 'Task', 'Map', 'Parallel', 'Choice', 'States', 'StartAt', 'Next', 'Branches', 'ItemProcessor'],
      ...[
        'Choices',
        'And',
        'Not',
        'Variable',
        'Retry',
        'Catch',
        'Parameters',
        'a.$',
        '$.a',
        'States.Array(',
        '{% $ %}',
      ],
      ...['QueryLanguage', 'JSONata', 'Assign', 'Output', 'Resource', '__proto__', 'constructor', 'hasOwnProperty'],
    );
    const { json } = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 6 },
        word,
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('json'), { maxLength: 3 }),
        fc.dictionary(word, tie('json'), { maxKeys: 6, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(json, word, json, (state, name, other) => {
        checkDefinition(state, standard);
        checkDefinition({ StartAt: 'A', States: { A: { Type: name, Choices: [state], [name]: other } } }, standard);
        checkDefinition({ StartAt: 'A', States: { A: state, [name]: other } }, { type: 'EXPRESS' });
      }),
      { numRuns: 300 },
    );
  });

  test('may be nested as deep as 1 MB allows', () => {
    const deep = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times);
    for (const text of [
      deep('[', ']', 400_000),
      `{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Parameters":${deep('[', ']', 400_000)}}}}`,
      `{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[${deep('{"Not":', '}', 100_000).replace(':}', ':{}}')}]}}}`,
      `{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Parameters":{"a.$":"${deep('$[?(', ')]', 100_000)}"}}}}`,
      `{"StartAt":"A","QueryLanguage":"JSONata","States":{"A":{"Type":"Pass","End":true,"Output":"{% ${deep('(', ')', 100_000)} %}"}}}`,
      `${'{"StartAt":"A","States":{"A":{"Type":"Parallel","End":true,"Branches":['.repeat(9_000)}1${']}}}'.repeat(9_000)}`,
    ]) {
      expect(checkDefinitionText(text, standard)).not.toEqual([]);
    }
  });
});

describe('a text that is not a definition', () => {
  test.each([
    [' ', 'SCHEMA_VALIDATION_FAILED', 'Definition must be a valid JSON object'],
    ['[]', 'SCHEMA_VALIDATION_FAILED', 'Definition must be a valid JSON object'],
    [
      'not a definition',
      'INVALID_JSON_DESCRIPTION',
      `Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (String)"not a definition"; line: 1, column: 4]`,
    ],
    ['{', 'INVALID_JSON_DESCRIPTION', undefined],
  ])('%j', (text, code, message) => {
    const problems = checkDefinitionText(text, standard);
    expect(problems).toMatchObject([message === undefined ? { code } : { code, message }]);
  });
});

type Recorded = {
  id: string;
  authority?: string;
  type?: 'STANDARD' | 'EXPRESS';
  stateMachineType?: 'STANDARD' | 'EXPRESS';
  definition: unknown;
  definitionText?: string;
  diagnostics?: readonly Diagnostic[];
};

const recordings = path.resolve('..', 'shared', 'asl-conformance');
const read = (folder: string): Recorded[] =>
  readdirSync(path.join(recordings, folder)).map((file) =>
    JSON.parse(readFileSync(path.join(recordings, folder, file), 'utf8')),
  );
const errorsOf = ({ definition, definitionText, type, stateMachineType }: Recorded) =>
  checkDefinitionText(definitionText ?? JSON.stringify(definition), {
    type: stateMachineType ?? type ?? 'STANDARD',
  }).filter(({ severity }) => severity === 'ERROR');

describe('beside the recordings', () => {
  beforeEach((context) => {
    if (!existsSync(recordings)) context.skip('no recordings of Step Functions beside the project');
  });

  test.each(['valid', 'cases', 'cases-stubbed'])('everything in %s is accepted', (folder) => {
    const refused = read(folder).filter((each) => errorsOf(each).length > 0);
    expect(refused.map(({ id }) => id)).toEqual([]);
  });

  /** The guide neither requires nor forbids blanks within the braces. */
  const accepted = new Set(['asl-validator/invalid-jsonata-surround-syntax-no-spaces']);

  test('everything in invalid is rejected', () => {
    const missed = read('invalid').filter((each) => errorsOf(each).length === 0);
    expect(missed.map(({ id }) => id)).toEqual([...accepted]);
  });

  test('a rejection has AWS’s wording', () => {
    for (const each of read('invalid').filter(({ authority }) => authority === 'aws')) {
      const words = JSON.stringify(each.diagnostics).replaceAll('<partition>', 'aws');
      expect(errorsOf(each), each.id).toEqual(JSON.parse(words));
    }
  });
});
