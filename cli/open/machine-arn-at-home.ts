import { stackNames } from '../../local/stack/account.ts';

/** By which `aws stepfunctions` calls a state machine of a running `dev`. */
export function machineArnAtHome(name: string): string {
  return stackNames('local').machineArn(name);
}
