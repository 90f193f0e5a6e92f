import { type ObjectCreated, readObjectCreated } from '../events/object-created.ts';
import { readSqsBatch, type SqsBatchAnswer, type SqsMessage } from '../events/sqs-batch.ts';
import { matchArrival } from '../triggers/match-arrival.ts';
import { startRun } from './start-run.ts';
import type { System } from './system.ts';

/** Objects have arrived: starts the runs that they ask for. A delivery that comes again meets the run that is there. */
export async function onObjects(system: System, messages: readonly SqsMessage[]): Promise<SqsBatchAnswer> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of messages) {
    try {
      await onObject(system, readObjectCreated(body));
    } catch (error) {
      // one that fails does not keep the others: it comes again, and in the end lies with the dead letters
      system.log({ message: 'arrival failed', messageId, error: error instanceof Error ? error.name : 'Error' });
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

async function onObject(system: System, object: ObjectCreated): Promise<void> {
  const pipelines = system.catalog.pipelines.map(({ pipeline }) => pipeline);
  for (const arrival of matchArrival(pipelines, object)) {
    const answer = await startRun(system, arrival);
    if (answer.is === 'refused') throw new RefusedArrival(answer.problems.join('; '));
    system.log({ message: answer.again ? 'arrival known' : 'arrival', run: answer.run.id, pipeline: arrival.pipeline });
  }
}

/** An object asks for a run that cannot be: its key binds what is no value of the parameter, for example. */
class RefusedArrival extends Error {
  override readonly name = 'Gluewright.RefusedArrival';
}

/** SQS hands over a batch; whatever invokes the function with an event itself gets it treated as a batch of one. */
export function readArrivals(event: unknown): SqsMessage[] {
  if (typeof event === 'object' && event !== null && 'detail-type' in event)
    return [{ messageId: 'event', body: event }];
  return readSqsBatch(event);
}
