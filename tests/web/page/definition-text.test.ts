import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { definitionText } from '../../../web/page/definition-text.ts';

const task = {
  name: 'join',
  after: ['clean', 'yes'],
  when: 'all_done',
  kind: 'glue-job',
  work: 'job: join',
  attempts: 2,
  timeoutSeconds: 60,
  tolerate: true,
  publishes: ['revenue'],
};

test('the text is equivalent YAML, whatever the names are', () => {
  const passages = definitionText({
    description: '#1 "report": <b>',
    params: [{ name: 'year', type: 'string', required: false, default: '2026' }],
    runs: { max: 1, overlap: 'queue', deadlineSeconds: 60 },
    tasks: [task],
  });
  expect(passages.map((passage) => passage.task)).toEqual([undefined, 'join']);
  expect(parse(passages.map(({ text }) => text).join(''))).toEqual({
    description: '#1 "report": <b>',
    params: { year: { type: 'string', default: '2026' } },
    runs: { max: 1, overlap: 'queue', deadlineSeconds: 60 },
    tasks: {
      join: {
        'glue-job': 'job: join',
        after: ['clean', 'yes'],
        when: 'all_done',
        attempts: 2,
        timeoutSeconds: 60,
        tolerate: true,
        publishes: ['revenue'],
      },
    },
  });
});
