import type { StateMachine } from './states/state-machine.ts';

/** Names of the things that a definition refers to. They differ locally and on AWS; the compiler does not. */
export type Target = {
  /** The function's name or ARN, as `lambda:invoke` takes it. On AWS a CloudFormation substitution. */
  functionArn(name: 'start-task' | 'signal' | 'finish-run'): string;
  /** `name` as in {@link CompiledMachine.name}. */
  stateMachineArn(name: string): string;
};

export type Compiled = {
  /** The pipeline's own machine first, then the parts that it starts. */
  readonly machines: readonly [CompiledMachine, ...CompiledMachine[]];
  /** The number of gates. */
  readonly gates: number;
};

export type CompiledMachine = {
  /** The pipeline's name, or `PIPELINE-part-N`. */
  readonly name: string;
  readonly definition: StateMachine;
  readonly states: number;
  /** The size of the definition, without white space. */
  readonly bytes: number;
  /** The most history events that an execution can have, counting every retry. */
  readonly events: number;
};
