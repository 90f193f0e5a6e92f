import * as z from 'zod/mini';
import { readEvent } from './read-event.ts';

export type SqsMessage = {
  readonly messageId: string;
  /** The body's JSON; its text where it is none. */
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
    return JSON.parse(text);
  } catch {
    return text;
  }
}
