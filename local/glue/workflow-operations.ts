import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod/mini';
import type { Json, JsonObject } from '../../shared/json.ts';
import { parseInput } from '../service/parse-input.ts';
import type { Service } from '../service/service.ts';
import { ServiceError } from '../service/service-error.ts';

/** What scripts of Glue workflows ask about a run. Undefined if the run does not exist. */
export type FindRun = (id: string) => Promise<{ readonly pipeline: string; readonly params: JsonObject } | undefined>;

const run = z.object({ Name: z.string(), RunId: z.string() });
const properties = z.object({ RunProperties: z.record(z.string(), z.string()) });

/**
 * The properties of a workflow run. A pipeline acts as the workflow: the run's parameters are its initial properties,
 * and scripts add more.
 */
export function workflowOperations(database: DatabaseSync, findRun: FindRun): Service['operations'] {
  database.exec(`
    CREATE TABLE IF NOT EXISTS glue_workflow_properties (
      run TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (run, name)
    ) WITHOUT ROWID;
  `);
  const all = database.prepare('SELECT name, value FROM glue_workflow_properties WHERE run = ?');
  const put = database.prepare('INSERT OR REPLACE INTO glue_workflow_properties VALUES (?, ?, ?)');

  async function paramsOf(input: unknown): Promise<{ readonly id: string; readonly params: JsonObject }> {
    const { Name, RunId } = parse(run, input);
    const found = await findRun(RunId);
    if (found?.pipeline === Name) return { id: RunId, params: found.params };
    throw new ServiceError('EntityNotFoundException', `The pipeline ${Name} has no run ${RunId}`);
  }

  return {
    async GetWorkflowRunProperties(input) {
      const { id, params } = await paramsOf(input);
      const given = Object.entries(params).map(([name, value]) => [name, textOf(value)]);
      const added = all.all(id).map(({ name, value }) => [String(name), String(value)]);
      return { RunProperties: Object.fromEntries([...given, ...added]) };
    },

    async PutWorkflowRunProperties(input) {
      const { id } = await paramsOf(input);
      const { RunProperties } = parse(properties, input);
      for (const [name, value] of Object.entries(RunProperties)) put.run(id, name, value);
      return {};
    },
  };
}

/** Glue's property values are strings. */
function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parse<T extends z.ZodMiniType>(schema: T, input: unknown): z.infer<T> {
  return parseInput(schema, input, 'InvalidInputException');
}
