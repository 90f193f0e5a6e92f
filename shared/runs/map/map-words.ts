import { countOf, type MapRecord } from './map-record.ts';

/** How many failed items a message names. */
const mostNamed = 5;

/** How far the items are, such as `12 of 365 done, 2 failed: 2026-01-03, 2026-02-01`. */
export function mapProgress(map: MapRecord): string {
  const kept = countOf(map, 'kept');
  const done = countOf(map, 'succeeded') + kept;
  const failed = countOf(map, 'failed');
  const total = map.states.length;
  return [
    total === 0 ? 'no items' : `${done} of ${total} done${kept === 0 ? '' : ` (${kept} kept)`}`,
    ...(failed === 0 ? [] : [`${failed} failed: ${namesOf(map, failed)}`]),
  ].join(', ');
}

/** Why the task has ended as it did. */
export function mapReason(map: MapRecord): string {
  const waiting = countOf(map, 'waiting');
  const [first] = map.failures;
  const unstarted = waiting === 0 ? '' : `; ${waiting} not started`;
  const because = map.ended?.as === 'failed' && first !== undefined ? `; ${first.label}: ${first.why}` : '';
  return `${mapProgress(map)}${unstarted}${because}`;
}

function namesOf({ failures }: MapRecord, failed: number): string {
  const named = failures.slice(0, mostNamed).map(({ label }) => label);
  return [...named, ...(failed > named.length ? ['…'] : [])].join(', ');
}
