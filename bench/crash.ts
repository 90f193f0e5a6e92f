import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openEngineStore } from '../local/engine/store/open-engine-store.ts';
import { openDatabase } from '../local/open-database.ts';
import { isJsonObject } from '../shared/json.ts';
import { inBenchFolder } from './bench-folder.ts';
import { readJournal } from './crash-journal.ts';
import { crashVerdict, type Ended } from './crash-verdict.ts';
import { openBenchEngine } from './open-bench-engine.ts';
import { printFigures } from './print-figures.ts';

const [inFlight, longestLifeMs] = [20, 500];

/** Kills a process that runs the engine on a file, again and again, and looks at what the file and the world hold. */
export async function crash(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { dir: { type: 'string' }, kills: { type: 'string', default: '200' }, json: { type: 'boolean' } },
  });
  const kills = Number(values.kills);
  await inBenchFolder(values.dir, async (folder, settings) => {
    for (let kill = 0; kill < kills; kill += 1) await liveAndDie(folder, Math.random() * longestLifeMs);
    await live(folder);
    const verdict = crashVerdict(readJournal(path.join(folder, 'journal')), await executionsIn(folder));
    printFigures('crash', values.json === true, {
      settings: { ...settings, kills, inFlight, longestLifeMs },
      ...verdict,
    });
    if (verdict.lost + verdict.duplicateStarts + verdict.historyGaps + verdict.wrongHistories > 0) process.exitCode = 1;
  });
}

function begin(folder: string, flying: number) {
  const life = path.join(import.meta.dirname, 'crash-life.ts');
  return spawn(process.execPath, [life, folder, String(flying)], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Killed so many milliseconds after it has begun to open its files: while it recovers, too. */
async function liveAndDie(folder: string, ms: number): Promise<void> {
  const child = begin(folder, inFlight);
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended]);
  await Promise.race([sleep(ms), ended]);
  child.kill('SIGKILL');
  const [code]: unknown[] = await ended;
  if (code !== null) throw new Error(`the engine's process ended by itself, with ${code}`);
}

/** The last life: nothing new is started, and all that was comes to its end. */
async function live(folder: string): Promise<void> {
  const [code]: unknown[] = await once(begin(folder, 0), 'exit');
  if (code !== 0) throw new Error(`the engine's process ended with ${code}`);
}

async function executionsIn(folder: string): Promise<readonly Ended[]> {
  const database = openDatabase(path.join(folder, 'engine.db'));
  const store = openEngineStore(database);
  const engine = openBenchEngine(store);
  const found: Ended[] = [];
  for (const { arn, status } of store.executions({ limit: Number.MAX_SAFE_INTEGER })) {
    const { events } = await engine.call('GetExecutionHistory', { executionArn: arn, maxResults: 1_000 });
    found.push({ arn, status, events: Array.isArray(events) ? events.filter(isJsonObject) : [] });
  }
  await engine.close();
  database.close();
  return found;
}
