import type { EngineCore, Started } from '../api/engine-core.ts';
import { definitionOf } from '../api/existing-machine.ts';
import { parseJson } from '../data/json-text.ts';
import { parseProgram } from '../definition/parse-program.ts';
import type { Program } from '../definition/program.ts';
import type { EngineOptions } from '../engine-options.ts';
import { createEvaluator } from '../jsonata/evaluate.ts';
import type { Command } from '../run/command.ts';
import type { Execution } from '../run/execution.ts';
import type { Signal } from '../run/signal.ts';
import type { Tools } from '../run/turn.ts';
import { ServiceError } from '../service-error.ts';
import { parseResource } from '../states/task-resource.ts';
import { moreOf } from '../store/execution-record.ts';
import { StoreUnavailable } from '../store-unavailable.ts';
import { createActivities } from './activities.ts';
import { createDriver } from './create-driver.ts';
import { machineToStart } from './machine-to-start.ts';
import { createMapRuns } from './map-runs.ts';
import { isNestedExecution } from './nested-execution.ts';
import { nestedExecutions } from './nested-executions.ts';
import { performCall, taskCall } from './perform-call.ts';
import { executionArn, newExecution, parseInputText, type StartRequest } from './start-execution.ts';

const againMs = 1_000;

export type Perform = (execution: Execution, command: Command) => void;

/** Joins the driver to the world: what it has performed, and who hears of an execution's end. */
export function createCore(options: EngineOptions): { readonly core: EngineCore; readonly perform: Perform } {
  const { store, clock, uuid, random, region, tasks } = options;
  const programs = new Map<string, Program>();
  const waiting = new WeakMap<Execution, readonly (() => void)[]>();
  const evaluator = createEvaluator({
    now: () => clock.now(),
    random,
    uuid,
    track: (work) => clock.track?.(work),
  });
  const tools: Tools = { evaluator, uuid, random, region };
  const driver = createDriver(store, clock, tools, perform, onEnd);
  const activities = createActivities(clock, driver.signal);
  const core: EngineCore = { options, tools, driver, activities, program, start, startSurely, ended };
  const nested = nestedExecutions(core, send);
  const mapRuns = createMapRuns(core, send);

  function onEnd(execution: Execution): void {
    (execution.starter?.how === 'map-run' ? mapRuns : nested).ended(execution);
    for (const resolve of waiting.get(execution) ?? []) resolve();
  }

  function ended(execution: Execution): Promise<void> {
    if (driver.live(execution.arn) === undefined) return Promise.resolve();
    return new Promise((resolve) => waiting.set(execution, [...(waiting.get(execution) ?? []), resolve]));
  }

  /** What the disk refuses is tried again by the driver itself. */
  function send(arn: string, signal: Signal): void {
    driver.signal(arn, signal).catch(() => undefined);
  }

  function perform(execution: Execution, command: Command): void {
    if (command.kind === 'status') {
      options.onStatusChange?.(command.detail);
      return;
    }
    if (command.kind !== 'call' && command.kind !== 'cancel') {
      mapRuns.perform(execution, command);
      return;
    }
    const { frame, call } = command;
    if (parseResource(call.resource).kind === 'activity') {
      if (command.kind === 'call') activities.schedule(execution.arn, frame, call);
      else activities.cancel(call);
      return;
    }
    const ours = isNestedExecution(call.resource) && tasks.nested !== true;
    if (command.kind === 'cancel') {
      if (ours) nested.stop(call);
      else tasks.cancel?.(taskCall(execution.arn, call, () => undefined));
    } else if (ours) {
      void nested.start(execution, frame, call);
    } else {
      void performCall(tasks, execution.arn, frame, call, (signal) => send(execution.arn, signal));
    }
  }

  function program(revision: string): Program {
    const known = programs.get(revision) ?? parseProgram(parseJson(definitionOf(options, revision)));
    programs.set(revision, known);
    return known;
  }

  async function start(request: StartRequest): Promise<Started> {
    const machine = request.child?.machine ?? machineToStart(options, request.machineArn);
    const inputValue = parseInputText(request.input);
    const name = request.name ?? uuid();
    const arn = executionArn(options, machine, name);
    const known = startedBefore(arn, request);
    if (known !== undefined) {
      await driver.signal(arn, { kind: 'due' }); // it may not be on disk yet
      return known;
    }
    const execution = newExecution(options, machine, program(machine.revision), { arn, name }, request, inputValue);
    driver.adopt(execution);
    if (!(await driver.signal(arn, { kind: 'start' })))
      throw new ServiceError('ServiceUnavailable', 'The engine is closed');
    return { arn, startedAt: execution.startedAt, status: execution.status, execution };
  }

  /** For those who cannot be told that the disk refuses: they wait until it takes it. */
  async function startSurely(request: StartRequest): Promise<Started> {
    for (;;) {
      try {
        return await start(request);
      } catch (thrown) {
        if (!(thrown instanceof StoreUnavailable)) throw thrown;
        await new Promise<void>((resolve) => clock.at(clock.now() + againMs, resolve));
      }
    }
  }

  /** A name may be used again only for the same: while it runs, by anybody; later, by the state that started it. */
  function startedBefore(arn: string, { input, starter }: StartRequest): Started | undefined {
    const live = driver.live(arn);
    const record = store.execution(arn);
    const known = live ?? record;
    if (known === undefined) return undefined;
    const startedBy = live?.starter ?? (record === undefined ? undefined : moreOf(record).starter);
    const repeated = starter !== undefined && starter.token === startedBy?.token;
    const same = repeated || (known.status === 'RUNNING' && known.input === input);
    if (same) return { arn, startedAt: known.startedAt, status: known.status, execution: live };
    throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  }

  return { core, perform };
}
