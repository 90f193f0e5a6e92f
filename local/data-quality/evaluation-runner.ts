import type { Clock } from '../clock/clock.ts';
import { createTimers } from '../clock/timers.ts';
import type { Data } from '../sql/table-source.ts';
import { type Runner, runnerOf } from '../work/runner.ts';
import { type Evaluation, evaluateTable } from './evaluate-table.ts';
import type { EvaluationRun } from './evaluation-store.ts';

export type EvaluationEnd = { readonly evaluation: Evaluation } | { readonly failed: string };

/** `rulesets` contains DQDL. */
export type StartedEvaluation = { readonly run: EvaluationRun; readonly rulesets: readonly string[] };
export type EvaluationRunner = Runner<StartedEvaluation, EvaluationEnd>;

/** Evaluates rulesets on DuckDB. */
export function createSqlEvaluations(data: Data): EvaluationRunner {
  return runnerOf<StartedEvaluation, EvaluationEnd>(
    async ({ run: { database, table, partitions }, rulesets }, signal) => ({
      evaluation: await evaluateTable(data, { database, table, partitions, rulesets }, signal),
    }),
    (failed) => ({ failed }),
  );
}

/** What a simulated evaluation does. After a restart, the same run must get the same answer. */
export type SimulateEvaluation = (
  run: EvaluationRun,
) => { readonly seconds: number } & ({ readonly passed?: boolean } | { readonly failed: string });

/** Evaluates nothing: the given time passes on the clock, then the given verdict follows. */
export function createSimulatedEvaluations(clock: Clock, simulate: SimulateEvaluation): EvaluationRunner {
  const timers = createTimers(clock);
  return ({ run }, report) => {
    const plan = simulate(run);
    return timers.at(run.startedOn + plan.seconds * 1_000, () => {
      if ('failed' in plan) return report({ failed: plan.failed });
      const passed = plan.passed ?? true;
      const result = passed ? 'PASS' : 'FAIL';
      const rule = { name: 'Rule_1', description: 'Simulated', result, metrics: {} } as const;
      report({ evaluation: { rules: [rule], score: passed ? 1 : 0 } });
    });
  };
}
