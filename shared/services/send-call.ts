import { BatchStopJobRunCommand, GetJobRunCommand, GetJobRunsCommand, StartJobRunCommand } from '@aws-sdk/client-glue';
import type { ServiceCall } from '../tasks/service-call.ts';
import type { System } from './system.ts';

/**
 * Sends what a kind of task wants sent. Each command is named, so that a bundle holds no other.
 *
 * @throws whatever the service answers with: `failureOf` says what it means
 */
export function sendCall({ glue }: Pick<System, 'glue'>, { call, input }: ServiceCall): Promise<unknown> {
  switch (call) {
    case 'glue:StartJobRun':
      return glue.send(new StartJobRunCommand(input));
    case 'glue:GetJobRun':
      return glue.send(new GetJobRunCommand(input));
    case 'glue:GetJobRuns':
      return glue.send(new GetJobRunsCommand(input));
    case 'glue:BatchStopJobRun':
      return glue.send(new BatchStopJobRunCommand(input));
  }
}
