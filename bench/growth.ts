import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openEngineStore } from '../local/engine/store/open-engine-store.ts';
import { openDatabase } from '../local/storage/open-database.ts';
import { chain } from './chain.ts';
import { inBenchFolder } from './kit/bench-folder.ts';
import { collectGarbage } from './kit/collect-garbage.ts';
import { openBenchEngine } from './kit/open-bench-engine.ts';
import { printFigures } from './kit/print-figures.ts';
import { runAll } from './run-all.ts';

const [steps, inFlight, sample] = [3, 100, 1_000];

/** How often garbage is collected. Otherwise resident memory shows V8's laziness and not what is held. */
const chunk = 10_000;

/**
 * One growing file: the cost of the last thousand executions, and memory, at 1, 10 and 100 thousand executions, and at
 * 300 thousand with `--most 300000`. Resident memory is V8's heap, used or kept for later, and memory outside it: the
 * program's code, SQLite's pages, C++ allocations. A leak in either would show here.
 */
export async function growth(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { dir: { type: 'string' }, most: { type: 'string', default: '100000' }, json: { type: 'boolean' } },
  });
  const sizes = [1_000, 10_000, 100_000, 300_000].filter((size) => size <= Number(values.most));
  await inBenchFolder(values.dir, async (folder, settings) => {
    const file = path.join(folder, 'engine.db');
    const database = openDatabase(file);
    const engine = openBenchEngine(openEngineStore(database));
    const machineArn = await engine.machine('chain', chain(steps));
    await runAll(engine, machineArn, 'warm-up', sample, inFlight);
    const rows: object[] = [];
    let done = 0;
    for (const size of sizes) {
      for (; done < size - sample; done = Math.min(done + chunk, size - sample)) {
        collectGarbage();
        await runAll(engine, machineArn, `fill-${done}`, Math.min(chunk, size - sample - done), inFlight);
      }
      const seconds = await runAll(engine, machineArn, `sample-${size}`, sample, inFlight);
      done = size;
      collectGarbage();
      const { heapUsed, heapTotal, rss } = process.memoryUsage();
      rows.push({
        executions: size,
        msPerExecution: (seconds * 1_000) / sample,
        heapMB: heapUsed / 1e6,
        heapKeptMB: (heapTotal - heapUsed) / 1e6,
        outsideHeapMB: (rss - heapTotal) / 1e6,
        rssMB: rss / 1e6,
        fileKBPerExecution: statSync(file).size / 1e3 / (size + sample),
      });
    }
    await engine.close();
    database.close();
    printFigures('growth', values.json === true, { settings: { ...settings, steps, inFlight, sample }, rows });
  });
}
