import type { Signal } from '../frames/signal.ts';
import type { Turn } from '../frames/turn.ts';
import { itemEnded, itemsGathered, limitsChanged, runItems } from '../states/map/map-run.ts';
import type { Move } from './move.ts';

type MapRunSignal = Extract<Signal, { kind: 'limits-changed' | 'items-read' | 'item-ended' | 'items-gathered' }>;

/** The moves on a distributed Map's signal. Signals for an ended run have no effect. */
export function mapRunMoves(turn: Turn, signal: MapRunSignal): readonly Move[] {
  const frame = turn.execution.frames.get(signal.frame);
  if (frame?.phase.kind !== 'map-run' || frame.phase.token !== signal.token) return [];
  switch (signal.kind) {
    case 'limits-changed':
      return [{ frame, work: (...args) => limitsChanged(...args, signal.limits) }];
    case 'items-read':
      if (frame.phase.total !== undefined && frame.phase.total > 0) return [];
      return [{ frame, work: (...args) => runItems(...args, signal.items) }];
    case 'item-ended':
      return [{ frame, work: (...args) => itemEnded(...args, signal.succeeded) }];
    case 'items-gathered':
      return [{ frame, work: (...args) => itemsGathered(...args, signal.result) }];
  }
}
