import { createRealClock } from '../../local/clock/real-clock.ts';
import { openRuntime } from '../../local/runtime.ts';
import { createApiDoor } from '../../local/wire/api-door.ts';
import { createApiServer } from '../../local/wire/api-server.ts';
import { bigPipeline } from './big-graph.ts';
import { type BigPipeline, idOf, type LiveState, withBigRuns } from './big-ledger.ts';

export const big: BigPipeline = { name: 'big', tasks: 1_000 };
export const huge: BigPipeline = { name: 'huge', tasks: 5_000 };

export type BigServer = {
  /** Lets a browser in, once. */
  invite(): string;
  readonly url: string;
  readonly live: LiveState;
  /** What the API answers, without the HTTP server. */
  ask(path: string): Promise<unknown>;
  close(): Promise<void>;
};

/** The page and the API of this machine, with 10,000 runs of each pipeline in the ledger. @param folder the page's */
export async function openBigServer(folder: string): Promise<BigServer> {
  const live: LiveState = { done: 500 };
  const all = [big, huge];
  const runtime = await openRuntime({
    home: ':memory:',
    clock: createRealClock(),
    pipelines: all.map(({ name, tasks }) => bigPipeline(name, tasks)),
    jobs: { work: { name: 'work', type: 'pythonshell', args: {}, maxConcurrentRuns: 1_000 } },
    simulate: () => ({ seconds: 60 }),
    schedules: false,
    wrapLedger: (ledger) => withBigRuns(ledger, all, live),
  });
  const door = createApiDoor(runtime.functions);
  const server = await createApiServer({ door, page: folder, port: 0 });
  return {
    live,
    url: `${server.url}/`,
    invite: server.invite,
    ask: (address) => {
      const [path = '', query] = address.split('?');
      const body = new Uint8Array();
      return door({ method: 'GET', path, query: new URLSearchParams(query), headers: {}, body });
    },
    async close() {
      await server.close();
      await runtime.close();
    },
  };
}

export const liveRun = idOf(big, 0);
export const hugeRun = idOf(huge, 0);
/** 6,000 runs are newer. */
export const oldRun = idOf(big, 6_000);
