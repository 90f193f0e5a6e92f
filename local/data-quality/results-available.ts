import type { EventEntry } from '../events/event.ts';
import type { EvaluationRun } from './evaluation-store.ts';

/**
 * `Data Quality Evaluation Results Available`. Its state is the verdict on the rules.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/data-quality-alerts.html
 */
export function resultsAvailable(run: EvaluationRun, account: string): EventEntry {
  const { rules = [], score = 0 } = run.evaluation ?? {};
  const succeeded = rules.filter(({ result }) => result === 'PASS').length;
  return {
    source: 'aws.glue-dataquality',
    detailType: 'Data Quality Evaluation Results Available',
    detail: {
      context: {
        contextType: 'GLUE_DATA_CATALOG',
        runId: run.id,
        databaseName: run.database,
        tableName: run.table,
        catalogId: account,
      },
      resultID: run.resultId,
      rulesetNames: run.rulesets,
      state: succeeded === rules.length ? 'SUCCEEDED' : 'FAILED',
      score,
      rulesSucceeded: succeeded,
      rulesFailed: rules.length - succeeded,
      rulesSkipped: 0,
    },
  };
}
