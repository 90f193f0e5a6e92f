import { stackNames } from '../../local/stack/account.ts';

/** The ARN of a state machine of a running `dev`, for `aws stepfunctions`. */
export function machineArnAtHome(name: string): string {
  return stackNames('local').machineArn(name);
}
