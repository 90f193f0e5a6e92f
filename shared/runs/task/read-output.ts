import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import type { OutputRead } from './task-signal.ts';

/** The most bytes of an output, whatever room the state document has. */
export const outputBytes = 32 * 1024;

/** Checks a job's output: it must be a JSON object within its limit. */
export function readOutput(stored: { size: number; text?: string } | undefined, limit: number): OutputRead {
  if (stored === undefined) return { is: 'absent' };
  const allowed = Math.min(limit, outputBytes);
  if (stored.text === undefined)
    return { is: 'bad', why: `the output has ${stored.size} bytes, more than ${outputBytes}` };
  const value = parseObject(stored.text);
  if (value === undefined) {
    const beginning =
      stored.text.trim() === '' ? 'it is empty' : `it begins with ${JSON.stringify(stored.text.slice(0, 80))}`;
    return { is: 'bad', why: `the output is no JSON object: ${beginning}` };
  }
  return withinLimit(value, allowed);
}

export function withinLimit(value: Json, limit: number): OutputRead & { is: 'read' | 'bad' } {
  const allowed = Math.min(limit, outputBytes);
  const bytes = new TextEncoder().encode(JSON.stringify(value)).length;
  if (bytes > allowed) return { is: 'bad', why: `the output has ${bytes} bytes of JSON, more than ${allowed}` };
  return { is: 'read', value };
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
