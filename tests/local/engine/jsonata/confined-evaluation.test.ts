import { expect, test } from 'vitest';
import { createConfinedEvaluation } from '../../../../local/engine/jsonata/confined-evaluation.ts';
import { createEvaluator } from '../../../../local/engine/jsonata/evaluate.ts';

const job = (expression: string) => ({ expression, bindings: '{}', now: 0, seed: 0 });

/** Workers that hang on `stuck` until `end` terminates them, and answer everything else at once. */
function workers() {
  const held: (() => void)[] = [];
  let started = 0;
  const start = () => {
    started += 1;
    return {
      ask: ({ expression }: { expression: string }) =>
        expression === 'stuck'
          ? new Promise<{ problem: { code: string; message: string }; lost: true }>((resolve) => {
              held.push(() => resolve({ problem: { code: 'U1001', message: 'too long' }, lost: true }));
            })
          : Promise.resolve({ result: `"${expression}"` }),
    };
  };
  return { start, end: () => held.shift()?.(), held, started: () => started };
}

test('an expression does not wait for a stuck one', async () => {
  const pool = workers();
  const evaluate = createConfinedEvaluation(pool.start);
  void evaluate(job('stuck'));
  expect(await evaluate(job('quick'))).toEqual({ result: '"quick"' });
});

test('a Map over a stuck expression leaves a worker to the others', async () => {
  const pool = workers();
  const evaluate = createConfinedEvaluation(pool.start);
  const first = evaluate(job('stuck'));
  pool.end();
  await first;
  for (let index = 0; index < 40; index += 1) void evaluate(job('stuck'));
  expect(await evaluate(job('quick'))).toEqual({ result: '"quick"' });
  expect(await evaluate(job('quicker'))).toEqual({ result: '"quicker"' });
  expect(pool.started()).toBeLessThanOrEqual(4);
});

test('one worker serves what does not wait', async () => {
  const pool = workers();
  const evaluate = createConfinedEvaluation(pool.start);
  await Promise.all([1, 2, 3, 4].map((n) => evaluate(job(`quick ${n}`))));
  expect(pool.started()).toBe(1);
});

test('the start of a worker is not counted as the time of a stuck expression', async () => {
  const evaluator = createEvaluator({ now: () => 0, random: () => 0, uuid: () => 'id' });
  const from = performance.now();
  const stuck = evaluator.evaluate('$contains($s, /^(a+)+$/)', { s: `${'a'.repeat(40)}!` }, 'Output');
  await expect(stuck).rejects.toThrow(/U1001/);
  expect(performance.now() - from).toBeLessThan(10_000);
});

test('$range makes more than 1,000 items, of whole numbers', async () => {
  const evaluator = createEvaluator({ now: () => 0, random: () => 0, uuid: () => 'id' });
  expect(await evaluator.evaluate('$count($range(1, 200000, 1))', {}, 'Output')).toBe(200_000);
  expect(await evaluator.evaluate('$range(-1.7, 2, 1)', {}, 'Output')).toEqual([-1, 0, 1, 2]);
});
