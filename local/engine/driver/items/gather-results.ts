import { isJsonObject, type Json, type JsonObject } from '../../../../shared/json.ts';
import { asJson, parseJson } from '../../data/json-text.ts';
import type { ResultWriter } from '../../frames/command.ts';
import type { EngineOptions } from '../../ports/engine-options.ts';
import type { ExecutionRecord } from '../../ports/engine-store.ts';
import { moreOf } from '../../store/execution-record.ts';

type Order = { readonly mapRunArn: string; readonly writer: ResultWriter | undefined };

const pageSize = 1_000;

/** A distributed Map's result: its children's outputs in item order, or where they were written. */
export async function gatherResults(options: EngineOptions, { mapRunArn, writer }: Order): Promise<Json> {
  const children = childrenOf(options, mapRunArn);
  const succeeded = children.filter(({ status }) => status === 'SUCCEEDED');
  if (writer?.arguments === undefined) return transformed(succeeded, writer);
  return await write(options, mapRunArn, children, writer, writer.arguments);
}

function childrenOf({ store }: EngineOptions, mapRunArn: string): readonly ExecutionRecord[] {
  const found: ExecutionRecord[] = [];
  for (let before: number | undefined; ; ) {
    const page = store.executions({ mapRunArn, limit: pageSize, ...(before !== undefined && { before }) });
    found.push(...page);
    before = page.at(-1)?.key;
    if (page.length < pageSize) break;
  }
  const place = (record: ExecutionRecord) => moreOf(record).starter?.index ?? 0;
  return found.sort((one, other) => place(one) - place(other));
}

/**
 * `WriterConfig.Transformation`: NONE writes everything about each child, COMPACT its output, FLATTEN its output's
 * items.
 */
function transformed(children: readonly ExecutionRecord[], writer: ResultWriter | undefined): Json {
  const transformation = writer?.config.Transformation ?? 'COMPACT';
  if (transformation === 'NONE') return children.map(metadata);
  const outputs = children.map(({ output }) => parseJson(output ?? 'null'));
  return transformation === 'FLATTEN' ? outputs.flat() : outputs;
}

function metadata(record: ExecutionRecord): JsonObject {
  const { name, error, cause } = moreOf(record);
  return asJson({
    ExecutionArn: record.arn,
    Input: record.input,
    InputDetails: { Included: true },
    Name: name,
    ...(record.output !== undefined && { Output: record.output, OutputDetails: { Included: true } }),
    ...(error !== undefined && { Error: error }),
    ...(cause !== undefined && { Cause: cause }),
    RedriveCount: 0,
    RedriveStatus: 'NOT_REDRIVABLE',
    StartDate: new Date(record.startedAt).toISOString(),
    StateMachineArn: record.machineArn,
    Status: record.status,
    ...(record.stoppedAt !== undefined && { StopDate: new Date(record.stoppedAt).toISOString() }),
  }) as JsonObject;
}

/** The objects that AWS writes: a manifest, and one file for each outcome. */
async function write(
  { objects }: EngineOptions,
  mapRunArn: string,
  children: readonly ExecutionRecord[],
  writer: ResultWriter,
  target: JsonObject,
): Promise<Json> {
  if (objects === undefined) throw new Error('There is no object store to write the results to.');
  const bucket = String(target.Bucket);
  const prefix = typeof target.Prefix === 'string' && target.Prefix !== '' ? `${target.Prefix}/` : '';
  const folder = `${prefix}${mapRunArn.split(':').at(-1)}`;
  const files: Record<string, JsonObject[]> = { SUCCEEDED: [], FAILED: [], PENDING: [] };
  const put = async (key: string, text: string) => {
    const body = new TextEncoder().encode(text);
    await objects.put(bucket, key, body);
    return body.length;
  };
  for (const outcome of ['SUCCEEDED', 'FAILED'] as const) {
    const group = children.filter(({ status }) => (status === 'SUCCEEDED') === (outcome === 'SUCCEEDED'));
    if (group.length === 0) continue;
    const given =
      outcome === 'FAILED'
        ? group.map(metadata)
        : transformed(group, { ...writer, config: { Transformation: 'NONE', ...writer.config } });
    const lines = writer.config.OutputType === 'JSONL' && Array.isArray(given);
    const text = lines ? given.map((item) => JSON.stringify(item)).join('\n') : JSON.stringify(given);
    const Key = `${folder}/${outcome}_0.${lines ? 'jsonl' : 'json'}`;
    files[outcome] = [{ Key, Size: await put(Key, text) }];
  }
  const manifest = `${folder}/manifest.json`;
  await put(manifest, JSON.stringify({ DestinationBucket: bucket, MapRunArn: mapRunArn, ResultFiles: files }));
  const described: unknown = { MapRunArn: mapRunArn, ResultWriterDetails: { Bucket: bucket, Key: manifest } };
  const result = asJson(described);
  return isJsonObject(result) ? result : null;
}
