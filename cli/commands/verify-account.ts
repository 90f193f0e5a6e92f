import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { present } from '../../shared/json.ts';
import { failureOf } from '../../shared/services/service-error.ts';
import type { Account } from '../../verify/account.ts';
import { NotPrepared, openAwsAccount } from '../../verify/aws-account.ts';
import { type AwsClients, createAwsClients } from '../../verify/aws-clients.ts';
import { checks } from '../../verify/checks.ts';
import { findStack } from '../../verify/find-stack.ts';
import { openHomeAccount } from '../../verify/home-account.ts';
import { runChecks } from '../../verify/run-checks.ts';
import { verificationLines } from '../render/verification-lines.ts';
import { addCommand, type Cli, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';

type Options = JsonOption & {
  readonly stack?: string;
  readonly region?: string;
  readonly role?: string;
  readonly crawlerRole?: string;
  readonly home?: true;
  readonly yes?: true;
};

export const verifyAccount: Register = (program, cli) => {
  addCommand(
    program,
    'verify-account',
    'check what AWS’s documentation leaves open, on AWS or locally',
    'verify-account --stack gluewright-dev --role arn:aws:iam::111122223333:role/verify --yes',
  )
    .option('--stack <name>', 'the deployed stack, SERVICE-STAGE; without it the embedded runtime is checked')
    .option('--home', 'check the embedded runtime')
    .option('--region <region>', 'AWS_REGION by default')
    .option('--role <arn>', 'the role of throw-away jobs and state machines: docs/verify-account.md')
    .option('--crawler-role <arn>', 'the role of a crawler; without it, no crawler is created')
    .option('--yes', 'do it; without --yes, only the plan and its cost are shown')
    .action(async (options: Options) => {
      const stop = new AbortController();
      const release = cli.terminal.onInterrupt(() => stop.abort());
      try {
        const account = await openAccount(cli, options, stop.signal);
        if (account === undefined) return;
        await verify(cli, options, account, stop.signal);
      } finally {
        release();
      }
    });
};

async function verify(cli: Cli, options: Options, account: Account, stop: AbortSignal): Promise<void> {
  const { results, leftovers } = await runChecks(account, checks, {
    begun: ({ name }) => {
      if (options.json !== true) cli.terminal.err(`… ${name}`);
    },
    interrupted: () => stop.aborted,
  });
  if (options.json) printJson(cli, { results, leftovers });
  else cli.terminal.out(verificationLines(cli.terminal, results, leftovers).join('\n'));
  if (stop.aborted) cli.exitCode = exitCodes.interrupted;
  else if (leftovers.length > 0 || results.some(({ verdict }) => verdict === 'differs, act')) {
    cli.exitCode = exitCodes.failed;
  }
}

/** Undefined: only the plan was shown. */
async function openAccount(cli: Cli, options: Options, signal: AbortSignal): Promise<Account | undefined> {
  const { stack, role, crawlerRole } = options;
  if (options.home === true && stack !== undefined) {
    throw new CommandError(exitCodes.usage, 'give either --home or --stack');
  }
  if (options.home === true || stack === undefined) return openHomeAccount(Date.now());
  const region = options.region ?? cli.terminal.env.AWS_REGION;
  if (region === undefined)
    throw new CommandError(exitCodes.usage, 'the region is missing: give --region, or set AWS_REGION');
  // it begins a bucket's name, which has at most 63 characters
  if (!/^[a-z][a-z0-9-]{1,46}$/.test(stack)) {
    throw new CommandError(exitCodes.usage, '--stack takes lower-case letters, digits and hyphens, at most 47');
  }
  if (role === undefined || !/^arn:[^:]+:iam::\d{12}:role\/./.test(role)) {
    throw new CommandError(exitCodes.usage, '--role takes the ARN of a role: see docs/verify-account.md');
  }
  if (options.yes !== true) {
    propose(cli, options, region);
    return undefined;
  }
  const clients = createAwsClients(region);
  await assertStack(clients, stack, region);
  const prefix = `${stack}-verify-${randomUUID().slice(0, 8)}`;
  if (options.json !== true) cli.terminal.err(`everything is named ${prefix}-…`);
  try {
    return await openAwsAccount({
      clients,
      region,
      prefix,
      role,
      ...present({ crawlerRole }),
      clock: Date.now,
      sleep: (milliseconds) => setTimeout(milliseconds, undefined, { signal }),
    });
  } catch (error) {
    if (!(error instanceof NotPrepared)) throw error;
    const left = error.leftovers.map(({ what, why }) => `\n  left behind: ${what} (${why})`);
    throw new CommandError(exitCodes.unavailable, `nothing was checked: ${error.message}${left.join('')}`);
  }
}

/** @throws {CommandError} */
async function assertStack({ sfn }: AwsClients, stack: string, region: string): Promise<void> {
  const found = await findStack(sfn, stack).catch((error: unknown) => {
    throw new CommandError(exitCodes.unavailable, `Step Functions does not answer: ${failureOf(error).reason}`);
  });
  if (!found) {
    throw new CommandError(exitCodes.notFound, `no state machine of ${stack} in ${region}: is it deployed there?`);
  }
}

function propose(cli: Cli, { json, crawlerRole, stack }: Options, region: string): void {
  const wanted = checks.filter(
    ({ needs }) => needs !== 'data quality' && (needs !== 'crawlers' || crawlerRole !== undefined),
  );
  const cost = Math.ceil(100 * wanted.reduce((sum, each) => sum + each.cost, 0)) / 100;
  if (json) {
    printJson(cli, { checks: wanted.map(({ name }) => name), dollars: cost });
    return;
  }
  const lines = [
    `${wanted.length} checks in ${region}, with jobs, a bucket, a rule and state machines named ${stack}-verify-…`,
    `at most $${cost.toFixed(2)}, about half an hour; everything is removed at the end`,
    'repeat the command with --yes to do it',
  ];
  cli.terminal.out(lines.join('\n'));
}
