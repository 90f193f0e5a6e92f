import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asJson } from '../../../local/engine/data/json-text.ts';
import { engineFixture } from './engine-fixture.ts';

type Shape = { readonly fields: object; readonly inner: readonly (readonly Shape[])[]; readonly caught: boolean };

const path = fc.constantFrom('$', '$.a', '$.a[0]', '$$.State.Name', '$v', '$..a', null);
const expression = fc.constantFrom('{% $states.input %}', '{% $v %}', '{% $states.input.a[0] + 1 %}', '{% 1/0 %}', 7);
const variables = fc.constantFrom({ v: 1 }, {});
const retry = fc.array(fc.constant({ ErrorEquals: ['States.ALL'], MaxAttempts: 2 }), { minLength: 1, maxLength: 1 });
const task = {
  Type: fc.constant('Task'),
  Resource: fc.constantFrom('arn:aws:states:::lambda:invoke', 'arn:aws:lambda:eu-west-1:111122223333:function:f'),
};

const languages = {
  JSONPath: {
    any: { InputPath: path, OutputPath: path },
    pass: { ResultPath: fc.constantFrom('$', '$.r', '$.a.b', null), Parameters: fc.constantFrom({ 'x.$': '$.a' }) },
    task: { Parameters: fc.constantFrom({ 'x.$': '$' }, {}), ResultSelector: fc.constantFrom({ 'y.$': '$.a' }) },
    map: { ItemsPath: fc.constantFrom('$', '$.a') },
  },
  JSONata: {
    any: { Output: expression },
    pass: { Assign: variables },
    task: { Arguments: fc.constantFrom({ x: '{% $states.input %}' }, {}) },
    map: { Items: fc.constantFrom('{% $states.input.a %}', '{% [1, 2] %}') },
  },
};

function shape(language: keyof typeof languages, depth: number): fc.Arbitrary<Shape> {
  const { any, pass, task: taskFields, map } = languages[language];
  const record = (required: object, optional: object) =>
    fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) as never[] });
  const leaf = (fields: fc.Arbitrary<object>) => fc.record({ fields, inner: fc.constant([]), caught: fc.boolean() });
  const kinds = [
    leaf(record({ Type: fc.constant('Pass') }, { ...any, ...pass })),
    leaf(record({ Type: fc.constant('Wait'), Seconds: fc.nat(3) }, any)),
    leaf(record(task, { ...any, ...taskFields, Retry: retry })),
  ];
  if (depth === 0) return fc.oneof(...kinds);
  const scope = fc.array(shape(language, depth - 1), { minLength: 1, maxLength: 2 });
  const nest = (fields: fc.Arbitrary<object>, most: number) =>
    fc.record({ fields, inner: fc.array(scope, { minLength: 1, maxLength: most }), caught: fc.boolean() });
  return fc.oneof(
    ...kinds,
    nest(record({ Type: fc.constant('Parallel') }, { ...any, Retry: retry }), 2),
    nest(record({ Type: fc.constant('Map') }, { ...any, ...map, Retry: retry }), 1),
  );
}

/** A chain of states with unique names. If they allow a Catch, it also leads to the next state. */
function machine(shapes: readonly Shape[], prefix: string): object {
  const states = shapes.map(({ fields, inner, caught }, index) => {
    const next = index + 1 < shapes.length ? { Next: `${prefix}${index + 1}` } : { End: true };
    const type: unknown = Reflect.get(fields, 'Type');
    const scopes = inner.map((scope, at) => machine(scope, `${prefix}${index}.${at}.`));
    const nested = type === 'Parallel' ? { Branches: scopes } : type === 'Map' ? { ItemProcessor: scopes[0] } : {};
    const catches = caught && 'Next' in next && type !== 'Pass' && type !== 'Wait';
    const rescue = catches ? { Catch: [{ ErrorEquals: ['States.ALL'], ...next }] } : {};
    return [`${prefix}${index}`, { ...fields, ...nested, ...next, ...rescue }];
  });
  return { StartAt: `${prefix}0`, States: Object.fromEntries(states) };
}

const built = fc
  .constantFrom('JSONPath' as const, 'JSONata' as const)
  .chain((QueryLanguage) =>
    fc
      .array(shape(QueryLanguage, 2), { minLength: 1, maxLength: 4 })
      .map((shapes) => ({ QueryLanguage, ...machine(shapes, 's') })),
  );
const definitions = fc.oneof(
  { weight: 9, arbitrary: built },
  { weight: 1, arbitrary: fc.dictionary(fc.string(), fc.jsonValue()) },
);
const inputs = fc.oneof(fc.constantFrom({ a: [1, 2] }, [1, 2], {}), fc.jsonValue({ maxDepth: 2 }));

test('any definition is either rejected, or its executions end', async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(definitions, inputs, async (definition, input) => {
      const fixture = engineFixture(async ({ stateName }) => ({ a: [1], stateName }));
      const request = { name: 'm', definition: JSON.stringify(definition) };
      const { stateMachineArn } = await fixture.call('CreateStateMachine', request).catch((error: Error) => {
        expect(error.name).toBe('InvalidDefinition');
        return { stateMachineArn: undefined };
      });
      if (stateMachineArn === undefined) return;
      accepted += 1;
      const done = await fixture.run(String(stateMachineArn), asJson(input));
      expect(['SUCCEEDED', 'FAILED']).toContain(done.status);
      expect(String(done.cause)).not.toContain('The engine failed');
    }),
    { numRuns: 300 },
  );
  expect(accepted).toBeGreaterThan(150);
});
