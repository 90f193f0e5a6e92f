import { startOrBury } from '../../actors/start-or-dead-letter.ts';
import type { EventDue } from '../../events/event-due.ts';
import type { System } from '../../services/system.ts';

/** An event of the account has come for a trigger. Its run starts once, however often the event is delivered. */
export async function onEvent(system: System, { pipeline, trigger: name, event }: EventDue): Promise<void> {
  const trigger = system.catalog.byName(pipeline)?.pipeline.triggers[name];
  const { id, source, account, time, region, resources, detail } = event;
  if (trigger?.kind !== 'event') {
    // a rule outlives its trigger for as long as a deployment takes
    system.log({ message: 'no such trigger', pipeline, trigger: name, event: id });
    return;
  }
  const facts = { id, source, detailType: event['detail-type'], account, time, region, resources, detail };
  await startOrBury(system, {
    pipeline,
    cause: `${name}\nevent ${id}`,
    label: `${name}-${id}`,
    trigger: { kind: 'event', name, ...facts },
  });
}
