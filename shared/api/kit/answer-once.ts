import * as z from 'zod/mini';
import type { Json } from '../../json.ts';
import { Conflict } from '../../ledger/ledger.ts';
import { requestKey } from '../../ledger/ledger-keys.ts';
import { requestDigest } from '../../runs/run/request-digest.ts';
import type { System } from '../../services/system.ts';
import { type ApiAnswer, problem } from './api-answer.ts';

/** Seconds for which an answer is repeated. */
const keptSeconds = 24 * 3600;

/** Milliseconds after which the first caller counts as crashed: longer than any function may run. */
const leaseMilliseconds = 90_000;

/** Bytes. An item has room for 400 KB. A longer answer is not kept; repeating the operation must then be harmless. */
const mostBytes = 300_000;

const kept = z.object({
  request: z.string(),
  at: z.number(),
  answer: z.exactOptional(
    z.object({ statusCode: z.number(), headers: z.record(z.string(), z.string()), body: z.string() }),
  ),
});

/**
 * Acts once for each key: repeating a request gets the same answer. Refused requests are tried again.
 *
 * @param request identifies the request among others with the same key
 */
export async function answerOnce(
  { ledger, clock }: Pick<System, 'ledger' | 'clock'>,
  key: string,
  request: Json,
  act: () => Promise<ApiAnswer>,
): Promise<ApiAnswer> {
  const place = requestKey(key);
  const digest = requestDigest(request);
  const found = await ledger.get(place);
  const known = found === undefined ? undefined : kept.parse(found.value);
  const isFresh = known !== undefined && clock() - known.at < keptSeconds * 1_000;
  if (isFresh && known.request !== digest)
    return problem(409, [`the Idempotency-Key ${key} belongs to another request`]);
  if (isFresh && known.answer !== undefined) return known.answer;
  if (isFresh && clock() - known.at < leaseMilliseconds) return underWay(key);
  const expires = Math.floor(clock() / 1_000) + keptSeconds;
  const begun = { request: digest, at: clock() };
  try {
    await ledger.write([{ key: place, expect: found?.version ?? 0, value: begun, expires }]);
  } catch (error) {
    if (error instanceof Conflict) return underWay(key);
    throw error;
  }
  let answer: ApiAnswer | undefined;
  try {
    answer = await act();
    return answer;
  } finally {
    const isDone = answer !== undefined && answer.statusCode < 300 && Buffer.byteLength(answer.body) <= mostBytes;
    const value = isDone ? { ...begun, answer: { ...answer, headers: { ...answer?.headers } } } : undefined;
    await ledger.write([{ key: place, expect: 'any', value, ...(isDone ? { expires } : {}) }]);
  }
}

function underWay(key: string): ApiAnswer {
  const headers = { 'retry-after': '2' };
  return problem(409, [`the first request with the Idempotency-Key ${key} is still running`], {
    remedy: 'ask again in a moment',
    headers,
  });
}
