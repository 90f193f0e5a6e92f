import * as z from 'zod/mini';
import { present } from '../../shared/json.ts';
import { parseInput } from '../service/parse-input.ts';
import { ServiceError } from '../service/service-error.ts';
import type { Counterpart } from './counterpart.ts';
import type { LocalWork } from './local-work.ts';

const inputs = {
  start: z.object({
    QueryString: z.string(),
    WorkGroup: z.optional(z.string()),
    ClientRequestToken: z.optional(z.string()),
    ResultConfiguration: z.optional(z.object({ OutputLocation: z.optional(z.string()) })),
  }),
  one: z.object({ QueryExecutionId: z.string() }),
};

const states = {
  running: 'RUNNING',
  stopping: 'RUNNING',
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  timed_out: 'FAILED',
  stopped: 'CANCELLED',
} as const;

/** Athena for simulations, and for tasks with a local replacement. DuckDB runs other queries. */
export const athenaService: Counterpart = {
  service: 'AmazonAthena',
  integration: 'athena',
  operations(works, now) {
    const known = (input: unknown): LocalWork => {
      const { QueryExecutionId } = parse(inputs.one, input);
      const work = works.get(QueryExecutionId);
      if (work !== undefined) return work;
      throw new ServiceError('EntityNotFoundException', `QueryExecution ${QueryExecutionId} was not found`);
    };
    return {
      async StartQueryExecution(input) {
        const given = parse(inputs.start, input);
        const { WorkGroup = 'primary', ClientRequestToken: key } = given;
        return { QueryExecutionId: works.start(WorkGroup, JSON.parse(JSON.stringify(given)), key).id };
      },
      async GetQueryExecution(input) {
        return { QueryExecution: describe(known(input), now()) };
      },
      async StopQueryExecution(input) {
        works.stop(known(input).id);
        return {};
      },
    };
  },
  /** Queries share the name of their workgroup, so their text tells them apart, unless it is an expression. */
  isStartedBy(work, { QueryString }) {
    return !('query' in work) || work.query.startsWith('{%') || work.query === QueryString;
  },
  event(work) {
    const { id, name, state, message } = work;
    return {
      source: 'aws.athena',
      detailType: 'Athena Query State Change',
      detail: {
        versionId: '0',
        currentState: states[state],
        queryExecutionId: id,
        workgroupName: name,
        ...(states[state] === 'FAILED' && { athenaError: present({ errorMessage: message }) }),
      },
    };
  },
};

function describe(work: LocalWork, now: number) {
  const { id, name, input, state, startedOn, endedOn, message } = work;
  const { QueryString, ResultConfiguration } = inputs.start.parse(input);
  const folder = ResultConfiguration?.OutputLocation;
  return {
    QueryExecutionId: id,
    Query: QueryString,
    WorkGroup: name,
    ...(folder !== undefined && { ResultConfiguration: { OutputLocation: `${folder}${id}.csv` } }),
    Status: {
      State: states[state],
      SubmissionDateTime: startedOn / 1_000,
      ...present({
        CompletionDateTime: endedOn === undefined ? undefined : endedOn / 1_000,
        StateChangeReason: message,
      }),
    },
    Statistics: { EngineExecutionTimeInMillis: (endedOn ?? now) - startedOn },
  };
}

function parse<T extends z.ZodMiniType>(schema: T, input: unknown): z.infer<T> {
  return parseInput(schema, input, 'InvalidRequestException');
}
