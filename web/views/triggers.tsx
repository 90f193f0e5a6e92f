import { Batches } from './triggers/batches.tsx';
import { Datasets } from './triggers/datasets.tsx';
import { DeadLetters } from './triggers/dead-letters.tsx';
import { Queues } from './triggers/queues.tsx';
import { Schedules } from './triggers/schedules.tsx';
import { Waiting } from './triggers/waiting.tsx';
import { Where } from './triggers/where.tsx';

/** Schedules, batches, waiting triggers, queues and dead letters. */
export function Triggers() {
  return (
    <>
      <h1>Triggers</h1>
      <Where />
      <DeadLetters />
      <div class="sections">
        <Schedules />
        <Batches />
        <Waiting />
        <Queues />
      </div>
      <Datasets />
    </>
  );
}
