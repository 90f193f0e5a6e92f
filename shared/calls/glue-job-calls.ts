import {
  BatchStopJobRunCommand,
  type BatchStopJobRunCommandInput,
  GetJobRunCommand,
  type GetJobRunCommandInput,
  GetJobRunsCommand,
  type GetJobRunsCommandInput,
  GlueClient,
  StartJobRunCommand,
  type StartJobRunCommandInput,
} from '@aws-sdk/client-glue';
import type { Clients } from './clients.ts';

export const glueJobCalls = {
  'glue:StartJobRun': (of: Clients, input: StartJobRunCommandInput) =>
    of(GlueClient).send(new StartJobRunCommand(input)),
  'glue:GetJobRun': (of: Clients, input: GetJobRunCommandInput) => of(GlueClient).send(new GetJobRunCommand(input)),
  'glue:GetJobRuns': (of: Clients, input: GetJobRunsCommandInput) => of(GlueClient).send(new GetJobRunsCommand(input)),
  'glue:BatchStopJobRun': (of: Clients, input: BatchStopJobRunCommandInput) =>
    of(GlueClient).send(new BatchStopJobRunCommand(input)),
};
