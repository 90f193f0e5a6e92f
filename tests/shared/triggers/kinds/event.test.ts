import { expect, test } from 'vitest';
import { readPipeline } from '../../../../shared/pipeline/read-pipeline.ts';
import { triggerKind } from '../../../../shared/triggers/kinds/kinds.ts';

const file = (event: string, more = '') => `pipeline: p
${more}
triggers: { sale: { event: ${event} } }
tasks: { a: { glue-job: j } }
`;
const messages = (event: string, more?: string) =>
  readPipeline(file(event, more), 'p.yml').problems.map(({ message, remedy }) => `${message} | ${remedy}`);

test('a pattern may have single values, which EventBridge gets as lists', () => {
  const { pipeline, problems } = readPipeline(
    file('{ source: shop, detail-type: [Paid, Refunded], detail: { country: DE, total: [{ numeric: [">", 5] }] } }'),
    'p.yml',
  );
  expect(problems).toEqual([]);
  const trigger = pipeline?.triggers.sale;
  expect(trigger).toEqual({
    kind: 'event',
    pattern: {
      source: ['shop'],
      'detail-type': ['Paid', 'Refunded'],
      detail: { country: ['DE'], total: [{ numeric: ['>', 5] }] },
    },
  });
  expect(trigger && triggerKind('event').words(trigger)).toBe('an event of shop: Paid, Refunded');
});

test.each([
  [
    'an unknown field',
    '{ source: shop, detail_type: Paid }',
    'an event has no field `detail_type` | did you mean `detail-type`?',
  ],
  ['an own field', '{ source: shop, country: DE }', 'fields of your own are in `detail`: detail: { country: … }'],
  ['no source', '{ detail-type: Paid }', 'the pattern names no `source`'],
  ['events of Gluewright', '{ source: [gluewright] }', 'use a trigger of the kind `pipeline` or `datasets`'],
  ['a text', 'aws.rds', 'should be an event pattern of EventBridge'],
])('a pattern with %s is refused', (_, event, message) => {
  expect(messages(event).join('\n')).toContain(message);
});

test('a parameter without a value gets a hint how to read the event', () => {
  const more = 'params: { order: { type: string } }';
  expect(messages('{ source: shop }', more).join()).toContain('"{% $run.trigger.detail.order %}"');
});

test('a pattern over the default quota causes a warning', () => {
  const many = Array.from({ length: 300 }, (_, n) => `country-${n}`).join(', ');
  expect(messages(`{ source: shop, detail: { country: [${many}] } }`).join()).toContain('EventBridge takes 2048');
});
