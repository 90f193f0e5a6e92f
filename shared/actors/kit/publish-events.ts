import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { domainSource } from '../../events/domain-source.ts';
import type { DomainEvent } from '../../news/domain-events.ts';
import { failureOf } from '../../services/service-error.ts';
import type { System } from '../../services/system.ts';

/** The most entries that EventBridge takes in one call. */
const atOnce = 10;

/**
 * Puts domain events on the bus, best effort, as Glue and Step Functions do. Nothing in Gluewright depends on them,
 * so a failed call is not repeated.
 */
export async function tellOthers(system: System, news: readonly DomainEvent[]): Promise<void> {
  const { events, stack } = system;
  if (events === undefined) return;
  for (let from = 0; from < news.length; from += atOnce) {
    const Entries = news.slice(from, from + atOnce).map(({ type, detail }) => ({
      Source: domainSource,
      DetailType: type,
      Detail: JSON.stringify({ stack, ...detail }),
    }));
    try {
      const { FailedEntryCount = 0 } = await events.send(new PutEventsCommand({ Entries }));
      if (FailedEntryCount > 0) system.log({ message: 'events not taken', count: FailedEntryCount });
    } catch (error) {
      system.log({ message: 'events not sent', count: news.length - from, error: failureOf(error).name });
      return;
    }
  }
}
