import * as z from 'zod/mini';
import { isTooDeep } from '../json.ts';
import { readEvent } from './read-event.ts';

export type SqsMessage = {
  readonly messageId: string;
  /** The body's JSON, or its text if it is no JSON or nested too deeply. */
  readonly body: unknown;
};

/** The answer of a function with `ReportBatchItemFailures`: only the named messages are delivered again. */
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
