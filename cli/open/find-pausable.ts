import { Nearest } from '../../shared/reading/nearest.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';
import { findPipeline, type OpenProject } from './open-project.ts';

export type Pausable = { readonly pipeline: string; readonly trigger?: string };

/** `PIPELINE` or `PIPELINE.TRIGGER`. @throws {CommandError} with the nearest name */
export function findPausable(project: OpenProject, name: string): Pausable {
  const [first = '', trigger] = name.split(/\.(.*)/s);
  const { pipeline } = findPipeline(project, first);
  if (trigger === undefined) return { pipeline: pipeline.name };
  if (Object.hasOwn(pipeline.triggers, trigger)) return { pipeline: pipeline.name, trigger };
  const names = Object.keys(pipeline.triggers);
  const close = new Nearest().of(trigger, names);
  const hint = close === undefined ? `it has ${names.join(', ') || 'none'}` : `did you mean ${close}?`;
  throw new CommandError(exitCodes.notFound, `${pipeline.name} has no trigger ${trigger}; ${hint}`);
}
