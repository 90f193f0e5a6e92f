import type { Clock } from '../clock/clock.ts';
import { createTimers } from '../clock/timers.ts';
import type { Data } from '../sql/table-source.ts';
import { type Evaluation, evaluateTable } from './evaluate-table.ts';
import type { EvaluationRun } from './evaluation-store.ts';

export type EvaluationEnd = { readonly evaluation: Evaluation } | { readonly failed: string };

export interface EvaluationRunner {
  /** @param end told once, unless the runner was closed before */
  run(run: EvaluationRun, rulesets: readonly string[], end: (end: EvaluationEnd) => void): void;
  close(): void;
}

export function createSqlEvaluations(data: Data & { readonly now: () => number }): EvaluationRunner {
  let closed = false;
  return {
    run({ database, table }, rulesets, end) {
      void evaluateTable(data, database, table, rulesets)
        .then((evaluation): EvaluationEnd => ({ evaluation }))
        .catch((error: unknown): EvaluationEnd => ({ failed: error instanceof Error ? error.message : String(error) }))
        .then((result) => {
          if (!closed) end(result);
        });
    },
    close() {
      closed = true;
    },
  };
}

/** What a simulated evaluation does. It must come out the same when it is asked for again after a restart. */
export type SimulateEvaluation = (
  run: EvaluationRun,
) => { readonly seconds: number } & ({ readonly passed?: boolean } | { readonly failed: string });

/** Evaluates nothing: the given durations pass on the clock, and the given verdicts come. */
export function createSimulatedEvaluations(clock: Clock, simulate: SimulateEvaluation): EvaluationRunner {
  const timers = createTimers(clock);
  return {
    run(run, _, end) {
      const plan = simulate(run);
      timers.at(run.startedOn + plan.seconds * 1_000, () => {
        if ('failed' in plan) return end({ failed: plan.failed });
        const passed = plan.passed ?? true;
        const rule = {
          name: 'Rule_1',
          description: 'Simulated',
          result: passed ? 'PASS' : 'FAIL',
          metrics: {},
        } as const;
        end({ evaluation: { rules: [rule], score: passed ? 1 : 0 } });
      });
    },
    close: () => timers.cancelAll(),
  };
}
