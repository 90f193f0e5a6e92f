import { createVirtualClock, type VirtualClock } from '../../../local/clock/virtual-clock.ts';
import { Conflict, type Ledger } from '../../../shared/ledger/ledger.ts';
import type { Pipeline } from '../../../shared/model/pipeline.ts';
import type { System } from '../../../shared/services/system.ts';
import { createRandom } from '../../../testing/random.ts';
import { World } from './world.ts';

/** Functions that are invoked together on a ledger as slow as DynamoDB, so they conflict. */
export class SlowWorld {
  readonly world: World;
  readonly system: System;
  readonly clock: VirtualClock;
  writes = 0;
  conflicts = 0;
  /** A test's hook before a write, which may throw. */
  fault: (() => void) | undefined;

  constructor(pipelines?: readonly Pipeline[]) {
    this.world = new World(pipelines);
    this.clock = createVirtualClock(this.world.now);
    const random = createRandom(1);
    const pass = (milliseconds: number) =>
      new Promise<void>((resolve) => void this.clock.at(this.clock.now() + milliseconds, resolve));
    const inner = this.world.ledger;
    const ledger: Ledger = {
      get: async (key) => {
        await pass(3 + random.next() * 4);
        return inner.get(key);
      },
      list: async (partition, options) => {
        await pass(3 + random.next() * 4);
        return inner.list(partition, options);
      },
      write: async (changes) => {
        await pass(5 + random.next() * 5);
        this.writes += 1;
        this.fault?.();
        try {
          await inner.write(changes);
        } catch (error) {
          if (error instanceof Conflict) this.conflicts += 1;
          throw error;
        }
      },
    };
    const clock = () => this.clock.now();
    this.system = { ...this.world.system, clock, random: () => random.next(), pause: pass, ledger };
  }

  /** Lets time pass until all of it is done. */
  async all<T>(work: readonly Promise<T>[]): Promise<PromiseSettledResult<T>[]> {
    let done = false;
    const settled = Promise.allSettled(work).finally(() => {
      done = true;
    });
    await this.clock.run(() => done);
    return settled;
  }
}
