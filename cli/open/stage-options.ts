import type { Command } from 'commander';

export type StageOptions = {
  readonly stage?: string;
  readonly stack?: string;
  readonly region?: string;
  readonly profile?: string;
  /** Of what acts: nobody is asked. */
  readonly yes?: true;
};

/** What every command has that speaks to a deployed stack, too. */
export function addStageOptions(command: Command): Command {
  return command
    .option('--stage <name>', 'of the stack that is deployed as this stage, not of this machine (GLUEWRIGHT_STAGE)')
    .option('--stack <name>', 'of the stack of this name')
    .option('--region <region>', 'where the stack is; as your AWS settings say by default')
    .option('--profile <name>', 'whose AWS credentials sign; as your AWS settings say by default');
}

/** The same of a command that acts. */
export function addActingOptions(command: Command): Command {
  return addStageOptions(command).option('--yes', 'do not ask, even on a stage that the project marks as protected');
}
