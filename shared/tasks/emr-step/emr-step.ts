import * as z from 'zod/mini';
import { present } from '../../json.ts';
import { about, field, oneOf, value } from '../../reading/fields.ts';
import { consoleOf } from '../kind/console.ts';
import type { TaskKind } from '../kind/task-kind.ts';
import { commandRunner, isSpark, mark, stepNameOf, stepOf } from './add-step.ts';
import { readStep, readStepStatusChange, readSteps } from './cluster-step.ts';
import { type EmrStepWork, emrStepWork, failureActions } from './emr-step-work.ts';

const fields = {
  'emr-step': field(z.string().check(z.regex(/^j-[0-9A-Z]{1,60}$/)), {
    expected: 'the id of a cluster of EMR',
    remedy: 'copy the id of a running cluster, such as j-123456789ABCD',
    description: 'The running cluster that gets the step',
    examples: ['j-123456789ABCD'],
  }),
  args: about(
    'The command that the cluster runs, or the arguments of `jar`; values may be expressions',
    z.array(value),
    [['spark-submit', 's3://code/load.py', '--day', '{% $params.day %}']],
  ),
  jar: about(
    'The JAR of the step; command-runner.jar, which runs a command, by default',
    field(z.string().check(z.regex(/^(?:s3:\/\/|\/|[\w.-]+\.jar$)/)), {
      expected: 'the address of a JAR',
      remedy: 'write an address such as s3://code/load.jar, or leave it out to run a command',
    }),
    ['s3://code/load.jar'],
  ),
  main: about(
    'The main class of `jar`; the one that the JAR names by default',
    field(z.string().check(z.regex(/^[\w$.]{1,255}$/)), {
      expected: 'the name of a class',
      remedy: 'write its whole name, such as com.example.Load',
    }),
    ['com.example.Load'],
  ),
  onFailure: about('What EMR does with the cluster if the step fails; CONTINUE by default', oneOf(failureActions)),
};
const schema = z.object(fields);

/** Clocks differ: an attempt's step may seem slightly older than the attempt. */
const skewMilliseconds = 5 * 60_000;

/** A step of a running EMR cluster. `AddJobFlowSteps` has no client token, so the step's name marks the attempt. */
export const emrStep = {
  kind: 'emr-step',
  service: 'EMR',
  file: {
    fields,
    words: ['emr', 'emraddsteps', 'addjobflowsteps', 'addstep', 'step', 'jobflowid', 'clusterid'],
    habits: {
      ...{ actiononfailure: 'write `onFailure: CONTINUE`', mainclass: 'write `main: CLASS`' },
      ...{ hadoopjarstep: 'write `args: [spark-submit, ADDRESS, …]`', steps: 'write a task for each step' },
    },
    expressions: ['args'],
    read(task) {
      const read = schema.safeParse(task);
      if (!read.success) return undefined;
      const { 'emr-step': cluster, args = [], jar = commandRunner, main = null, onFailure = 'CONTINUE' } = read.data;
      return { kind: 'emr-step', cluster, args, jar, main, onFailure };
    },
    check({ jar, args, main }, _, report) {
      if (jar !== commandRunner) return;
      if (main !== null) {
        const message = '`main` needs `jar`';
        report({ path: ['main'], code: 'emr-step-main', message, remedy: 'write `jar: s3://…`, or remove `main`' });
      } else if (args.length === 0) {
        const message = 'there is neither a command in `args` nor a `jar`';
        report({ path: ['emr-step'], code: 'emr-step-args', message, remedy: 'write `args: [spark-submit, s3://…]`' });
      }
    },
    values: ({ args }) => [...args],
    noOutput: (work) => (isSpark(work) ? undefined : 'only `spark-submit` can pass on where to write it'),
  },
  things: { 'emr-cluster': { service: 'elasticmapreduce', resource: (id) => `cluster/${id}` } },
  uses: ({ cluster }) => [{ what: 'emr-cluster', name: cluster }],
  renamed: (work, _, value) => ({ ...work, args: work.args.map(value) }),
  runs: {
    by: 'service',
    work: emrStepWork,
    name: ({ cluster }) => cluster,
    isMarked: () => false,
    begin: (order, stack) => ({ call: 'elasticmapreduce:AddJobFlowSteps', input: stepOf(order, stack) }),
    begun: (answer) => z.object({ StepIds: z.tuple([z.string()]) }).parse(answer).StepIds[0],
    find: {
      call: ({ work: { cluster: ClusterId } }, Marker) => ({
        call: 'elasticmapreduce:ListSteps',
        input: { ClusterId, ...present({ Marker }) },
      }),
      read: (answer, order, stack) => readSteps(answer, stepNameOf(order, stack), order.since - skewMilliseconds),
    },
    ask: {
      call: (ClusterId, StepId) => ({ call: 'elasticmapreduce:DescribeStep', input: { ClusterId, StepId } }),
      read: (answer) => readStep(answer),
    },
    stop: {
      atOnce: 25,
      call: (ClusterId, ids) => ({
        call: 'elasticmapreduce:CancelSteps',
        input: { ClusterId, StepIds: [...ids], StepCancellationOption: 'TERMINATE_PROCESS' },
      }),
    },
    event: {
      pattern: {
        source: ['aws.emr'],
        'detail-type': ['EMR Step Status Change'],
        detail: { state: ['COMPLETED', 'FAILED', 'CANCELLED', 'INTERRUPTED'], name: [{ prefix: mark }] },
      },
      read: readStepStatusChange,
    },
    shows: {
      page: (cluster, _, region) => `${consoleOf(region)}/emr/home?region=${region}#/clusterDetails/${cluster}`,
    },
    refused: [],
    gone: ['InvalidRequestException'],
    sends: [
      { call: 'elasticmapreduce:AddJobFlowSteps', on: 'emr-cluster', begins: true },
      { call: 'elasticmapreduce:DescribeStep', on: 'emr-cluster' },
      { call: 'elasticmapreduce:ListSteps', on: 'emr-cluster' },
      { call: 'elasticmapreduce:CancelSteps', on: 'emr-cluster' },
    ],
    errors: { failed: 'Emr.StepFailed', timedOut: 'Emr.StepTimedOut', stopped: 'Emr.StepCancelled' },
  },
} as const satisfies TaskKind<EmrStepWork>;
