import { expect, test } from 'vitest';
import { eventTriggerRule } from '../../../../shared/deploy/resources/event-trigger-resources.ts';
import { checkTemplate } from '../check-template.ts';
import { digest, fromServerless, pipeline, template } from '../example.ts';

const rule = (name: string, stack = 'shop-dev') =>
  eventTriggerRule({ pipeline: 'invoices', name, stack, digest }, { source: ['shop'] });

test('a trigger’s rule passes the event to the function with the trigger’s names', () => {
  const [resource] = Object.values(rule('paid'));
  expect(resource).toMatchObject({
    Type: 'AWS::Events::Rule',
    Properties: {
      Name: 'shop-dev-on-invoices.paid',
      EventPattern: { source: ['shop'] },
      Targets: [
        {
          InputTransformer: {
            InputTemplate: '{"pipeline": "invoices", "trigger": "paid", "event": <aws.events.event.json>}',
          },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } },
        },
      ],
    },
  });
});

test.each([10, 40, 50])('with a stack name of %d characters a rule’s name fits and keeps the prefix', (length) => {
  const stack = 's'.repeat(length);
  const names = ['a', 'b'].map((end) => {
    const [resource] = Object.values(rule(`${'t'.repeat(60)}${end}`, stack));
    return String(resource?.Properties.Name);
  });
  for (const name of names) {
    expect(name.length).toBeLessThanOrEqual(64);
    expect(name.startsWith(`${stack}-on-`)).toBe(true);
  }
  expect(new Set(names).size).toBe(2);
});

test('a trigger’s rule is made after its permission, its pipeline, and the function that knows it', () => {
  expect(Object.values(rule('paid'))[0]?.DependsOn).toEqual([
    'OnDashtriggerLambdaFunction',
    'EventTriggersPermission',
    'OnTriggerInvocations',
    'DeadLettersPolicy',
    'PipelineInvoicesAlias',
  ]);
});

test('in a nested stack, the stack waits for what its rules wait for', () => {
  const stack = Object.values(template({ nested: true }, 1, [sold]).Resources).find(
    ({ Type, DependsOn }) => Type === 'AWS::CloudFormation::Stack' && DependsOn !== undefined,
  );
  expect(stack?.DependsOn).toEqual([
    'DeadLettersPolicy',
    'EventTriggersPermission',
    'OnDashtriggerLambdaFunction',
    'OnTriggerInvocations',
  ]);
});

const sold = { ...pipeline('invoices'), triggers: { paid: { kind: 'event', pattern: { source: ['shop'] } } } } as const;

test.each([false, true])('CloudFormation accepts a stack with such a rule, nested: %s', (nested) => {
  expect(checkTemplate(template({ nested }, 1, [sold]), fromServerless)).toEqual([]);
});

test('every rule may send undelivered events to the dead letters', () => {
  const { Resources } = template({}, 1, [sold]);
  const named = Object.values(Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::Events::Rule' && JSON.stringify(Properties.Targets).includes('"DeadLetters"')
      ? [String(Properties.Name)]
      : [],
  );
  const policy = JSON.stringify(Resources.DeadLettersPolicy?.Properties);
  const allowed = [...policy.matchAll(/:rule\/([^"]+)"/g)].map(([, pattern = '']) => pattern);
  expect(named.length).toBeGreaterThan(3);
  for (const name of named) {
    const isAllowed = allowed.some(
      (each) => each === name || (each.endsWith('*') && name.startsWith(each.slice(0, -1))),
    );
    expect(`${name}: ${isAllowed}`).toBe(`${name}: true`);
  }
});
