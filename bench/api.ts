import { createServer } from 'node:http';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { createRealClock } from '../local/clock/real-clock.ts';
import { openRuntime } from '../local/runtime.ts';
import { createApiDoor } from '../local/wire/api-door.ts';
import { createApiServer } from '../local/wire/api-server.ts';
import { listen } from '../local/wire/loopback-server.ts';
import { readProject } from '../project/read-project.ts';
import { inBenchFolder } from './kit/bench-folder.ts';
import { collectGarbage } from './kit/collect-garbage.ts';
import { fillHome } from './kit/fill-home.ts';
import { createOneTask } from './kit/one-task.ts';
import { printFigures } from './kit/print-figures.ts';
import { quantile } from './kit/quantile.ts';

const token = 'bench';
const rounds = 300;

/**
 * Latency of reading requests with many runs in the ledger, over an HTTP server that answers the same bytes from
 * memory. Both are in this process and take turns. Then the heap after ever more requests.
 */
export async function apiLatency(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string', default: '10000' },
      filled: { type: 'string' },
      requests: { type: 'string', default: '100000' },
      json: { type: 'boolean', default: false },
    },
  });
  await inBenchFolder(undefined, async (folder, settings) => {
    const root = values.filled ?? createOneTask(folder);
    const home = `${root}/.gluewright`;
    if (values.filled === undefined) await fillHome(root, home, Number(values.runs));
    const { pipelines, jobs } = await readProject(root, root);
    const runtime = await openRuntime({
      home,
      root,
      clock: createRealClock(),
      jobs,
      pipelines: pipelines.map(({ pipeline }) => pipeline),
      schedules: false,
    });
    const server = await createApiServer({ door: createApiDoor(runtime.functions), token, port: 0 });
    const answers = new Map<string, Buffer>();
    const bare = createServer((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(answers.get(request.url ?? ''));
    });
    const plain = await listen(bare, 0);
    try {
      const paths = [
        '/health',
        '/pipelines',
        '/pipelines/one',
        '/runs?limit=50',
        '/runs/one-fill-0',
        '/runs/one-fill-0/why',
      ];
      const rows = [];
      for (const path of paths) {
        answers.set(path, Buffer.from(await ask(server.url, path)));
        const [ours, bares]: [number[], number[]] = [[], []];
        for (let round = 0; round < rounds; round += 1) {
          ours.push(await timed(() => ask(server.url, path)));
          bares.push(await timed(() => ask(plain.url, path)));
        }
        // the first ones compile code
        const [later, barely] = [ours.slice(rounds / 10), bares.slice(rounds / 10)];
        const [p50, bare50] = [quantile(later, 0.5), quantile(barely, 0.5)];
        const [p99, bare99] = [quantile(later, 0.99), quantile(barely, 0.99)];
        rows.push({ path, 'p50 ms': p50, 'p99 ms': p99, 'p50 over bare': p50 / bare50, 'p99 over bare': p99 / bare99 });
      }
      const heap: { requests: number; 'heap MB': number; 'resident MB': number }[] = [];
      const total = Number(values.requests);
      for (let asked = 0; asked <= total; asked += 1) {
        if (asked % Math.max(1, Math.floor(total / 5)) === 0) {
          collectGarbage();
          const { heapUsed, rss } = process.memoryUsage();
          heap.push({ requests: asked, 'heap MB': heapUsed / 1e6, 'resident MB': rss / 1e6 });
        }
        await ask(server.url, paths[asked % paths.length] ?? '/health');
      }
      const load = (loadavg()[0] ?? 0).toFixed(1);
      printFigures('api', values.json, { settings: { ...settings, runs: values.runs, load }, rows, heap });
    } finally {
      await Promise.all([server.close(), plain.close()]);
      await runtime.close();
    }
  });
}

async function ask(url: string, path: string): Promise<string> {
  const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return text;
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}
