import type { StateMachine } from './state-machine.ts';

/** What a definition says of the world around it. At home and on AWS the same compiler is given other names. */
export type Target = {
  /** The function's name or ARN, as `lambda:invoke` takes it. On AWS a CloudFormation substitution. */
  functionArn(name: 'start-task' | 'signal' | 'finish-run'): string;
  /** `name` as in {@link CompiledMachine.name}. */
  stateMachineArn(name: string): string;
};

export type Compiled = {
  /** The pipeline's own first; the others are parts of it that would not fit, started by it. */
  readonly machines: readonly [CompiledMachine, ...CompiledMachine[]];
  /** Wait states: one for each place that waits across branches. */
  readonly gates: number;
};

export type CompiledMachine = {
  /** The pipeline's name, or `PIPELINE-part-N`. */
  readonly name: string;
  readonly definition: StateMachine;
  readonly states: number;
  /** Of the definition, printed without white space. */
  readonly bytes: number;
  /** The most history events an execution can have, every retry counted. */
  readonly events: number;
};
