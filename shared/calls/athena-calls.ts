import {
  AthenaClient,
  GetQueryExecutionCommand,
  type GetQueryExecutionCommandInput,
  StartQueryExecutionCommand,
  type StartQueryExecutionCommandInput,
  StopQueryExecutionCommand,
  type StopQueryExecutionCommandInput,
} from '@aws-sdk/client-athena';
import type { Clients } from './clients.ts';

export const athenaCalls = {
  'athena:StartQueryExecution': (of: Clients, input: StartQueryExecutionCommandInput) =>
    of(AthenaClient).send(new StartQueryExecutionCommand(input)),
  'athena:GetQueryExecution': (of: Clients, input: GetQueryExecutionCommandInput) =>
    of(AthenaClient).send(new GetQueryExecutionCommand(input)),
  'athena:StopQueryExecution': (of: Clients, input: StopQueryExecutionCommandInput) =>
    of(AthenaClient).send(new StopQueryExecutionCommand(input)),
};
