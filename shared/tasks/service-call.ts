import type {
  BatchStopJobRunCommandInput,
  GetJobRunCommandInput,
  GetJobRunsCommandInput,
  StartJobRunCommandInput,
} from '@aws-sdk/client-glue';

/**
 * The calls that kinds of tasks send, by their names in IAM, with the SDK's own types of what they take. Each has a line
 * in `shared/services/send-call.ts`, which sends it.
 */
export type CallInputs = {
  'glue:StartJobRun': StartJobRunCommandInput;
  'glue:GetJobRun': GetJobRunCommandInput;
  'glue:GetJobRuns': GetJobRunsCommandInput;
  'glue:BatchStopJobRun': BatchStopJobRunCommandInput;
};

export type CallName = keyof CallInputs;

/** A call of a service as data. Its answer is `unknown` until the kind that asked has parsed it. */
export type ServiceCall = {
  [Name in CallName]: { readonly call: Name; readonly input: CallInputs[Name] };
}[CallName];
