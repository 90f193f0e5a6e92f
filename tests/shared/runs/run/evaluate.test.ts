import { expect, test } from 'vitest';
import { evaluate } from '../../../../shared/runs/run/evaluate.ts';

test('bindings are read', async () => {
  expect(await evaluate('$substring($interval.start, 0, 7)', { interval: { start: '2026-11-20' } })).toBe('2026-11');
});

test.each([
  '$now()',
  '$millis()',
  '$random()',
  '$eval("1")',
  '($f := function(){ $f() }; $f())',
  '$map([1..1000000], function($x) { $x + 1 })',
])('%s has no value', async (expression) => {
  await expect(evaluate(expression, {})).rejects.toBeDefined();
});
