import * as z from 'zod/mini';
import { isJsonObject, type Json, present } from '../../json.ts';
import { about, field, value } from '../../reading/fields.ts';
import { attemptDigest } from '../kind/attempt-digest.ts';
import { changedText } from '../kind/changed-text.ts';
import { consoleOf } from '../kind/console.ts';
import { outputUrl } from '../kind/output-address.ts';
import { passedRole, roleArn } from '../kind/passed-role.ts';
import type { TaskKind } from '../kind/task-kind.ts';
import { textOf } from '../kind/text-of.ts';
import type { Order, Stack } from '../kind/work-state.ts';
import { readServerlessJobRun, readServerlessStateChange } from './serverless-job-run.ts';

const work = z.object({
  kind: z.literal('emr-serverless'),
  application: z.string(),
  role: z.string(),
  /** Null: a query of Hive. */
  script: z.nullable(z.string()),
  hive: z.nullable(z.string()),
  args: z.array(value),
  parameters: z.nullable(z.string()),
  overrides: z.nullable(value),
});
export type EmrServerlessWork = z.output<typeof work>;

const application = field(z.string().check(z.regex(/^[0-9a-z]{1,64}$/)), {
  expected: 'the id of an application of EMR Serverless',
  remedy: 'copy the id from the console, such as 00f1982r1uukb925',
  examples: ['00f1982r1uukb925'],
});
const role = field(z.string().check(z.regex(roleArn)), {
  expected: 'the ARN of a role',
  remedy: 'write the ARN of the role with which the job reads its data: EMR Serverless does not accept names',
  examples: ['arn:aws:iam::111122223333:role/spark-jobs'],
});
const script = field(z.string().check(z.regex(/^(?:s3:\/\/|local:\/\/|\{%)/)), {
  expected: 'the address of a script or JAR, or an expression that makes one',
  remedy: 'upload the file, and write its address, such as s3://code/load.py',
});
const parameters = field(z.string().check(z.minLength(1), z.maxLength(102_400)), {
  expected: 'options of spark-submit, or of Hive, in one text',
  remedy: 'write them as on a command line, such as `--conf spark.executor.memory=8g`',
});
const query = field(z.string().check(z.minLength(1), z.maxLength(10_280)), {
  expected: 'the address of a file with HiveQL, or an expression that makes one',
  remedy: 'write an address such as s3://code/totals.sql',
});

const fields = {
  'emr-serverless': application,
  role,
  script: about('The Python script or JAR that Spark runs; may be an expression', script, ['s3://code/load.py']),
  hive: about('The queries that Hive runs, instead of `script`; may be an expression', query, ['s3://code/totals.sql']),
  args: about('Arguments of the script, in their order; may be expressions', z.array(value), [['{% $params.day %}']]),
  parameters: about('Options of spark-submit or of Hive; may be an expression', parameters, [
    '--conf spark.executor.memory=8g',
  ]),
  overrides: about('`configurationOverrides` of the call: where logs go, for example; may have expressions', value, [
    { monitoringConfiguration: { s3MonitoringConfiguration: { logUri: 's3://logs/emr/' } } },
  ]),
};
const schema = z.object(fields);

/** EMR Serverless cancels longer job runs. */
const longestSeconds = 7 * 86_400;

/** A job run of EMR Serverless. Its client token is the same for each try of one attempt, so that none begins twice. */
export const emrServerless = {
  kind: 'emr-serverless',
  service: 'EMR Serverless',
  file: {
    fields,
    words: ['emrserverlessjob', 'emrserverlessjobrun', 'startjobrun', 'applicationid', 'sparksubmit'],
    habits: {
      ...{ executionrole: 'write `role: ARN`', executionrolearn: 'write `role: ARN`' },
      ...{ entrypoint: 'write `script: ADDRESS`', entrypointarguments: 'write `args: [VALUE, …]`' },
      ...{ sparksubmitparameters: 'write `parameters: TEXT`', configurationoverrides: 'write `overrides: {…}`' },
      jobdriver: 'write `script`, `args` and `parameters`, or `hive` and `parameters`',
    },
    expressions: ['script', 'hive', 'args', 'parameters', 'overrides'],
    read(task) {
      const read = schema.safeParse(task);
      if (!read.success) return undefined;
      const { 'emr-serverless': application, role, args = [], ...rest } = read.data;
      const { script = null, hive = null, parameters = null, overrides = null } = rest;
      return { kind: 'emr-serverless', application, role, script, hive, args, parameters, overrides };
    },
    check({ script, hive, args, overrides }, timeoutSeconds, report) {
      if ((script === null) === (hive === null)) {
        report({
          path: script === null ? ['emr-serverless'] : ['hive'],
          code: 'emr-serverless-driver',
          message: script === null ? 'there is neither `script` nor `hive`' : '`script` and `hive` exclude each other',
          remedy: 'write `script: s3://…` for Spark, or `hive: s3://…` for Hive',
        });
      } else if (hive !== null && args.length > 0) {
        const message = 'queries of Hive take no `args`';
        const remedy = 'write `parameters: --hivevar NAME=VALUE`';
        report({ path: ['args'], code: 'emr-serverless-args', message, remedy });
      }
      if (overrides !== null && !isJsonObject(overrides) && !isExpression(overrides)) {
        const message = '`overrides` is not an object';
        const remedy = 'write members of `configurationOverrides`, such as `monitoringConfiguration:`';
        report({ path: ['overrides'], code: 'emr-serverless-overrides', message, remedy });
      }
      if (timeoutSeconds !== undefined && timeoutSeconds > longestSeconds) {
        const message = 'EMR Serverless cancels a job run after 7 days';
        report({ path: ['timeout'], code: 'emr-serverless-timeout', message, remedy: 'write `timeout: 7d` or less' });
      }
    },
    values: ({ script, hive, args, parameters, overrides }) => [script, hive, [...args], parameters, overrides],
    noOutput: ({ hive }) => (hive === null ? undefined : 'queries of Hive only write tables'),
  },
  things: {
    application: { service: 'emr-serverless', resource: (id) => `/applications/${id}` },
    'application-run': { service: 'emr-serverless', resource: (id) => `/applications/${id}/jobruns/*` },
    'emr-serverless-role': passedRole('emr-serverless.amazonaws.com'),
  },
  uses: ({ application, role }) => [
    { what: 'application', name: application },
    { what: 'application-run', name: application },
    { what: 'emr-serverless-role', name: role },
  ],
  renamed: (work, _, value) => ({
    ...work,
    script: work.script === null ? null : changedText(work.script, value),
    hive: work.hive === null ? null : changedText(work.hive, value),
    args: work.args.map(value),
    parameters: work.parameters === null ? null : changedText(work.parameters, value),
    overrides: work.overrides === null ? null : value(work.overrides),
  }),
  runs: {
    by: 'service',
    work,
    name: ({ application }) => application,
    isMarked: () => false,
    begin: (order, stack) => ({
      call: 'emr-serverless:StartJobRun',
      input: {
        applicationId: order.work.application,
        executionRoleArn: order.work.role,
        clientToken: `gluewright-${attemptDigest(order, stack)}`,
        name: `${order.run}/${order.task}/${order.attempt}`.slice(-256),
        jobDriver: driver(order, stack),
        ...(isJsonObject(order.work.overrides) ? { configurationOverrides: { ...order.work.overrides } } : {}),
        // EMR's default is 12 hours. Gluewright is first to stop the run, unless it cannot.
        executionTimeoutMinutes: Math.ceil(Math.min(order.timeout, longestSeconds) / 60),
      },
    }),
    begun: (answer) => z.object({ jobRunId: z.string() }).parse(answer).jobRunId,
    ask: {
      call: (applicationId, jobRunId) => ({ call: 'emr-serverless:GetJobRun', input: { applicationId, jobRunId } }),
      read: (answer, { id }) => readServerlessJobRun(answer, id),
    },
    stop: {
      atOnce: 1,
      call: (applicationId, [jobRunId]) => ({
        call: 'emr-serverless:CancelJobRun',
        input: { applicationId, jobRunId },
      }),
    },
    event: {
      pattern: {
        source: ['aws.emr-serverless'],
        'detail-type': ['EMR Serverless Job Run State Change'],
        detail: { state: ['SUCCESS', 'FAILED', 'CANCELLED'] },
      },
      read: readServerlessStateChange,
    },
    shows: {
      // the page of a job run is in an EMR Studio, whose address no call returns
      page: (_, __, region) => `${consoleOf(region)}/emr/home?region=${region}#/serverless`,
    },
    // an application that is just stopping answers with a conflict
    refused: ['ConflictException', 'ServiceQuotaExceededException'],
    gone: ['ResourceNotFoundException'],
    sends: [
      {
        call: 'emr-serverless:StartJobRun',
        on: 'application',
        begins: true,
        needs: [{ action: 'iam:PassRole', on: 'emr-serverless-role' }],
      },
      { call: 'emr-serverless:GetJobRun', on: 'application-run' },
      { call: 'emr-serverless:CancelJobRun', on: 'application-run' },
    ],
    errors: {
      failed: 'EmrServerless.JobFailed',
      timedOut: 'EmrServerless.JobTimedOut',
      stopped: 'EmrServerless.JobCancelled',
    },
  },
} as const satisfies TaskKind<EmrServerlessWork>;

/** Spark gives the driver the variables of `driverEnv`. */
function driver(order: Order<EmrServerlessWork>, stack: Stack) {
  const { script, hive, args, parameters } = order.work;
  if (script === null) return { hive: { query: hive ?? '', ...present({ parameters: parameters ?? undefined }) } };
  const ours = `--conf spark.emr-serverless.driverEnv.GLUEWRIGHT_OUTPUT=${outputUrl(order, stack)}`;
  return {
    sparkSubmit: {
      entryPoint: script,
      entryPointArguments: args.map(textOf),
      sparkSubmitParameters: parameters === null ? ours : `${parameters} ${ours}`,
    },
  };
}

function isExpression(value: Json): boolean {
  return typeof value === 'string' && value.startsWith('{%');
}
