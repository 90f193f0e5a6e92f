import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { problemShape } from '../../shared/api/schema-names.ts';
import { present } from '../../shared/json.ts';
import { runList } from '../../shared/views/run-list.ts';
import type { Cli } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import type { Forward } from './forwarding-door.ts';
import { findProjectRoot } from './project-root.ts';
import type { signedFetch } from './signed-fetch.ts';

export type StageOptions = {
  readonly stage?: string;
  readonly stack?: string;
  readonly region?: string;
  readonly profile?: string;
};

/** What every command has that speaks to a deployed stack, too. */
export function addStageOptions(command: Command): Command {
  return command
    .option('--stage <name>', 'of the stack that is deployed as this stage, not of this machine (GLUEWRIGHT_STAGE)')
    .option('--stack <name>', 'of the stack of this name')
    .option('--region <region>', 'where the stack is; as your AWS settings say by default')
    .option('--profile <name>', 'whose AWS credentials sign; as your AWS settings say by default');
}

/** A deployed stack, spoken to by its API. */
export type Stage = {
  /** As it is told to whoever acts on it. */
  readonly target: string;
  /** `text`: as it was sent. @throws {CommandError} with what the API says is wrong */
  get<View>(path: string, shape: z.ZodMiniType<View>): Promise<Answered<View>>;
  /** Says on whom it acts before it does. @throws {CommandError} */
  post<View>(path: string, shape: z.ZodMiniType<View>, body?: object, key?: string): Promise<Answered<View>>;
  /** Sends what the page asks, signed. */
  readonly forward: Forward;
  /** What a user calls a run: its id, or `latest`. @throws {CommandError} */
  runId(name: string): Promise<string>;
};

export type Answered<View> = { readonly view: View; readonly text: string };

/** The stack that the options, or the environment, name. Undefined: this machine is meant. @throws {CommandError} */
export async function openStage(cli: Cli, options: StageOptions): Promise<Stage | undefined> {
  const stack = stackOf(cli, options);
  if (stack === undefined) {
    if (options.region === undefined && options.profile === undefined) return undefined;
    throw new CommandError(exitCodes.usage, '--region and --profile are of a stack: say --stage or --stack, too');
  }
  // The SDK is loaded only for a stage: commands on this machine do not wait for it.
  const { findStack } = await import('./find-stack.ts');
  const { target, address, send } = await findStack(stack, options);
  return stageAt(cli, target, address, send);
}

/** @throws {CommandError} the files do not say what the stage's stack is called */
function stackOf({ terminal }: Cli, { stage, stack }: StageOptions): string | undefined {
  if (stack !== undefined) return stack;
  const fromEnvironment = terminal.env.GLUEWRIGHT_STAGE;
  const named = stage ?? (fromEnvironment === '' ? undefined : fromEnvironment);
  if (named === undefined) return undefined;
  const file = join(findProjectRoot(terminal).root, 'serverless.yml');
  const read = existsSync(file)
    ? z.safeParse(z.object({ service: z.string() }), parse(readFileSync(file, 'utf8')))
    : undefined;
  if (read?.success) return `${read.data.service}-${named}`;
  throw new CommandError(
    exitCodes.usage,
    `${file} names no service, so that the stack of ${named} is not known: --stack NAME`,
  );
}

function stageAt(cli: Cli, target: string, address: string, send: ReturnType<typeof signedFetch>): Stage {
  async function ask<View>(
    request: { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: string; readonly key?: string },
    shape: z.ZodMiniType<View>,
  ): Promise<Answered<View>> {
    const { method, path, body, key } = request;
    const headers = {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...present({ 'idempotency-key': key }),
    };
    const url = new URL(path, address);
    const response = await send({ method, url, headers, ...present({ body }) }).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new CommandError(exitCodes.unavailable, `${target} does not answer: ${why}`);
    });
    const text = await response.text();
    if (!response.ok) throw refusal(target, response.status, text);
    return { view: z.parse(shape, JSON.parse(text)), text };
  }
  const stage: Stage = {
    target,
    forward: ({ path, ...request }) => send({ ...request, url: new URL(path, address) }),
    get: (path, shape) => ask({ method: 'GET', path }, shape),
    post(path, shape, body = {}, key = randomUUID()) {
      cli.terminal.err(`gluewright: on ${target}`);
      return ask({ method: 'POST', path, body: JSON.stringify(body), key }, shape);
    },
    async runId(name) {
      if (name !== 'latest') return name;
      const [latest] = (await stage.get('/runs?limit=1', runList)).view.runs;
      if (latest !== undefined) return latest.id;
      throw new CommandError(exitCodes.notFound, `there are no runs yet on ${target}`);
    },
  };
  return stage;
}

function refusal(target: string, status: number, text: string): CommandError {
  const said = z.safeParse(problemShape, jsonOf(text));
  if (!said.success) {
    const message =
      status === 403 ? 'your AWS credentials may not do this (execute-api:Invoke)' : `it answers ${status}`;
    return new CommandError(exitCodes.unavailable, `${target}: ${message}`);
  }
  const { problems, remedy } = said.data;
  const lines = [...problems, ...(remedy === undefined ? [] : [remedy])].join('\n  ');
  return new CommandError(status === 404 ? exitCodes.notFound : exitCodes.usage, `${target}: ${lines}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
