import {
  CancelJobRunCommand,
  type CancelJobRunCommandInput,
  EMRServerlessClient,
  GetJobRunCommand,
  type GetJobRunCommandInput,
  StartJobRunCommand,
  type StartJobRunCommandInput,
} from '@aws-sdk/client-emr-serverless';
import type { Clients } from './clients.ts';

export const emrServerlessCalls = {
  'emr-serverless:StartJobRun': (of: Clients, input: StartJobRunCommandInput) =>
    of(EMRServerlessClient).send(new StartJobRunCommand(input)),
  'emr-serverless:GetJobRun': (of: Clients, input: GetJobRunCommandInput) =>
    of(EMRServerlessClient).send(new GetJobRunCommand(input)),
  'emr-serverless:CancelJobRun': (of: Clients, input: CancelJobRunCommandInput) =>
    of(EMRServerlessClient).send(new CancelJobRunCommand(input)),
};
