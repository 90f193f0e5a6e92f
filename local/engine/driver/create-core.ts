import { parseJson } from '../data/json-text.ts';
import { parseProgram } from '../definition/parse-program.ts';
import type { Program } from '../definition/program.ts';
import type { Command, Notice } from '../frames/command.ts';
import type { Execution } from '../frames/execution.ts';
import type { Tools } from '../frames/turn.ts';
import { createEvaluator } from '../jsonata/evaluate.ts';
import type { EngineOptions } from '../ports/engine-options.ts';
import { parseResource } from '../states/task/task-resource.ts';
import { definitionOf } from '../store/existing-machine.ts';
import { createActivities } from './activities.ts';
import { createDriver } from './create-driver.ts';
import { createStarter } from './create-starter.ts';
import type { EngineCore } from './engine-core.ts';
import { saveMapRun } from './items/save-map-run.ts';
import { createMapRuns } from './map-runs.ts';
import { isNestedExecution } from './nested-execution.ts';
import { nestedExecutions } from './nested-executions.ts';
import { performCall, taskCall } from './perform-call.ts';

export type Perform = (execution: Execution, command: Command) => void;

/** Connects the driver with the rest: it performs commands, and reports the end of executions. */
export function createCore(options: EngineOptions): { readonly core: EngineCore; readonly perform: Perform } {
  const { store, clock, uuid, random, region, tasks } = options;
  const programs = new Map<string, Program>();
  const waiting = new WeakMap<Execution, readonly (() => void)[]>();
  const evaluator = createEvaluator({
    now: () => clock.now(),
    random,
    uuid,
    track: (work) => clock.track?.(work),
    ...(options.inProcessMs === undefined ? {} : { inProcessMs: options.inProcessMs }),
  });
  const tools: Tools = { evaluator, uuid, random, region };
  const driver = createDriver(store, clock, tools, { announce, perform, ended: onEnd });
  const activities = createActivities(clock, driver.signal);
  const { start, startWithRetries } = createStarter(options, driver, program);
  const core: EngineCore = { options, tools, driver, activities, program, start, startWithRetries, ended };
  const nested = nestedExecutions(core, driver.send);
  const mapRuns = createMapRuns(core, driver.send);

  function onEnd(execution: Execution): void {
    (execution.starter?.how === 'map-run' ? mapRuns : nested).ended(execution);
    for (const resolve of waiting.get(execution) ?? []) resolve();
  }

  function ended(execution: Execution): Promise<void> {
    if (driver.live(execution.arn) === undefined) return Promise.resolve();
    return new Promise((resolve) => waiting.set(execution, [...(waiting.get(execution) ?? []), resolve]));
  }

  function announce(execution: Execution, notice: Notice): void {
    if (notice.kind === 'status') options.onStatusChange?.(notice.detail);
    else saveMapRun(store, execution, notice);
  }

  function perform(execution: Execution, command: Command): void {
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
      void performCall(tasks, execution.arn, frame, call, driver.send);
    }
  }

  function program(revision: string): Program {
    const known = programs.get(revision) ?? parseProgram(parseJson(definitionOf(options, revision)));
    programs.set(revision, known);
    return known;
  }

  return { core, perform };
}
