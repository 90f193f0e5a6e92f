import * as z from 'zod/mini';
import { isTooDeep } from '../json.ts';
import { readEvent } from './read-event.ts';

export type SqsMessage = {
  readonly messageId: string;
  /** The body's JSON; its text where it is none, or nested too deep to be looked at. */
  readonly body: unknown;
};

/** What a function answers, whose event source reports batch item failures: the others are not delivered again. */
export type SqsBatchAnswer = { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] };

const schema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/** @throws {UnreadableEvent} */
export function readSqsBatch(event: unknown): SqsMessage[] {
  return readEvent(schema, event).Records.map(({ messageId, body }) => ({ messageId, body: parseJson(body) }));
}

function parseJson(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return isTooDeep(body) ? text : body;
  } catch {
    return text;
  }
}
