import { bury } from '../../actors/dead-letters.ts';
import { readObjectCreated } from '../../events/object-created.ts';
import { UnreadableEvent } from '../../events/read-event.ts';
import { readSqsBatch, type SqsBatchAnswer, type SqsMessage } from '../../events/sqs-batch.ts';
import type { System } from '../../services/system.ts';
import { type Arrival, matchArrival } from '../../triggers/arrivals/match-arrival.ts';
import { takeIn } from './receive-objects.ts';

/**
 * Puts arrived objects into a batch of every trigger that waits for them, and starts the runs of complete batches. A
 * message that cannot be read becomes a dead letter at once: reading it again would not help.
 */
export async function onObjects(system: System, messages: readonly SqsMessage[]): Promise<SqsBatchAnswer> {
  const failed = new Set<string>();
  const fail = (messageId: string, error: unknown): void => {
    // one failing object does not hold up the others: SQS delivers it again, and in the end it becomes a dead letter
    system.log({ message: 'arrival failed', messageId, error: error instanceof Error ? error.name : 'Error' });
    failed.add(messageId);
  };
  const taken: { readonly messageId: string; readonly arrivals: readonly Arrival[] }[] = [];
  for (const message of messages) {
    try {
      taken.push({ messageId: message.messageId, arrivals: await arrivalsOf(system, message) });
    } catch (error) {
      fail(message.messageId, error);
    }
  }
  const together = Map.groupBy(
    taken.flatMap(({ messageId, arrivals }) => arrivals.map((arrival) => ({ messageId, arrival }))),
    ({ arrival: { pipeline, trigger, params } }) => JSON.stringify([pipeline, trigger, params]),
  );
  for (const group of together.values()) {
    try {
      await takeIn(
        system,
        group.map(({ arrival }) => arrival),
      );
    } catch (error) {
      for (const { messageId } of group) fail(messageId, error);
    }
  }
  return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}

async function arrivalsOf(system: System, { body }: SqsMessage): Promise<Arrival[]> {
  const pipelines = system.catalog.pipelines.map(({ pipeline }) => pipeline);
  try {
    const arrivals = matchArrival(pipelines, readObjectCreated(body));
    for (const { pipeline, trigger } of arrivals) system.log({ message: 'arrival', pipeline, trigger });
    return arrivals;
  } catch (error) {
    if (!(error instanceof UnreadableEvent)) throw error;
    system.log({ message: 'arrival not readable', problem: error.message });
    await bury(system, { kind: 'message', body, problems: [error.message] }, JSON.stringify(body ?? null));
    return [];
  }
}

/** SQS delivers a batch of messages. A plain event counts as a batch of one. */
export function readArrivals(event: unknown): SqsMessage[] {
  if (typeof event === 'object' && event !== null && 'detail-type' in event)
    return [{ messageId: 'event', body: event }];
  return readSqsBatch(event);
}
