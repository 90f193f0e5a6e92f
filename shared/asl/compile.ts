import type { Unreachable } from '../graph/connect.ts';
import { type TaskGraph, taskGraph } from '../graph/task-graph.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { mostTasks } from '../model/score.ts';
import type { KindName } from '../tasks/kinds.ts';
import type { Compiled, CompiledMachine, Target } from './compiled.ts';
import { beyondDeadline, type Emission, taskOf, type Within } from './emission.ts';
import { emitBranch } from './emit.ts';
import { keysOf } from './keys.ts';
import { eventsOf, frameEvents, limits, taskEvents } from './limits.ts';
import { lastState, partMachine, pipelineMachine } from './machine-states.ts';
import { causeLength, outputRoom, type Size } from './room.ts';
import { split, type Weight } from './split.ts';
import { countStates, textBytes } from './states/measure.ts';
import type { StateMachine } from './states/state-machine.ts';
import { type GateStep, type PartStep, type Step, type Steps, stepReader, stepsOf } from './steps.ts';
import { weigher } from './weigh.ts';

/** `problem`: the pipeline cannot be compiled. The message names the limit that it exceeds, and the figure. */
export type Compilation =
  | (Compiled & { readonly problem?: undefined })
  | { readonly problem: { readonly message: string; readonly remedy: string } };

type Failed = Extract<Compilation, { readonly problem: object }>;

/**
 * Compiles a pipeline to one state machine, or to several when one would pass a limit of Step Functions.
 *
 * @param room limits of one machine; tests make them small
 */
export function compile(pipeline: Pipeline, target: Target, room: Weight = limits): Compilation {
  const graph = taskGraph(pipeline);
  const [unordered] = graph.unreachable;
  if (unordered !== undefined) return notOrdered(graph, unordered);
  if (graph.tasks.length > mostTasks) return tooMany(graph);
  const keys = keysOf(graph.plan, graph);
  const reads = graph.asked.map((tasks) => [...new Set(tasks.flatMap((task) => keys.of[task] ?? []))]);
  const reader = stepReader(keys, reads);

  const draft: Emission = {
    pipeline,
    graph,
    target,
    keys,
    reader,
    outputLimit: limits.output,
    causeLength: causeLength(graph.tasks),
    number: numbering(),
    partMachine: (number) => `${pipeline.name}-part-${number}`,
    onPart: () => {},
    onSize: () => {},
  };
  const ofTask = (task: number): number => taskEvents(taskOf(graph, task));
  const most: Weight = {
    bytes: room.bytes - textBytes(pipelineFrame(draft, [])),
    events: room.events - frameEvents,
  };
  const steps = split(stepsOf(graph.plan, keys), weigher(draft, ofTask), most, reader);

  const gates = gatesIn(steps);
  const wide = gates.find((gate) => gateBytes(gate) > limits.gate);
  if (wide !== undefined) return gateTooLarge(graph, wide);

  const sizes: Size[] = [];
  const machines = emitMachines({ ...draft, onSize: (size) => sizes.push(size) }, steps, ofTask);
  const outputLimit = outputRoom(sizes);
  if (outputLimit === undefined) return noRoom(sizes);
  const hasRoom = keys.whole.size === 0 || outputLimit === limits.output;
  const made = hasRoom ? machines : emitMachines({ ...draft, outputLimit }, steps, ofTask);
  return (
    made.map((one) => tooLarge(one, room)).find((failed) => failed !== undefined) ?? {
      machines: made,
      gates: gates.length,
    }
  );
}

