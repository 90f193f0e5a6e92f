import {
  AddJobFlowStepsCommand,
  type AddJobFlowStepsCommandInput,
  CancelStepsCommand,
  type CancelStepsCommandInput,
  DescribeStepCommand,
  type DescribeStepCommandInput,
  EMRClient,
  ListStepsCommand,
  type ListStepsCommandInput,
} from '@aws-sdk/client-emr';
import type { Clients } from './clients.ts';

export const emrStepCalls = {
  'elasticmapreduce:AddJobFlowSteps': (of: Clients, input: AddJobFlowStepsCommandInput) =>
    of(EMRClient).send(new AddJobFlowStepsCommand(input)),
  'elasticmapreduce:DescribeStep': (of: Clients, input: DescribeStepCommandInput) =>
    of(EMRClient).send(new DescribeStepCommand(input)),
  'elasticmapreduce:ListSteps': (of: Clients, input: ListStepsCommandInput) =>
    of(EMRClient).send(new ListStepsCommand(input)),
  'elasticmapreduce:CancelSteps': (of: Clients, input: CancelStepsCommandInput) =>
    of(EMRClient).send(new CancelStepsCommand(input)),
};
