import {
  BatchExecuteStatementCommand,
  type BatchExecuteStatementCommandInput,
  CancelStatementCommand,
  type CancelStatementCommandInput,
  DescribeStatementCommand,
  type DescribeStatementCommandInput,
  ExecuteStatementCommand,
  type ExecuteStatementCommandInput,
  RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import type { Clients } from './clients.ts';

export const redshiftCalls = {
  'redshift-data:ExecuteStatement': (of: Clients, input: ExecuteStatementCommandInput) =>
    of(RedshiftDataClient).send(new ExecuteStatementCommand(input)),
  'redshift-data:BatchExecuteStatement': (of: Clients, input: BatchExecuteStatementCommandInput) =>
    of(RedshiftDataClient).send(new BatchExecuteStatementCommand(input)),
  'redshift-data:DescribeStatement': (of: Clients, input: DescribeStatementCommandInput) =>
    of(RedshiftDataClient).send(new DescribeStatementCommand(input)),
  'redshift-data:CancelStatement': (of: Clients, input: CancelStatementCommandInput) =>
    of(RedshiftDataClient).send(new CancelStatementCommand(input)),
};
