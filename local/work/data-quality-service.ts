import * as z from 'zod/mini';
import { present } from '../../shared/json.ts';
import { parseInput } from '../service/parse-input.ts';
import { ServiceError } from '../service/service-error.ts';
import type { Counterpart } from './counterpart.ts';
import type { LocalWork } from './local-work.ts';

const inputs = {
  start: z.object({
    DataSource: z.object({
      GlueTable: z.object({
        DatabaseName: z.string(),
        TableName: z.string(),
        AdditionalOptions: z.optional(z.object({ pushDownPredicate: z.optional(z.string()) })),
      }),
    }),
    Role: z.string(),
    RulesetNames: z.array(z.string()).check(z.minLength(1)),
    ClientToken: z.optional(z.string()),
  }),
  run: z.object({ RunId: z.string() }),
  result: z.object({ ResultId: z.string() }),
};

/** What stands for the verdict: how many rules there are, and which failed. Anything else: one rule passed. */
const verdict = z.catch(
  z.object({ rules: z._default(z.number(), 1), failed: z._default(z.array(z.string()), []) }),
  () => ({ rules: 1, failed: [] }),
);

const states = {
  running: 'RUNNING',
  stopping: 'STOPPING',
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  timed_out: 'TIMEOUT',
  stopped: 'STOPPED',
} as const;

/** Evaluations of tasks that say what stands for them, and of simulations. Others are made by DuckDB. */
export const dataQualityService: Counterpart = {
  service: 'AWSGlue',
  integration: 'glue',
  operations(works, now) {
    const known = (id: string): LocalWork => {
      const work = works.get(id);
      if (work !== undefined) return work;
      throw new ServiceError('EntityNotFoundException', `Evaluation run ${id} not found`);
    };
    return {
      async StartDataQualityRulesetEvaluationRun(input) {
        const given = parse(inputs.start, input);
        const [ruleset = ''] = given.RulesetNames;
        return { RunId: works.start(ruleset, JSON.parse(JSON.stringify(given)), given.ClientToken).id };
      },
      async GetDataQualityRulesetEvaluationRun(input) {
        return describe(known(parse(inputs.run, input).RunId), now());
      },
      async GetDataQualityResult(input) {
        const { ResultId } = parse(inputs.result, input);
        const { name, output, id } = known(ResultId);
        const { rules, failed } = verdict.parse(output ?? {});
        const passed = Array.from({ length: Math.max(0, rules - failed.length) }, (_, index) => `Rule ${index + 1}`);
        const RuleResults = [
          ...passed.map((Description) => ({ Description, Result: 'PASS' })),
          ...failed.map((Description) => ({ Description, Result: 'FAIL' })),
        ];
        return { ResultId, RulesetName: name, RulesetEvaluationRunId: id, RuleResults };
      },
      async CancelDataQualityRulesetEvaluationRun(input) {
        works.stop(known(parse(inputs.run, input).RunId).id);
        return {};
      },
    };
  },
  /** Evaluations share the name of their ruleset, so table and partitions tell them apart, unless these are an expression. */
  isStartedBy(work, input) {
    if (!('ruleset' in work)) return true;
    const { DatabaseName, TableName, AdditionalOptions } = parse(inputs.start, input).DataSource.GlueTable;
    if (work.database !== DatabaseName || work.table !== TableName) return false;
    return work.partitions?.startsWith('{%') || work.partitions === (AdditionalOptions?.pushDownPredicate ?? null);
  },
  event(work) {
    // of an evaluation without a result no event is documented
    if (work.state !== 'succeeded') return undefined;
    const { DataSource, RulesetNames } = inputs.start.parse(work.input);
    const { DatabaseName: databaseName, TableName: tableName } = DataSource.GlueTable;
    const { rules, failed } = verdict.parse(work.output ?? {});
    return {
      source: 'aws.glue-dataquality',
      detailType: 'Data Quality Evaluation Results Available',
      detail: {
        context: { contextType: 'GLUE_DATA_CATALOG', runId: work.id, databaseName, tableName },
        resultID: work.id,
        rulesetNames: RulesetNames,
        state: failed.length === 0 ? 'SUCCEEDED' : 'FAILED',
        rulesSucceeded: Math.max(0, rules - failed.length),
        rulesFailed: failed.length,
        rulesSkipped: 0,
      },
    };
  },
};

function describe({ id, state, startedOn, endedOn, message }: LocalWork, now: number) {
  return {
    RunId: id,
    Status: states[state],
    StartedOn: startedOn / 1_000,
    ExecutionTime: Math.round(((endedOn ?? now) - startedOn) / 1_000),
    ...present({ CompletedOn: endedOn === undefined ? undefined : endedOn / 1_000 }),
    ...(state === 'succeeded' ? { ResultIds: [id] } : present({ ErrorString: message })),
  };
}

function parse<T extends z.ZodMiniType>(schema: T, input: unknown): z.infer<T> {
  return parseInput(schema, input, 'InvalidInputException');
}
