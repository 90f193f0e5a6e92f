import * as z from 'zod/mini';
import { present } from '../../shared/json.ts';
import { account, region } from '../service/account.ts';
import { parseInput } from '../service/parse-input.ts';
import { ServiceError } from '../service/service-error.ts';
import type { Counterpart } from './counterpart.ts';
import { hasEnded, type LocalWork } from './local-work.ts';

const common = {
  Database: z.string(),
  ClusterIdentifier: z.optional(z.string()),
  WorkgroupName: z.optional(z.string()),
  StatementName: z.optional(z.string()),
  ClientToken: z.optional(z.string()),
  WithEvent: z.optional(z.boolean()),
};
const inputs = {
  one: z.object({ ...common, Sql: z.string() }),
  batch: z.object({ ...common, Sqls: z.array(z.string()).check(z.minLength(1)) }),
  started: z.object({ ...common, Sql: z.optional(z.string()), Sqls: z.optional(z.array(z.string())) }),
  named: z.object({ Id: z.string() }),
};

const states = {
  running: 'STARTED',
  stopping: 'STARTED',
  succeeded: 'FINISHED',
  failed: 'FAILED',
  timed_out: 'FAILED',
  stopped: 'ABORTED',
} as const;

/** A replacement's output: the number of rows in the result. */
const result = z.catch(z.object({ rows: z.optional(z.number()) }), () => ({}));

/** The Redshift Data API for simulations, and for tasks with a local replacement. */
export const redshiftService: Counterpart = {
  service: 'RedshiftData',
  integration: 'redshiftdata',
  operations(works, now) {
    const known = (input: unknown): LocalWork => {
      const { Id } = parse(inputs.named, input);
      const work = works.get(Id);
      if (work !== undefined) return work;
      throw new ServiceError('ResourceNotFoundException', `Query ${Id} does not exist`);
    };
    const start = (given: z.output<typeof inputs.started>) => {
      const { ClusterIdentifier, WorkgroupName, Database, ClientToken } = given;
      const warehouse = ClusterIdentifier ?? WorkgroupName;
      if (warehouse === undefined) throw new ServiceError('ValidationException', 'name a cluster or a workgroup');
      const { id, startedOn } = works.start(warehouse, JSON.parse(JSON.stringify(given)), ClientToken);
      return { Id: id, CreatedAt: startedOn / 1_000, Database, ...present({ ClusterIdentifier, WorkgroupName }) };
    };
    return {
      async ExecuteStatement(input) {
        return start(parse(inputs.one, input));
      },
      async BatchExecuteStatement(input) {
        return start(parse(inputs.batch, input));
      },
      async DescribeStatement(input) {
        return describe(known(input), now());
      },
      async CancelStatement(input) {
        works.stop(known(input).id);
        return { Status: true };
      },
    };
  },
  /** Several tasks can use one cluster or workgroup, so the SQL identifies the task. */
  isStartedBy(work, input) {
    if (!('statements' in work)) return true;
    const { Sql, Sqls = Sql === undefined ? [] : [Sql] } = inputs.started.parse(input);
    return JSON.stringify(work.statements) === JSON.stringify(Sqls);
  },
  event(work) {
    const { StatementName, WithEvent } = inputs.started.parse(work.input);
    if (!hasEnded(work) || WithEvent !== true) return undefined;
    return {
      source: 'aws.redshift-data',
      detailType: 'Redshift Data Statement Status Change',
      detail: {
        principal: `arn:aws:sts::${account}:assumed-role/local-${region}/session`,
        ...present({ statementName: StatementName }),
        statementId: work.id,
        redshiftQueryId: -1,
        state: states[work.state],
        rows: rowsOf(work),
      },
    };
  },
};

function describe(work: LocalWork, now: number) {
  const { id, input, state, startedOn, endedOn, message } = work;
  const { Database, ClusterIdentifier, WorkgroupName, Sql, Sqls } = inputs.started.parse(input);
  const Status = states[state];
  const ResultRows = rowsOf(work);
  return {
    Id: id,
    Database,
    Status,
    CreatedAt: startedOn / 1_000,
    UpdatedAt: (endedOn ?? now) / 1_000,
    Duration: ((endedOn ?? now) - startedOn) * 1e6,
    ResultRows: Sqls === undefined ? ResultRows : -1,
    ...present({
      ClusterIdentifier,
      WorkgroupName,
      QueryString: Sql,
      Error: Status === 'FAILED' ? message : undefined,
      // The last statement has the rows.
      SubStatements: Sqls?.map((QueryString, index) => ({
        Id: `${id}:${index + 1}`,
        QueryString,
        Status,
        ResultRows: index === Sqls.length - 1 ? ResultRows : -1,
      })),
    }),
  };
}

function rowsOf({ output }: LocalWork): number {
  return result.parse(output ?? {}).rows ?? -1;
}

function parse<T extends z.ZodMiniType>(schema: T, input: unknown): z.infer<T> {
  return parseInput(schema, input, 'ValidationException');
}
