import { DeleteRuleCommand, RemoveTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  BatchStopJobRunCommand,
  DeleteCrawlerCommand,
  DeleteDatabaseCommand,
  DeleteJobCommand,
  GetJobRunsCommand,
} from '@aws-sdk/client-glue';
import { DeleteBucketCommand, DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { DeleteStateMachineCommand, ListExecutionsCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { failureOf } from '../shared/services/service-error.ts';
import { jobOutcome } from '../shared/tasks/glue-job/job-outcome.ts';
import type { AwsClients } from './aws-clients.ts';

/** Accepts a missing thing, because the call that should have made it may have failed. */
const absent: ReadonlySet<string> = new Set([
  'EntityNotFoundException',
  'ResourceNotFoundException',
  'StateMachineDoesNotExist',
  'NoSuchBucket',
]);

export async function ifThere(remove: () => Promise<unknown>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (!absent.has(failureOf(error).name)) throw error;
  }
}

/** Stops the runs first, because runs of a deleted job continue and cost money. */
export async function removeJob({ glue }: AwsClients, JobName: string): Promise<void> {
  const { JobRuns = [] } = await glue.send(new GetJobRunsCommand({ JobName }));
  const JobRunIds = JobRuns.flatMap(({ Id, JobRunState = '' }) =>
    Id !== undefined && jobOutcome(JobRunState) === 'open' ? [Id] : [],
  );
  if (JobRunIds.length > 0) await glue.send(new BatchStopJobRunCommand({ JobName, JobRunIds }));
  await glue.send(new DeleteJobCommand({ JobName }));
}

/** Stops the executions first, because they would start jobs again. */
export async function removeMachine({ sfn }: AwsClients, stateMachineArn: string): Promise<void> {
  const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' }));
  for (const { executionArn } of executions) await sfn.send(new StopExecutionCommand({ executionArn }));
  await sfn.send(new DeleteStateMachineCommand({ stateMachineArn }));
}

export async function removeBucket({ s3 }: AwsClients, Bucket: string): Promise<void> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  for (const { Key } of Contents) if (Key !== undefined) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  await s3.send(new DeleteBucketCommand({ Bucket }));
}

export async function removeRule({ events }: AwsClients, Name: string, target: string): Promise<void> {
  await ifThere(() => events.send(new RemoveTargetsCommand({ Rule: Name, Ids: [target] })));
  await events.send(new DeleteRuleCommand({ Name }));
}

export async function removeCrawler({ glue }: AwsClients, Name: string): Promise<void> {
  await glue.send(new DeleteCrawlerCommand({ Name }));
}

export async function removeDatabase({ glue }: AwsClients, Name: string): Promise<void> {
  await glue.send(new DeleteDatabaseCommand({ Name }));
}
