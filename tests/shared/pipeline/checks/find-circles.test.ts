import { describe, expect, test } from 'vitest';
import { findCircles } from '../../../../shared/pipeline/checks/find-circles.ts';
import { pipelineFrom } from '../../../pipeline-from.ts';

function pipelineOf(name: string, triggers: string, task = '') {
  return pipelineFrom(`pipeline: ${name}\ntriggers: { ${triggers} }\ntasks: { t: { glue-job: j${task} } }\n`);
}

const behind = (name: string) => `after-${name}: { pipeline: { name: ${name} } }`;

describe('pipelines that start each other', () => {
  test('by their ends form a cycle, found once', () => {
    const circles = findCircles([
      pipelineOf('a', behind('c')),
      pipelineOf('b', behind('a')),
      pipelineOf('c', behind('b')),
    ]);
    expect(circles).toMatchObject([{ pipeline: 'a', certain: true, steps: [{ to: 'b' }, { to: 'c' }, { to: 'a' }] }]);
  });

  test('by a dataset one way and an end the other form a cycle', () => {
    const circles = findCircles([
      pipelineOf('a', behind('b'), ', publishes: x'),
      pipelineOf('b', 'x: { datasets: { any: [x, y] } }'),
    ]);
    expect(circles).toMatchObject([{ pipeline: 'a', steps: [{ to: 'b', by: 'the dataset x' }, { to: 'a' }] }]);
  });

  test('in a row form no cycle', () => {
    expect(
      findCircles([
        pipelineOf('a', ''),
        pipelineOf('b', behind('a')),
        pipelineOf('c', `${behind('b')}, ${behind('a')}`),
      ]),
    ).toEqual([]);
  });
});

test.each([
  ['s3://lake/orders/', true],
  ['s3://lake/orders/clean/part.csv', true],
  ['s3://lake/', true],
  ['s3://lake/reports/', false],
  ['s3://other/orders/', false],
])('whether a pipeline that writes to %s and waits for s3://lake/orders/** may start itself: %s', (address, found) => {
  const own = pipelineOf(
    'a',
    't: { s3: { bucket: lake, key: "orders/**" } }',
    `, args: { output: "${address}", input: "s3://lake/orders/" }`,
  );
  expect(findCircles([own])).toMatchObject(found ? [{ pipeline: 'a', certain: false }] : []);
});
