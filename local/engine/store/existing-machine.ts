import { ServiceError } from '../../service/service-error.ts';
import type { EngineOptions } from '../ports/engine-options.ts';
import { type MachineDocument, type MapRunDocument, readDocument } from './machine-document.ts';

/** @throws {ServiceError} StateMachineDoesNotExist */
export function existingMachine({ store }: Pick<EngineOptions, 'store'>, arn: string): MachineDocument {
  const machine = readDocument<MachineDocument>(store.document('machine', arn));
  if (machine !== undefined) return machine;
  if (!arn.startsWith('arn:')) throw new ServiceError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
  throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

/** @throws {ServiceError} ResourceNotFound */
export function existingMapRun({ store }: Pick<EngineOptions, 'store'>, arn: string): MapRunDocument {
  const run = readDocument<MapRunDocument>(store.document('map-run', arn));
  if (run === undefined) throw new ServiceError('ResourceNotFound', `Resource not found: '${arn}'`);
  return run;
}

/** The definition's text by revision. */
export function definitionOf({ store }: Pick<EngineOptions, 'store'>, revision: string): string {
  const definition = store.document('revision', revision)?.definition;
  return typeof definition === 'string' ? definition : '';
}
