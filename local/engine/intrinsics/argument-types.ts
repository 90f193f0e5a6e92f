import { BadArgument } from './intrinsic.ts';

const show = (value: unknown): string => JSON.stringify(value)?.slice(0, 200) ?? 'nothing';

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new BadArgument(`Expected a string, but got ${show(value)}`);
  return value;
}

export function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new BadArgument(`Expected an array, but got ${show(value)}`);
  return value;
}

export function object(value: unknown): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadArgument(`Expected an object, but got ${show(value)}`);
  }
  return value;
}

/** Rounds to the nearest integer (Step Functions guide: intrinsic functions). */
export function integer(value: unknown): number {
  if (typeof value !== 'number') throw new BadArgument(`Expected a number, but got ${show(value)}`);
  return Math.round(value) + 0; // Avoids -0.
}
