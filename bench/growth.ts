import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openEngineStore } from '../local/engine/store/open-engine-store.ts';
import { openDatabase } from '../local/open-database.ts';
import { inBenchFolder } from './bench-folder.ts';
import { chain } from './chain.ts';
import { collectGarbage } from './collect-garbage.ts';
import { openBenchEngine } from './open-bench-engine.ts';
import { printFigures } from './print-figures.ts';
import { runAll } from './run-all.ts';

const [steps, inFlight, sample] = [3, 100, 1_000];

/** One file that fills: what the last thousand executions cost, and what memory holds, at 1, 10 and 100 thousand. */
export async function growth(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { dir: { type: 'string' }, most: { type: 'string', default: '100000' }, json: { type: 'boolean' } },
  });
  const sizes = [1_000, 10_000, 100_000].filter((size) => size <= Number(values.most));
  await inBenchFolder(values.dir, async (folder, settings) => {
    const file = path.join(folder, 'engine.db');
    const database = openDatabase(file);
    const engine = openBenchEngine(openEngineStore(database));
    const machineArn = await engine.machine('chain', chain(steps));
    await runAll(engine, machineArn, 'warm-up', sample, inFlight);
    const rows: object[] = [];
    let done = 0;
    for (const size of sizes) {
      if (size - sample > done) await runAll(engine, machineArn, `fill-${size}`, size - sample - done, inFlight);
      const seconds = await runAll(engine, machineArn, `sample-${size}`, sample, inFlight);
      done = size;
      collectGarbage();
      const { heapUsed, rss } = process.memoryUsage();
      rows.push({
        executions: size,
        msPerExecution: (seconds * 1_000) / sample,
        heapMB: heapUsed / 1e6,
        rssMB: rss / 1e6,
        fileKBPerExecution: statSync(file).size / 1e3 / (size + sample),
      });
    }
    await engine.close();
    database.close();
    printFigures('growth', values.json === true, { settings: { ...settings, steps, inFlight, sample }, rows });
  });
}
