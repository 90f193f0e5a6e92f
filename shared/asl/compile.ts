import type { Unreachable } from '../graph/connect.ts';
import { type TaskGraph, taskGraph } from '../graph/task-graph.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { KindName } from '../tasks/kinds.ts';
import type { Compiled, CompiledMachine, Target } from './compiled.ts';
import { beyondDeadline, type Emission, emitBranch } from './emit.ts';
import { documentBytes, eventsOf, frameEvents, limits } from './limits.ts';
import { lastState, partMachine, pipelineMachine } from './machine-states.ts';
import { countStates, textBytes } from './measure.ts';
import { split, type Weight } from './split.ts';
import type { StateMachine } from './state-machine.ts';
import { asksFor, type Step, type Steps, stepsOf } from './steps.ts';
import { weigher } from './weigh.ts';

/** A pipeline that cannot be compiled: the limit it exceeds, the figure, and the remedy. */
export type Refusal = { readonly refused: string; readonly remedy: string };

/**
 * Compiles a pipeline to one state machine, or to several when one would pass a limit of Step Functions.
 *
 * @param room limits of one machine; tests make them small
 */
export function compile(pipeline: Pipeline, target: Target, room: Weight = limits): Compiled | Refusal {
  const graph = taskGraph(pipeline);
  const [unordered] = graph.unreachable;
  if (unordered !== undefined) return notOrdered(graph, unordered);
  const outputLimit = roomForOutputs(graph);
  if (typeof outputLimit !== 'number') return outputLimit;

  const parts: { readonly step: Step & { kind: 'part' }; readonly name: string }[] = [];
  const emission: Emission = {
    pipeline,
    graph,
    target,
    read: new Set(graph.outputs.flat()),
    outputLimit,
    number: numbering(),
    partMachine: (number) => `${pipeline.name}-part-${number}`,
  };
  const attempts = (task: number): number => graph.tasks[task]?.retry.attempts ?? 1;
  const most: Weight = {
    bytes: room.bytes - textBytes(pipelineFrame(emission, [])),
    events: room.events - frameEvents,
  };
  const steps = split(stepsOf(graph.plan), weigher(emission, attempts), most, graph);

  const machine = (name: string, definition: StateMachine, own: Steps): CompiledMachine => {
    for (const step of partsOf(own)) parts.push({ step, name: emission.partMachine(emission.number(step)) });
    const events = eventsOf(own, attempts) + frameEvents;
    return { name, definition, states: countStates(definition), bytes: textBytes(definition), events };
  };
  const first = machine(pipeline.name, pipelineFrame(emission, steps), steps);
  const others: CompiledMachine[] = [];
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    const branch = emitBranch(emission, part.step.steps, asksFor(part.step.steps, graph));
    const definition = partMachine(
      pipeline.name,
      kindsIn(graph),
      beyondDeadline(pipeline.runs.deadlineSeconds),
      branch,
    );
    others.push(machine(part.name, definition, part.step.steps));
  }
  const machines = [first, ...others] as const;
  return (
    machines.map((one) => tooLarge(one, room)).find((refusal) => refusal !== undefined) ?? {
      machines,
      gates: countGates(steps),
    }
  );
}

function pipelineFrame({ pipeline, target, ...rest }: Emission, steps: Steps): StateMachine {
  const branch = emitBranch({ pipeline, target, ...rest }, steps, new Set(), lastState);
  const about = { ...pipeline, deadlineSeconds: pipeline.runs.deadlineSeconds, kinds: kindsIn(rest.graph) };
  return pipelineMachine(about, target.functionArn('finish-run'), branch);
}

function kindsIn({ tasks }: TaskGraph): KindName[] {
  return [...new Set(tasks.map(({ work }) => work.kind))];
}

function notOrdered(graph: TaskGraph, { task, source }: Unreachable): Refusal {
  const [reader, read] = [graph.tasks[task]?.name, graph.tasks[source]?.name];
  return {
    refused: `${reader} reads the output of ${read}, but may run before ${read} has ended: a join rule between them is decided early`,
    remedy: `name ${read} in the \`after\` of ${reader}, too`,
  };
}

/** Size limit of one output that keeps the document with all outputs below its own limit. */
function roomForOutputs(graph: TaskGraph): number | Refusal {
  const read = new Set(graph.outputs.flat());
  const room = limits.document - documentBytes(graph.tasks);
  const each = read.size === 0 ? 0 : Math.min(limits.output, Math.floor(room / read.size));
  if (room > 0 && (read.size === 0 || each >= 256)) return each;
  return {
    refused: `the outcomes of ${graph.tasks.length} tasks, ${read.size} of them with an output, do not fit into the ${limits.document} bytes of a state document`,
    remedy: 'make it several pipelines, one started by the other',
  };
}

function tooLarge(machine: CompiledMachine, room: Weight): Refusal | undefined {
  if (machine.bytes <= room.bytes && machine.events <= room.events) return undefined;
  return {
    refused: `${machine.name} would have ${machine.bytes} bytes (of ${room.bytes}) and up to ${machine.events} history events (of ${room.events}), and cannot be split further`,
    remedy: 'shorten its largest task, or lower its retry attempts',
  };
}

function numbering(): (of: Step) => number {
  const given = new Map<Step, number>();
  const counts = new Map<Step['kind'], number>();
  return (step) => {
    const known = given.get(step);
    if (known !== undefined) return known;
    const number = (counts.get(step.kind) ?? 0) + 1;
    counts.set(step.kind, number);
    given.set(step, number);
    return number;
  };
}

function partsOf(steps: Steps): (Step & { kind: 'part' })[] {
  return steps.flatMap((step) => {
    if (step.kind === 'part') return [step];
    return step.kind === 'parallel' ? step.branches.flatMap(partsOf) : [];
  });
}

function countGates(steps: Steps): number {
  return steps.reduce((sum, step) => {
    if (step.kind === 'parallel') return sum + step.branches.reduce((inner, branch) => inner + countGates(branch), 0);
    if (step.kind === 'part') return sum + countGates(step.steps);
    return sum + (step.kind === 'gate' ? 1 : 0);
  }, 0);
}
