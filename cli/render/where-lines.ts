import type { ArrivalView, WhereView } from '../../shared/views/triggers/trigger-lists.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { timestamp } from './timestamp.ts';

/** The fate of an object: each of its versions, or why no trigger takes it. */
export function whereLines({ style }: Pick<Terminal, 'style'>, where: WhereView): string[] {
  const { bucket, key, size, arrivals, triggers } = where;
  const title = style('bold', `s3://${bucket}/${key}`);
  if (arrivals.length > 0) return [title, ...arrivals.flatMap(arrivalLines)];
  const waiting = triggers.filter(({ why }) => why === undefined);
  if (waiting.length > 0) {
    const names = waiting.map(({ pipeline, trigger }) => `${pipeline}.${trigger}`).join(', ');
    if (size === undefined) return [title, `  has not arrived; ${names} would receive it`];
    return [title, `  exists, but was not received; ${names} receives new objects while npx gluewright dev runs`];
  }
  if (triggers.length === 0) return [title, '  no pipeline has an s3 trigger'];
  return [
    title,
    '  no trigger waits for it',
    ...triggers.map((each) => `  ${each.pipeline}.${each.trigger}: ${each.why}`),
  ];
}

function arrivalLines(arrival: ArrivalView): string[] {
  const { pipeline, trigger, batch, at, version, etag, state, ending, run, status, until } = arrival;
  const which = version ?? etag ?? '';
  const outcome = {
    gathering: until === undefined ? 'its batch is open' : `its batch is open, until ${timestamp(until)} at the latest`,
    complete: `its batch is complete (${ending}), and its run is starting`,
    refused: 'its run was refused: npx gluewright dead-letters says why',
    started: `run ${run}: ${status}`,
  } as const;
  return [
    `  ${timestamp(at)}  ${pipeline}.${trigger}${which === '' ? '' : `, version ${which}`}`,
    `      batch ${batch}`,
    `      ${outcome[state]}`,
  ];
}
