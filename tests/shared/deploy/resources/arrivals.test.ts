import { expect, test } from 'vitest';
import { arrivalResources, watchedBuckets } from '../../../../shared/deploy/resources/arrivals.ts';
import type { Pipeline } from '../../../../shared/model/pipeline.ts';
import { digest, pipeline } from '../example.ts';

function watching(...triggers: readonly (readonly [bucket: string, key: string])[]): Pipeline[] {
  return triggers.map(([bucket, key], index) => ({
    ...pipeline(`pipeline-${index}`),
    triggers: { arrived: { kind: 's3', bucket, key } },
  }));
}

const patterns = (pipelines: readonly Pipeline[]): unknown[] =>
  Object.values(arrivalResources(watchedBuckets(pipelines), 'acme-dev', digest)).flatMap(({ Type, Properties }) =>
    Type === 'AWS::Events::Rule' ? [Properties.EventPattern] : [],
  );

test.each([
  ['orders/{day}/*.csv', 'orders/'],
  ['exports/_SUCCESS', 'exports/_SUCCESS'],
  ['day?/x', 'day'],
])('the rule for the key %s filters by the prefix %s', (key, prefix) => {
  expect(patterns(watching(['landing', key]))).toEqual([
    {
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { bucket: { name: ['landing'] }, object: { key: [{ prefix }] } },
    },
  ]);
});

test('a trigger for any key receives all objects in the bucket', () => {
  const detail = { bucket: { name: ['landing'] } };
  expect(patterns(watching(['landing', '**/x.csv'], ['landing', 'orders/*']))).toMatchObject([{ detail }]);
  expect(JSON.stringify(patterns(watching(['landing', '**/x.csv'])))).not.toContain('prefix');
});

test('with any number of buckets and keys, no pattern is too long and no bucket is left out', () => {
  const many = Array.from({ length: 130 }, (_, index): [string, string] => [
    `${'b'.repeat(58)}-${1000 + index}`,
    `${'k'.repeat(200)}${index}/*`,
  ]);
  const rules = patterns(watching(...many)).map((pattern) => JSON.stringify(pattern));
  for (const rule of rules) expect(rule.length).toBeLessThanOrEqual(2_048);
  for (const [bucket] of many) expect(rules.filter((rule) => rule.includes(bucket))).toHaveLength(1);
});

test('without an S3 trigger there is no rule', () => {
  expect(patterns([{ ...pipeline('none'), triggers: {} }])).toEqual([]);
});

test('only a few batches are received at once, since more would conflict', () => {
  expect(arrivalResources(new Map(), 'acme-dev', digest).ArrivalsMapping?.Properties.ScalingConfig).toEqual({
    MaximumConcurrency: 5,
  });
});
