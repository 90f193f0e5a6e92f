import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetJobRunCommand, GlueClient } from '@aws-sdk/client-glue';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  ListStateMachinesCommand,
  ListStateMachineVersionsCommand,
  PublishStateMachineVersionCommand,
  SFNClient,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { vi } from 'vitest';
import { startedRun } from '../../shared/api/kit/start-shape.ts';
import { type RunView, runView } from '../../shared/views/run/run-view.ts';
import { runList } from '../../shared/views/runs/run-list.ts';
import type { Ministack } from './start-ministack.ts';
import { bucketOf, stack } from './test-project.ts';

/** The stack, used as its users do. */
export type Deployed = Awaited<ReturnType<typeof openDeployed>>;

/** @param name the name of the stack: this project's or an example's */
export async function openDeployed({ endpoint }: Ministack, name = stack) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = { endpoint, region: 'eu-west-1', credentials, forcePathStyle: true };
  const { Stacks = [] } = await new CloudFormationClient(client).send(new DescribeStacksCommand({ StackName: name }));
  const api = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'ApiUrl')?.OutputValue;
  if (api === undefined) throw new Error('the stack has no output ApiUrl');

  async function ask(path: string, body?: object, key?: string): Promise<unknown> {
    const response = await fetch(new URL(path, api), {
      method: body === undefined ? 'GET' : 'POST',
      // MiniStack requires a signature, but does not check it
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=test/20261122/eu-west-1/execute-api/aws4_request, SignedHeaders=host, Signature=0',
        'content-type': 'application/json',
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  const s3 = new S3Client(client);
  const glue = new GlueClient(client);
  const sfn = new SFNClient(client);
  const machineOf = async (pipeline: string): Promise<string> => {
    const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({}));
    return stateMachines.find((machine) => machine.name === `${name}-${pipeline}`)?.stateMachineArn ?? '';
  };
  const readRun = async (id: string): Promise<RunView> => runView.parse(await ask(`/runs/${id}`));
  return {
    ask,
    readRun,
    runsOf: async (pipeline: string) => runList.parse(await ask(`/runs?pipeline=${pipeline}&limit=200`)).runs,
    async start(pipeline: string, params: Readonly<Record<string, string>>, key?: string): Promise<string> {
      return startedRun.parse(await ask(`/pipelines/${pipeline}/runs`, { params }, key)).run;
    },
    /** Waits until the condition holds for the run. */
    until: (id: string, isSo: (run: RunView) => boolean, seconds: number): Promise<RunView> =>
      vi.waitFor(
        async () => {
          const run = await readRun(id);
          if (!isSo(run)) throw new Error(`not yet: ${id} is ${run.status}, ${JSON.stringify(run.tasks)}`);
          return run;
        },
        { timeout: seconds * 1000, interval: 250 },
      ),
    async put(bucket: string, key: string, body: string | Uint8Array): Promise<void> {
      const ContentLength = Buffer.byteLength(body);
      await s3.send(new PutObjectCommand({ Bucket: bucketOf(bucket, name), Key: key, Body: body, ContentLength }));
    },
    async read(bucket: string, key: string): Promise<string> {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucketOf(bucket, name), Key: key }));
      return (await Body?.transformToString()) ?? '';
    },
    async jobRun(job: string, id: string) {
      return (await glue.send(new GetJobRunCommand({ JobName: job, RunId: id }))).JobRun;
    },
    /** Publishes versions of a pipeline's machine, as deployments that change it do. */
    async publish(pipeline: string, times: number): Promise<void> {
      const stateMachineArn = await machineOf(pipeline);
      for (let time = 1; time <= times; time += 1) {
        const definition = JSON.stringify({ Comment: `${time}`, StartAt: 'End', States: { End: { Type: 'Succeed' } } });
        await sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition }));
        await sfn.send(new PublishStateMachineVersionCommand({ stateMachineArn }));
      }
    },
    /** The numbers of its versions. */
    async versions(pipeline: string): Promise<number[]> {
      const stateMachineArn = await machineOf(pipeline);
      const { stateMachineVersions = [] } = await sfn.send(new ListStateMachineVersionsCommand({ stateMachineArn }));
      return stateMachineVersions.map(({ stateMachineVersionArn }) =>
        Number(stateMachineVersionArn?.split(':').at(-1)),
      );
    },
    async machines(): Promise<string[]> {
      const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({}));
      return stateMachines.map(({ name = '' }) => name);
    },
  };
}

/** The run is over, and none of its jobs is running. */
export function isSettled({ settled }: RunView): boolean {
  return settled;
}

/** Each task's end and its number of attempts. */
export function outcomes({ tasks }: RunView): Readonly<Record<string, string>> {
  return Object.fromEntries(tasks.map(({ name, state, attempts }) => [name, `${state} ${attempts.length}`]));
}
