import { setTimeout } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { System } from '../../services/system.ts';
import { readOwnRun } from '../../views/run/read-run.ts';
import { type EventList, eventList } from '../../views/why/event-view.ts';
import { runEvents } from '../../views/why/run-events.ts';
import { asStream } from '../kit/as-stream.ts';
import { OwnAnswer, operation, refuse } from '../kit/operation.ts';
import { count, name, noRun, pipelinesOf } from '../kit/params.ts';

const lookMilliseconds = 500;
/** Many clients give up after ten. */
const mostSeconds = 9;

export const listRunEvents = operation({
  name: 'listRunEvents',
  method: 'GET',
  path: '/runs/{run}/events',
  summary:
    'The history of a run, in sentences. `wait`: answers when there are new events, or after so many seconds. Streams to callers that accept text/event-stream',
  params: { run: name },
  query: { after: z.exactOptional(z.string().check(z.maxLength(300))), wait: count(mostSeconds) },
  answers: { status: 200, shape: eventList },
  streams: true,
  async act({ system, params: { run }, query, headers }) {
    const last = headers['last-event-id'];
    if (last !== undefined && last.length > 300) return refuse(400, ['Last-Event-ID has more than 300 characters']);
    const streamed = headers.accept?.includes('text/event-stream') === true;
    const after = (streamed ? last : undefined) ?? query.after;
    const wait = query.wait ?? (streamed ? mostSeconds : 0);
    for (let waited = 0; ; waited += lookMilliseconds) {
      const found = await look(system, run, after);
      if (found === undefined) return noRun(run);
      if (found.events.length > 0 || found.settled || waited >= wait * 1_000) {
        return streamed ? new OwnAnswer(asStream(found)) : found;
      }
      await setTimeout(lookMilliseconds);
    }
  },
});

async function look(system: System, id: string, after: string | undefined): Promise<EventList | undefined> {
  const found = await readOwnRun(system.ledger, id, pipelinesOf(system));
  return found === undefined ? undefined : runEvents(found.view, after);
}
