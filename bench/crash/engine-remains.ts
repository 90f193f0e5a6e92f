import path from 'node:path';
import { openEngineStore } from '../../local/engine/store/open-engine-store.ts';
import { openDatabase } from '../../local/storage/open-database.ts';
import { isJsonObject } from '../../shared/json.ts';
import { openBenchEngine } from '../kit/open-bench-engine.ts';
import type { Ended } from './verdict.ts';

/** Every execution in the file, with its whole history. */
export async function engineRemains(folder: string): Promise<readonly Ended[]> {
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
