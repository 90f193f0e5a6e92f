import * as z from 'zod/mini';
import { about, field, oneOf, text } from '../../reading/fields.ts';
import { attemptDigest } from '../kind/attempt-digest.ts';
import { changedText } from '../kind/changed-text.ts';
import { passedRole, roleName } from '../kind/passed-role.ts';
import type { TaskKind } from '../kind/task-kind.ts';
import { readEvaluation, readResultsAvailable, resultIn } from './evaluations.ts';

const verdicts = ['fail', 'succeed'] as const;

const work = z.object({
  kind: z.literal('data-quality'),
  ruleset: z.string(),
  database: z.string(),
  table: z.string(),
  role: z.string(),
  /** A condition of SQL. Null: all partitions. */
  partitions: z.nullable(z.string()),
  score: z.number(),
  below: z.enum(verdicts),
});
export type DataQualityWork = z.output<typeof work>;

const nameOf = (expected: string, remedy: string, example: string) =>
  field(z.string().check(z.minLength(1), z.maxLength(255)), { expected, remedy, examples: [example] });

const role = field(z.string().check(z.regex(roleName)), {
  expected: 'the name or the ARN of a role',
  remedy: 'name the role with which Glue reads the table, such as `table-reader`',
  examples: ['table-reader'],
});
const score = field(z.number().check(z.minimum(0), z.maximum(1)), {
  expected: 'a number from 0 to 1',
  remedy: 'write `score: 0.95` where 95 of 100 rules have to pass',
});

const fields = {
  'data-quality': nameOf('the name of a ruleset', 'name a ruleset of jobs/jobs.yml, or one of the account', 'orders'),
  database: nameOf('a database of the Data Catalog', 'name the database of the table', 'sales'),
  table: nameOf('a table of the database', 'name the table that the rules are about', 'orders'),
  role,
  partitions: about('Which partitions to evaluate, as a condition of SQL; all by default; may be an expression', text, [
    "day = '2026-01-15'",
  ]),
  score: about('The share of rules that must pass; all by default', score, [0.9]),
  below: about('What a task does whose score is lower: fail, or succeed and tell it', oneOf(verdicts)),
};
const schema = z.object(fields);

/** Rules evaluated on a table. Its client token is the same for each try of one attempt, so that none begins twice. */
export const dataQuality = {
  kind: 'data-quality',
  service: 'Glue',
  file: {
    fields,
    words: ['dataquality', 'ruleset', 'dqdl', 'evaluatedataquality', 'startdataqualityrulesetevaluationrun', 'quality'],
    expressions: ['partitions'],
    read(task) {
      const read = schema.safeParse(task);
      if (!read.success) return undefined;
      const { 'data-quality': ruleset, partitions = null, score = 1, below = 'fail', ...rest } = read.data;
      const { database, table, role } = rest;
      return { kind: 'data-quality', ruleset, database, table, role, partitions, score, below };
    },
    check({ ruleset }, _, report) {
      if (!/[[\]=<>]/.test(ruleset)) return;
      const message = '`data-quality` names a ruleset, but this is a rule';
      const remedy = 'write the rules below a name in `rulesets:` of jobs/jobs.yml, and the name here';
      report({ path: ['data-quality'], code: 'ruleset-name', message, remedy });
    },
    values: ({ partitions }) => partitions,
    noOutput: () => undefined,
  },
  things: {
    ruleset: { service: 'glue', resource: (name) => `dataQualityRuleset/${name}`, ours: true },
    evaluation: {
      service: 'glue',
      resource: () => 'dataQualityRuleset/*',
      reason: 'an evaluation is asked about and stopped by its id, which names no ruleset',
    },
    'evaluation-role': passedRole('glue.amazonaws.com'),
  },
  uses: ({ ruleset, role }) => [
    { what: 'ruleset', name: ruleset },
    { what: 'evaluation', name: 'any' },
    { what: 'evaluation-role', name: role },
  ],
  renamed: (work, rename, value) => ({
    ...work,
    ruleset: rename({ what: 'ruleset', name: work.ruleset }),
    partitions: work.partitions === null ? null : changedText(work.partitions, value),
  }),
  runs: {
    by: 'service',
    work,
    name: ({ ruleset }) => ruleset,
    isMarked: () => false,
    begin: ({ work, timeout, ...order }, stack) => ({
      call: 'glue:StartDataQualityRulesetEvaluationRun',
      input: {
        DataSource: {
          GlueTable: {
            DatabaseName: work.database,
            TableName: work.table,
            ...(work.partitions === null ? {} : { AdditionalOptions: { pushDownPredicate: work.partitions } }),
          },
        },
        Role: work.role,
        RulesetNames: [work.ruleset],
        Timeout: Math.max(1, Math.ceil(timeout / 60)),
        ClientToken: `gluewright-${attemptDigest(order, stack)}`,
        // without it, Glue sends no event
        AdditionalRunOptions: { CloudWatchMetricsEnabled: true },
      },
    }),
    begun: (answer) => z.object({ RunId: z.string() }).parse(answer).RunId,
    ask: {
      call: (_, RunId) => ({ call: 'glue:GetDataQualityRulesetEvaluationRun', input: { RunId } }),
      next(answer) {
        const ResultId = resultIn(answer);
        return ResultId === undefined ? undefined : { call: 'glue:GetDataQualityResult', input: { ResultId } };
      },
      read: (answer, { id, work, more }) => (work === undefined ? undefined : readEvaluation(answer, id, work, more)),
    },
    stop: {
      atOnce: 1,
      call: (_, [RunId]) => ({ call: 'glue:CancelDataQualityRulesetEvaluationRun', input: { RunId } }),
    },
    event: {
      pattern: {
        source: ['aws.glue-dataquality'],
        'detail-type': ['Data Quality Evaluation Results Available'],
        detail: { context: { contextType: ['GLUE_DATA_CATALOG'] } },
      },
      read: readResultsAvailable,
      onlyAsks: true,
    },
    refused: ['ConcurrentRunsExceededException', 'ResourceNumberLimitExceededException'],
    gone: ['EntityNotFoundException'],
    sends: [
      {
        call: 'glue:StartDataQualityRulesetEvaluationRun',
        on: 'ruleset',
        begins: true,
        needs: [{ action: 'iam:PassRole', on: 'evaluation-role' }],
      },
      { call: 'glue:GetDataQualityRulesetEvaluationRun', on: 'evaluation' },
      { call: 'glue:GetDataQualityResult', on: 'ruleset' },
      { call: 'glue:CancelDataQualityRulesetEvaluationRun', on: 'evaluation' },
    ],
    errors: {
      failed: 'Glue.EvaluationFailed',
      timedOut: 'Glue.EvaluationTimedOut',
      stopped: 'Glue.EvaluationStopped',
      final: 'Glue.RulesFailed',
    },
  },
} as const satisfies TaskKind<DataQualityWork>;
