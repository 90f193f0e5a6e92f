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

/** A deployed stack, spoken to by its API. */
export type Stage = {
  /** As it is told to whoever acts on it. */
  readonly target: string;
  /** `text`: as it was sent. @throws {CommandError} with what the API says is wrong */
  get<View>(path: string, shape: z.ZodMiniType<View>): Promise<Answered<View>>;
  /** Asks what would be done, which does nothing. @throws {CommandError} */
  plan<View>(path: string, shape: z.ZodMiniType<View>, body: object): Promise<Answered<View>>;
  /** Says on whom it acts before it does, and asks where the project wants it. @throws {CommandError} */
  post<View>(path: string, shape: z.ZodMiniType<View>, body?: object, key?: string): Promise<Answered<View>>;
  /** Sends what the page asks, signed. */
  readonly forward: Forward;
  /** What a user calls a run: its id, or `latest`. @throws {CommandError} */
  runId(name: string): Promise<string>;
  /** @throws {CommandError} */
  readRun(id: string): Promise<RunView>;
};

export type Answered<View> = { readonly view: View; readonly text: string };

/** The stack that the options, or the environment, name. Undefined: this machine is meant. @throws {CommandError} */
export async function openStage(cli: Cli, options: StageOptions): Promise<Stage | undefined> {
  const target = targetOf(cli.terminal, options);
  if (target.is === 'this machine') return undefined;
  // The SDK is loaded only for a stage: commands on this machine do not wait for it.
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
      // it was deployed anew, perhaps, and has another address
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

  /** Once for each command: whoever agreed has agreed to all of it. */
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

/** @throws {CommandError} nobody is there to agree, or nobody does */
async function agree({ terminal }: Cli, stack: string): Promise<void> {
  if (terminal.ask === undefined) {
    throw new CommandError(exitCodes.usage, `${stack} is protected, and nobody can be asked here: give --yes`);
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
