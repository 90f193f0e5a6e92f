import { account, region } from '../service/account.ts';

/** Bucket for the outputs of local tasks. */
export const outputBucket = 'outputs';

/** The names and ARNs of a stack's resources. Stacks never touch each other's resources. */
export type StackNames = {
  functionArn(name: string): string;
  /** The function's own name, from its full name or its ARN, with or without a version. */
  functionName(nameOrArn: string): string;
  machineName(name: string): string;
  machineArn(name: string): string;
};

export function stackNames(stack: string): StackNames {
  const machineName = (name: string) => `${stack}-${name}`;
  return {
    functionArn: (name) => `arn:aws:lambda:${region}:${account}:function:${stack}-${name}`,
    functionName(nameOrArn) {
      const full = nameOrArn.replace(/^arn:aws:lambda:[^:]*:[^:]*:function:/, '').replace(/:[^:]*$/, '');
      return full.startsWith(`${stack}-`) ? full.slice(stack.length + 1) : full;
    },
    machineName,
    machineArn: (name) => `arn:aws:states:${region}:${account}:stateMachine:${machineName(name)}`,
  };
}
