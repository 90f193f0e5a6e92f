import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rerunId, runId } from '../../../../shared/runs/run/run-id.ts';

test.each([
  ['orders', 'nightly-2026-11-20', 'orders-nightly-2026-11-20'],
  ['orders', '2026-11-20T04:00:00Z', /^orders-2026-11-20T04-00-00Z-[0-9a-z]{25}$/],
  ['orders', 'x-r2', /^orders-x-r2-[0-9a-z]{25}$/],
  ['orders', 'x'.repeat(100), /^orders-x{31}-[0-9a-z]{25}$/],
])('a run of %s for %j has the id %s', (pipeline, cause, expected) => {
  if (typeof expected === 'string') expect(runId(pipeline, cause)).toBe(expected);
  else expect(runId(pipeline, cause)).toMatch(expected);
});

test('a label makes the id readable, and the cause makes it unique', () => {
  expect(runId('orders', 'a\nb', 'arrivals-2026-11-20')).toMatch(/^orders-arrivals-2026-11-20-[0-9a-z]{25}$/);
  expect(runId('orders', 'a\nb', 'x')).not.toBe(runId('orders', 'a\nc', 'x'));
});

const pipeline = fc.stringMatching(/^[a-z][a-z0-9-]{0,60}$/);

test('any cause gives a valid name for Step Functions, with room for a rerun’s number', () => {
  fc.assert(
    fc.property(pipeline, fc.string({ unit: 'binary' }), (name, cause) => {
      expect(runId(name, cause)).toMatch(/^[0-9A-Za-z_-]{1,64}$/);
    }),
  );
});

test('different causes give different ids, even if they look alike', () => {
  const alike = fc.stringMatching(/^[a./ -]{0,12}$/);
  fc.assert(
    fc.property(alike, alike, (one, other) => {
      fc.pre(one !== other);
      expect(runId('p', one)).not.toBe(runId('p', other));
    }),
  );
});

test('a rerun of a rerun counts on from the first run', () => {
  expect(rerunId('orders-a', 2)).toBe('orders-a-r2');
  expect(rerunId('orders-a-r2', 3)).toBe('orders-a-r3');
});
