import {
  DescribeTasksCommand,
  type DescribeTasksCommandInput,
  ECSClient,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
  type StopTaskCommandInput,
} from '@aws-sdk/client-ecs';
import type { Clients } from './clients.ts';

export const ecsCalls = {
  'ecs:RunTask': (of: Clients, input: RunTaskCommandInput) => of(ECSClient).send(new RunTaskCommand(input)),
  'ecs:DescribeTasks': (of: Clients, input: DescribeTasksCommandInput) =>
    of(ECSClient).send(new DescribeTasksCommand(input)),
  'ecs:StopTask': (of: Clients, input: StopTaskCommandInput) => of(ECSClient).send(new StopTaskCommand(input)),
};
