import * as z from 'zod/mini';
import { isJsonObject } from '../json.ts';
import { storedJson } from '../ledger/decision.ts';
import { digest } from '../ledger/digest.ts';
import { itemsOf } from '../ledger/items-of.ts';
import { deadLettersPartition } from '../ledger/ledger-keys.ts';
import { parseRecord, readRecord } from '../ledger/read-record.ts';
import type { System } from '../services/system.ts';
import type { RunRequest } from './start-run.ts';

const stored = z.object({ id: z.string(), at: z.number(), problems: z.array(z.string()) });

/** A refused run. An event requested it, so nobody will request it again. */
const refusedRun = z.extend(stored, { kind: z.literal('run'), request: z.custom<RunRequest>(isJsonObject) });
/** A message that cannot be read. */
const message = z.extend(stored, { kind: z.literal('message'), body: storedJson });

const deadLetter = z.discriminatedUnion('kind', [refusedRun, message]);
/** What could not be taken or started. `at` in epoch milliseconds. */
export type DeadLetter = z.output<typeof deadLetter>;

type Buried =
  | { readonly kind: 'run'; readonly request: RunRequest; readonly problems: readonly string[] }
  | { readonly kind: 'message'; readonly body: unknown; readonly problems: readonly string[] };

/** Bytes, below the limit of an item. A longer body is cut to the beginning of its text. */
const bodyLimit = 300_000;

/** @param identity the same identity makes the same letter */
export async function bury(system: System, letter: Buried, identity: string): Promise<void> {
  const id = digest(`${letter.kind}\n${identity}`);
  const known = { id, at: system.clock(), problems: [...letter.problems] };
  const text = JSON.stringify(letter.kind === 'run' ? letter.request : (letter.body ?? null));
  const content: unknown = Buffer.byteLength(text) > bodyLimit ? beginningOf(text) : JSON.parse(text);
  const value: unknown = JSON.parse(
    JSON.stringify({ ...known, kind: letter.kind, [letter.kind === 'run' ? 'request' : 'body']: content }),
  );
  if (!isJsonObject(value)) return;
  await system.ledger.write([{ key: keyOf(id), expect: 'any', value }]);
  // an alarm counts these log lines: shared/deploy/watch/refusals.ts
  system.log({ message: 'dead letter kept', kind: letter.kind, id });
}

/** Short enough as a JSON string, in which a character may take six bytes. */
function beginningOf(text: string): string {
  let kept = text;
  while (Buffer.byteLength(JSON.stringify(kept)) > bodyLimit) kept = kept.slice(0, kept.length / 2);
  return kept;
}

export async function listDeadLetters({ ledger }: Pick<System, 'ledger'>): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = [];
  for await (const item of itemsOf(ledger, deadLettersPartition)) letters.push(parseRecord(deadLetter, item));
  return letters.sort((a, b) => a.at - b.at);
}

/** Undefined: there is no such letter, or it was dropped. */
export function findDeadLetter({ ledger }: Pick<System, 'ledger'>, id: string): Promise<DeadLetter | undefined> {
  return readRecord(ledger, keyOf(id), deadLetter);
}

export async function forget({ ledger }: Pick<System, 'ledger'>, id: string): Promise<void> {
  await ledger.write([{ key: keyOf(id), expect: 'any', value: undefined }]);
}

function keyOf(id: string) {
  return { partition: deadLettersPartition, sort: id };
}
