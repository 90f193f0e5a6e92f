import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod/mini';
import { parseRules, RulesRefused } from '../../shared/dqdl/parse-rules.ts';
import { present } from '../../shared/json.ts';
import type { Clock } from '../clock/clock.ts';
import { createTimers } from '../clock/timers.ts';
import type { EventEntry } from '../events/event.ts';
import { parseInput } from '../service/parse-input.ts';
import type { Service } from '../service/service.ts';
import { ServiceError } from '../service/service-error.ts';
import { transaction } from '../storage/transaction.ts';
import { createLiveWork } from '../work/live-work.ts';
import type { EvaluationEnd, EvaluationRunner } from './evaluation-runner.ts';
import { type EvaluationRun, openEvaluationStore, type Ruleset } from './evaluation-store.ts';
import { resultsAvailable } from './results-available.ts';

export type DataQualityOptions = {
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly account: string;
  /** The project's rulesets: DQDL by name. */
  readonly rulesets: ReadonlyMap<string, string>;
  readonly runner: EvaluationRunner;
  readonly emit: (entry: EventEntry) => void;
};

export interface DataQuality extends Service {
  /** Reruns the evaluations that an earlier process left open. */
  recover(): void;
  close(): void;
}

const name = z.string().check(z.minLength(1), z.maxLength(255));
const glueTable = z.object({ DatabaseName: name, TableName: name });
const source = z.extend(glueTable, { AdditionalOptions: z._default(z.record(z.string(), z.string()), {}) });
const inputs = {
  named: z.object({ Name: name }),
  ruleset: z.object({
    Name: name,
    Ruleset: z.string().check(z.minLength(1), z.maxLength(65_536)),
    TargetTable: z.optional(glueTable),
  }),
  start: z.object({
    DataSource: z.object({ GlueTable: source }),
    Role: z.string(),
    RulesetNames: z.array(name).check(z.minLength(1), z.maxLength(10)),
    ClientToken: z.optional(name),
    AdditionalRunOptions: z.optional(z.object({ CloudWatchMetricsEnabled: z.optional(z.boolean()) })),
  }),
  run: z.object({ RunId: name }),
  result: z.object({ ResultId: name }),
};

