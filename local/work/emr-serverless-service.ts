import * as z from 'zod/mini';
import { present } from '../../shared/json.ts';
import { account, region } from '../service/account.ts';
import { parseInput } from '../service/parse-input.ts';
import { ServiceError } from '../service/service-error.ts';
import type { Counterpart } from './counterpart.ts';
import type { LocalWork } from './local-work.ts';

const inputs = {
  start: z.object({
    applicationId: z.string(),
    executionRoleArn: z.string(),
    clientToken: z.string(),
    name: z.optional(z.string()),
    jobDriver: z.object({
      sparkSubmit: z.optional(
        z.object({
          entryPoint: z.string(),
          entryPointArguments: z.optional(z.array(z.string())),
          sparkSubmitParameters: z.optional(z.string()),
        }),
      ),
      hive: z.optional(z.object({ query: z.string() })),
    }),
    executionTimeoutMinutes: z.optional(z.number()),
  }),
  one: z.object({ applicationId: z.string(), jobRunId: z.string() }),
};

const states = {
  running: 'RUNNING',
  stopping: 'CANCELLING',
  succeeded: 'SUCCESS',
  failed: 'FAILED',
  timed_out: 'CANCELLED',
  stopped: 'CANCELLED',
} as const;

/** EMR Serverless for simulations, and for tasks with a local replacement. */
export const emrServerlessService: Counterpart = {
  service: 'emr-serverless',
  routes: {
    StartJobRun: 'POST /applications/{applicationId}/jobruns',
    GetJobRun: 'GET /applications/{applicationId}/jobruns/{jobRunId}',
    CancelJobRun: 'DELETE /applications/{applicationId}/jobruns/{jobRunId}',
  },
  integration: 'emrserverless',
  operations(works, now) {
    const known = (input: unknown): LocalWork => {
      const { applicationId, jobRunId } = parseInput(inputs.one, input);
      const work = works.get(jobRunId);
      if (work?.name === applicationId) return work;
      throw new ServiceError('ResourceNotFoundException', `JobRun ${jobRunId} does not exist`);
    };
    return {
      async StartJobRun(input) {
        const given = parseInput(inputs.start, input);
        const { applicationId, clientToken } = given;
        const { id } = works.start(applicationId, JSON.parse(JSON.stringify(given)), clientToken);
        return { applicationId, jobRunId: id, arn: arnOf(applicationId, id) };
      },
      async GetJobRun(input) {
        return { jobRun: describe(known(input), now()) };
      },
      async CancelJobRun(input) {
        const { id, name } = known(input);
        works.stop(id);
        return { applicationId: name, jobRunId: id };
      },
    };
  },
  /** Several tasks can use one application, so the script or query identifies the task, unless it is an expression. */
  isStartedBy(work, input) {
    if (!('hive' in work)) return true;
    const { sparkSubmit, hive } = parseInput(inputs.start, input).jobDriver;
    const mayBe = (expected: string | null, given = '') => expected?.startsWith('{%') || (expected ?? '') === given;
    return mayBe(work.script, sparkSubmit?.entryPoint) && mayBe(work.hive, hive?.query);
  },
  environment(input) {
    const { sparkSubmit } = parseInput(inputs.start, input).jobDriver;
    const variables = /spark\.emr-serverless\.driverEnv\.(\w+)=(\S+)/g;
    const found = [...(sparkSubmit?.sparkSubmitParameters ?? '').matchAll(variables)];
    return Object.fromEntries(found.map(([, name = '', value = '']) => [name, value]));
  },
  event({ id, name, state }) {
    return {
      source: 'aws.emr-serverless',
      detailType: 'EMR Serverless Job Run State Change',
      detail: { jobRunId: id, applicationId: name, arn: arnOf(name, id), state: states[state] },
    };
  },
};

function describe(work: LocalWork, now: number) {
  const { id, name: applicationId, input, state, startedOn, endedOn, message } = work;
  const { name, executionRoleArn, jobDriver } = inputs.start.parse(input);
  return {
    ...{ applicationId, jobRunId: id, arn: arnOf(applicationId, id), executionRole: executionRoleArn, jobDriver },
    ...present({ name, stateDetails: message, endedAt: endedOn === undefined ? undefined : endedOn / 1_000 }),
    state: states[state],
    createdAt: startedOn / 1_000,
    startedAt: startedOn / 1_000,
    updatedAt: (endedOn ?? startedOn) / 1_000,
    totalExecutionDurationSeconds: Math.round(((endedOn ?? now) - startedOn) / 1_000),
  };
}

function arnOf(application: string, jobRun: string): string {
  return `arn:aws:emr-serverless:${region}:${account}:/applications/${application}/jobruns/${jobRun}`;
}
