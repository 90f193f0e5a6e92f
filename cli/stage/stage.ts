import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { problemShape } from '../../shared/api/schema-names.ts';
import { present } from '../../shared/json.ts';
import { type RunView, runView } from '../../shared/views/run/run-view.ts';
import { runList } from '../../shared/views/runs/run-list.ts';
import type { Cli } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import type { FoundStack } from './find-stack.ts';
import type { Forward } from './forwarding-door.ts';
import { openStackCache } from './stack-cache.ts';
import type { StageOptions } from './stage-options.ts';
import { type Target, targetOf } from './target.ts';

/** A deployed stack, used through its API. */
export type Stage = {
  /** For messages: `shop-prod (eu-west-1, 111122223333)`. */
  readonly target: string;
  /** `text`: the body of the answer. @throws {CommandError} with the API's problems */
  get<View>(path: string, shape: z.ZodMiniType<View>): Promise<Answered<View>>;
  /** Requests a plan, which changes nothing. @throws {CommandError} */
  plan<View>(path: string, shape: z.ZodMiniType<View>, body: object): Promise<Answered<View>>;
  /** Prints the target before it acts, and asks first on a protected stage. @throws {CommandError} */
  post<View>(path: string, shape: z.ZodMiniType<View>, body?: object, key?: string): Promise<Answered<View>>;
  /** Sends the page's requests, signed. */
  readonly forward: Forward;
  /** Resolves a run's id, or `latest`. @throws {CommandError} */
  runId(name: string): Promise<string>;
  /** @throws {CommandError} */
  readRun(id: string): Promise<RunView>;
};

export type Answered<View> = { readonly view: View; readonly text: string };

/** The stack that the options or the environment name. Undefined: this machine. @throws {CommandError} */
export async function openStage(cli: Cli, options: StageOptions): Promise<Stage | undefined> {
  const target = targetOf(cli.terminal, options);
  if (target.is === 'this machine') return undefined;
  // commands on this machine do not wait for the SDK
  const { findStack } = await import('./find-stack.ts');
  const cache = openStackCache(cli.terminal);
  const find = () => findStack(target.stack, options, cache);
  return stageAt(cli, { target, options, find, found: await find() });
}

type Opened = {
  readonly target: Target & { is: 'a stack' };
  readonly options: StageOptions;
  readonly find: () => Promise<FoundStack>;
  readonly found: FoundStack;
};

type Asked = { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: string; readonly key?: string };

function stageAt(cli: Cli, { target: { stack, isProtected }, options, find, found }: Opened): Stage {
  let place = found;
  let isTold = false;

  async function send({ method, path, body, key }: Asked): Promise<Response> {
    const headers = {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...present({ 'idempotency-key': key }),
    };
    const request = { method, headers, ...present({ body }) };
    try {
      return await place.send({ ...request, url: new URL(path, place.address) });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (!place.isKnown) throw new CommandError(exitCodes.unavailable, `${place.target} does not answer: ${why}`);
      // a new deployment may have another address
      place.forget();
      place = await find();
      return send({ method, path, ...present({ body, key }) });
    }
  }

  async function ask<View>(asked: Asked, shape: z.ZodMiniType<View>): Promise<Answered<View>> {
    const response = await send(asked);
    const text = await response.text();
    if (!response.ok) {
      if (place.isKnown && !isProblem(text)) place.forget();
      throw refusal(place.target, response.status, text);
    }
    return { view: z.parse(shape, JSON.parse(text)), text };
  }

  /** Asks once per command. */
  async function tell(): Promise<void> {
    if (isTold) return;
    cli.terminal.err(`gluewright: on ${place.target}`);
    if (isProtected && options.yes !== true) await agree(cli, stack);
    isTold = true;
  }

  const stage: Stage = {
    target: found.target,
    forward: ({ path, ...request }) => place.send({ ...request, url: new URL(path, place.address) }),
    get: (path, shape) => ask({ method: 'GET', path }, shape),
    plan: (path, shape, body) => ask({ method: 'POST', path, body: JSON.stringify(body) }, shape),
    async post(path, shape, body = {}, key = randomUUID()) {
      await tell();
      return ask({ method: 'POST', path, body: JSON.stringify(body), key }, shape);
    },
    async runId(name) {
      if (name !== 'latest') return name;
      const [latest] = (await stage.get('/runs?limit=1', runList)).view.runs;
      if (latest !== undefined) return latest.id;
      throw new CommandError(exitCodes.notFound, `there are no runs yet on ${place.target}`);
    },
    readRun: async (id) => (await stage.get(`/runs/${encodeURIComponent(id)}`, runView)).view,
  };
  return stage;
}

/** @throws {CommandError} if there is no terminal to ask, or the answer is no */
async function agree({ terminal }: Cli, stack: string): Promise<void> {
  if (terminal.ask === undefined) {
    throw new CommandError(exitCodes.usage, `${stack} is protected, and there is no terminal to ask: add --yes`);
  }
  const answer = await terminal.ask(`${stack} is protected. Act on it? [y/N] `);
  if (/^y(es)?$/i.test(answer.trim())) return;
  throw new CommandError(exitCodes.usage, 'nothing was done');
}

function isProblem(text: string): boolean {
  return z.safeParse(problemShape, jsonOf(text)).success;
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