/** Glue Data Quality over the tables of the local catalog. */
export function createDataQuality(options: DataQualityOptions): DataQuality {
  const { database, clock, uuid, account, rulesets, runner, emit } = options;
  const store = openEvaluationStore(database);
  const timers = createTimers(clock);
  const live = createLiveWork();

  const isKnown = (ruleset: string) => rulesets.has(ruleset) || store.ruleset(ruleset) !== undefined;
  const rulesOf = (ruleset: string): string => {
    const rules = rulesets.get(ruleset) ?? store.ruleset(ruleset)?.rules;
    if (rules !== undefined) return rules;
    const remedy = 'add it below `rulesets` in jobs/jobs.yml';
    throw new ServiceError('EntityNotFoundException', `Ruleset ${ruleset} not found: ${remedy}`);
  };
  const runWith = (input: unknown): EvaluationRun => {
    const { RunId } = parse(inputs.run, input);
    const run = store.get(RunId);
    if (run !== undefined) return run;
    throw new ServiceError('EntityNotFoundException', `Evaluation run ${RunId} not found`);
  };

  function launch(run: EvaluationRun): void {
    const missing = run.rulesets.find((each) => !isKnown(each));
    // A later deployment may lack a ruleset of a run that an earlier process started.
    const report = (end: EvaluationEnd) => timers.retryWrite(() => settle(run.id, end));
    if (missing !== undefined) report({ failed: `Ruleset ${missing} no longer exists` });
    else live.add(run.id, runner({ run, rulesets: run.rulesets.map(rulesOf) }, report));
  }

  function settle(id: string, end: EvaluationEnd): void {
    live.remove(id);
    const run = store.get(id);
    if (run === undefined || run.state !== 'RUNNING') return;
    const endedOn = clock.now();
    if ('failed' in end) {
      store.put({ ...run, state: 'FAILED', error: end.failed, endedOn });
      return;
    }
    const ended: EvaluationRun = {
      ...run,
      state: 'SUCCEEDED',
      endedOn,
      evaluation: end.evaluation,
      resultId: `dqresult-${uuid().replaceAll('-', '')}`,
    };
    transaction(database, () => {
      store.put(ended);
      // Glue sends the event only if metrics are published.
      if (run.publishes) emit(resultsAvailable(ended, account));
    });
  }

  function saveRuleset(input: unknown, wanted: 'new' | 'existing'): { Name: string } {
    const { Name, Ruleset, TargetTable } = parse(inputs.ruleset, input);
    const exists = isKnown(Name);
    if (wanted === 'new' && exists) throw new ServiceError('AlreadyExistsException', `Ruleset ${Name} already exists`);
    if (wanted === 'existing' && !exists)
      throw new ServiceError('EntityNotFoundException', `Ruleset ${Name} not found`);
    if (rulesets.has(Name)) {
      throw new ServiceError('InvalidInputException', `Ruleset ${Name} is described in jobs/jobs.yml: change it there`);
    }
    checkRules(Ruleset);
    const target = TargetTable && { database: TargetTable.DatabaseName, table: TargetTable.TableName };
    const saved: Ruleset = { name: Name, rules: Ruleset, ...present({ target }) };
    store.putRuleset(saved);
    return { Name };
  }

  return {
    operations: {
      CreateDataQualityRuleset: async (input) => saveRuleset(input, 'new'),
      UpdateDataQualityRuleset: async (input) => saveRuleset(input, 'existing'),
      async GetDataQualityRuleset(input) {
        const { Name } = parse(inputs.named, input);
        return { Name, Ruleset: rulesOf(Name) };
      },
      async DeleteDataQualityRuleset(input) {
        const { Name } = parse(inputs.named, input);
        rulesOf(Name);
        store.removeRuleset(Name);
        return {};
      },
      async ListDataQualityRulesets() {
        const names = [...rulesets.keys(), ...store.rulesets().map((each) => each.name)];
        return { Rulesets: names.map((Name) => ({ Name, RuleCount: parseRules(rulesOf(Name)).length })) };
      },
      async StartDataQualityRulesetEvaluationRun(input) {
        const given = parse(inputs.start, input);
        const { ClientToken: token, RulesetNames, DataSource } = given;
        const known = token === undefined ? undefined : store.byToken(token);
        if (known !== undefined) return { RunId: known.id };
        for (const each of RulesetNames) checkRules(rulesOf(each));
        const { pushDownPredicate, catalogPartitionPredicate: partitions = pushDownPredicate } =
          DataSource.GlueTable.AdditionalOptions;
        const run: EvaluationRun = {
          id: `dqrun-${uuid().replaceAll('-', '')}`,
          database: DataSource.GlueTable.DatabaseName.toLowerCase(),
          table: DataSource.GlueTable.TableName.toLowerCase(),
          rulesets: RulesetNames,
          publishes: given.AdditionalRunOptions?.CloudWatchMetricsEnabled === true,
          state: 'RUNNING',
          startedOn: clock.now(),
          ...present({ token, partitions }),
        };
        store.put(run);
        launch(run);
        return { RunId: run.id };
      },
      async GetDataQualityRulesetEvaluationRun(input) {
        return describe(runWith(input), clock.now());
      },
      async ListDataQualityRulesetEvaluationRuns() {
        return {
          Runs: store.list().map((run) => ({
            RunId: run.id,
            Status: run.state,
            StartedOn: run.startedOn / 1_000,
            DataSource: sourceOf(run),
          })),
        };
      },
      async CancelDataQualityRulesetEvaluationRun(input) {
        const run = runWith(input);
        if (run.state === 'RUNNING') {
          live.stop(run.id);
          store.put({ ...run, state: 'STOPPED', endedOn: clock.now() });
        }
        return {};
      },
      async GetDataQualityResult(input) {
        const { ResultId } = parse(inputs.result, input);
        const run = store.byResult(ResultId);
        if (run?.evaluation === undefined) {
          throw new ServiceError('EntityNotFoundException', `Result ${ResultId} not found`);
        }
        return {
          ResultId,
          Score: run.evaluation.score,
          DataSource: sourceOf(run),
          RulesetName: run.rulesets[0],
          RulesetEvaluationRunId: run.id,
          StartedOn: run.startedOn / 1_000,
          CompletedOn: (run.endedOn ?? run.startedOn) / 1_000,
          RuleResults: run.evaluation.rules.map(({ name: Name, description, result, message, metrics }) => ({
            Name,
            Description: description,
            Result: result,
            ...(message !== undefined && { EvaluationMessage: message }),
            EvaluatedMetrics: metrics,
          })),
        };
      },
    },
    recover() {
      for (const run of store.running()) launch(run);
    },
    close() {
      timers.cancelAll();
      live.stopAll();
    },
  };
}

function sourceOf({ database, table }: EvaluationRun): object {
  return { GlueTable: { DatabaseName: database, TableName: table } };
}

function describe(run: EvaluationRun, now: number): Record<string, unknown> {
  return {
    RunId: run.id,
    Status: run.state,
    DataSource: sourceOf(run),
    RulesetNames: run.rulesets,
    StartedOn: run.startedOn / 1_000,
    ExecutionTime: Math.round(((run.endedOn ?? now) - run.startedOn) / 1_000),
    ...(run.endedOn !== undefined && { CompletedOn: run.endedOn / 1_000 }),
    ...(run.error !== undefined && { ErrorString: run.error }),
    ...(run.resultId !== undefined && { ResultIds: [run.resultId] }),
  };
}

function checkRules(rules: string): void {
  try {
    parseRules(rules);
  } catch (error) {
    if (error instanceof RulesRefused) throw new ServiceError('InvalidInputException', error.message, { cause: error });
    throw error;
  }
}

function parse<T extends z.ZodMiniType>(schema: T, input: unknown): z.infer<T> {
  return parseInput(schema, input, 'InvalidInputException');
}
