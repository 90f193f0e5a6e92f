import {
  BatchClient,
  DescribeJobsCommand,
  type DescribeJobsCommandInput,
  ListJobsCommand,
  type ListJobsCommandInput,
  SubmitJobCommand,
  type SubmitJobCommandInput,
  TerminateJobCommand,
  type TerminateJobCommandInput,
} from '@aws-sdk/client-batch';
import type { Clients } from './clients.ts';

export const batchCalls = {
  'batch:SubmitJob': (of: Clients, input: SubmitJobCommandInput) => of(BatchClient).send(new SubmitJobCommand(input)),
  'batch:DescribeJobs': (of: Clients, input: DescribeJobsCommandInput) =>
    of(BatchClient).send(new DescribeJobsCommand(input)),
  'batch:ListJobs': (of: Clients, input: ListJobsCommandInput) => of(BatchClient).send(new ListJobsCommand(input)),
  'batch:TerminateJob': (of: Clients, input: TerminateJobCommandInput) =>
    of(BatchClient).send(new TerminateJobCommand(input)),
};
