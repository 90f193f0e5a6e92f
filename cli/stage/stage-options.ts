import type { Command } from 'commander';

export type StageOptions = {
  readonly stage?: string;
  readonly stack?: string;
  readonly region?: string;
  readonly profile?: string;
  /** Commands that act do not ask. */
  readonly yes?: true;
};

/** Adds the options of every command that can use a deployed stack. */
export function addStageOptions(command: Command): Command {
  return command
    .option('--stage <name>', 'act on the deployed stack of this stage, not on this machine (GLUEWRIGHT_STAGE)')
    .option('--stack <name>', 'act on the deployed stack of this name')
    .option('--region <region>', 'the stack’s region; by default from your AWS settings')
    .option('--profile <name>', 'the AWS profile to use; by default from your AWS settings');
}

/** The same, for a command that acts. */
export function addActingOptions(command: Command): Command {
  return addStageOptions(command).option('--yes', 'do not ask, even on a stage that the project marks as protected');
}
