import { compile } from '../../shared/asl/compile.ts';
import type { Target } from '../../shared/asl/compiled.ts';
import type { Weight } from '../../shared/asl/split.ts';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import type { Engine } from '../engine/engine.ts';
import { account } from '../service/account.ts';
import { ServiceError } from '../service/service-error.ts';
import type { StackNames } from './account.ts';

/** A pipeline that the compiler rejects: see `compile`. */
export class NotCompiled extends Error {
  override readonly name = 'NotCompiled';

  constructor(pipeline: string, message: string, remedy: string) {
    super(`${pipeline}: ${message}. ${remedy}`);
  }
}

/** A definition and its machine's name, without the stack's prefix. */
export type NamedDefinition = { readonly name: string; readonly definition: unknown };

/** @throws {NotCompiled} */
export function definitionsOf(
  pipelines: readonly Pipeline[],
  names: StackNames,
  room?: Weight,
): readonly NamedDefinition[] {
  const target: Target = { functionArn: names.functionArn, stateMachineArn: names.machineArn };
  return pipelines.flatMap((pipeline) => {
    const compiled = compile(pipeline, target, room);
    const { problem } = compiled;
    if (problem !== undefined) throw new NotCompiled(pipeline.name, problem.message, problem.remedy);
    return compiled.machines;
  });
}

/** Creates the machines, or updates them if they differ. Running executions keep their definition. */
export async function deployMachines(
  engine: Engine,
  names: StackNames,
  definitions: readonly NamedDefinition[],
): Promise<void> {
  for (const { name, definition } of definitions) {
    const text = JSON.stringify(definition);
    const current = await currentDefinition(engine, names.machineArn(name));
    if (current === undefined) {
      const roleArn = `arn:aws:iam::${account}:role/local`;
      const input = { name: names.machineName(name), definition: text, roleArn, type: 'STANDARD' };
      await call(engine, 'CreateStateMachine', input);
    } else if (current !== text) {
      await call(engine, 'UpdateStateMachine', { stateMachineArn: names.machineArn(name), definition: text });
    }
  }
}

async function currentDefinition(engine: Engine, stateMachineArn: string): Promise<string | undefined> {
  try {
    const found = await call(engine, 'DescribeStateMachine', { stateMachineArn });
    if (typeof found !== 'object' || found === null || !('definition' in found)) return undefined;
    return String(found.definition);
  } catch (error) {
    if (error instanceof ServiceError && error.name === 'StateMachineDoesNotExist') return undefined;
    throw error;
  }
}

async function call(engine: Engine, operation: string, input: unknown): Promise<unknown> {
  const perform = engine.operations[operation];
  if (perform === undefined) throw new Error(`The engine has no operation ${operation}`);
  return perform(input);
}