function emitMachines(
  draft: Emission,
  steps: Steps,
  ofTask: (task: number) => number,
): [CompiledMachine, ...CompiledMachine[]] {
  const parts: { readonly step: PartStep; readonly within: Within }[] = [];
  const emission = { ...draft, onPart: (step: PartStep, within: Within) => void parts.push({ step, within }) };
  const { pipeline, graph } = emission;
  const machine = (name: string, definition: StateMachine, own: Steps): CompiledMachine => {
    const events = eventsOf(own, ofTask) + frameEvents;
    return { name, definition, states: countStates(definition), bytes: textBytes(definition), events };
  };
  const first = machine(pipeline.name, pipelineFrame(emission, steps), steps);
  const others: CompiledMachine[] = [];
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    const branch = emitBranch(emission, part.step.steps, part.within);
    const deadline = beyondDeadline(pipeline.runs.deadlineSeconds);
    const definition = partMachine(pipeline.name, kindsIn(graph), deadline, branch);
    others.push(machine(emission.partMachine(emission.number(part.step)), definition, part.step.steps));
  }
  return [first, ...others];
}

function pipelineFrame(emission: Emission, steps: Steps): StateMachine {
  const { pipeline, target, graph } = emission;
  const branch = emitBranch(emission, steps, {
    above: new Set(),
    wanted: new Set(),
    groups: new Set(),
    next: lastState,
  });
  const about = { ...pipeline, deadlineSeconds: pipeline.runs.deadlineSeconds, kinds: kindsIn(graph) };
  return pipelineMachine(about, target.functionArn('finish-run'), branch);
}

function kindsIn({ tasks }: TaskGraph): KindName[] {
  return [...new Set(tasks.map(({ work }) => work.kind))];
}

function notOrdered(graph: TaskGraph, { task, source }: Unreachable): Failed {
  const [reader, read] = [graph.tasks[task]?.name, graph.tasks[source]?.name];
  return {
    problem: {
      message: `${reader} reads the output of ${read}, but may run before ${read} has ended: a join rule between them is decided early`,
      remedy: `name ${read} in the \`after\` of ${reader}, too`,
    },
  };
}

function tooMany({ tasks }: TaskGraph): Failed {
  return {
    problem: {
      message: `it has ${tasks.length} tasks; one pipeline may have ${mostTasks}`,
      remedy: 'make it several pipelines, one started by the other',
    },
  };
}

function noRoom(sizes: readonly Size[]): Failed {
  const most = sizes.reduce((a, b) => (b.bytes + 256 * b.outputs > a.bytes + 256 * a.outputs ? b : a));
  return {
    problem: {
      message: `at one of its states ${most.bytes} bytes of outcomes and ${most.outputs} outputs are still to be read, and do not fit into the ${limits.document} bytes of a state document`,
      remedy: 'let fewer tasks read outputs of tasks far before them, or write what they share to a file',
    },
  };
}

/** A gate's record in the ledger names the outcomes that it needs or wants, knows and opened with. */
function gateBytes({ needs, wants }: GateStep): number {
  return [...needs, ...wants].reduce((sum, key) => sum + 3 * (key.length + 4) + 20, 0);
}

function gateTooLarge({ tasks }: TaskGraph, gate: GateStep): Failed {
  return {
    problem: {
      message: `${tasks[gate.task]?.name} waits for ${gate.needs.length} tasks one by one, and the record of that has up to ${gateBytes(gate)} bytes (of ${limits.gate})`,
      remedy: 'let it wait for fewer tasks, or for a task that waits for them with `all_done`',
    },
  };
}

function tooLarge(machine: CompiledMachine, room: Weight): Failed | undefined {
  if (machine.bytes <= room.bytes && machine.events <= room.events) return undefined;
  return {
    problem: {
      message: `${machine.name} would have ${machine.bytes} bytes (of ${room.bytes}) and up to ${machine.events} history events (of ${room.events}), and cannot be split further`,
      remedy: 'shorten its largest task, or lower its retry attempts',
    },
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

function gatesIn(steps: Steps): GateStep[] {
  return steps.flatMap((step) => {
    if (step.kind === 'parallel') return step.branches.flatMap(gatesIn);
    if (step.kind === 'part') return gatesIn(step.steps);
    return step.kind === 'gate' ? [step] : [];
  });
}
