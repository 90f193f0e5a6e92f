import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { clientsWith } from '../calls/clients.ts';
import { isJsonObject, present } from '../json.ts';
import { createDynamodbLedger } from '../ledger/dynamodb-ledger.ts';
import type { Channels } from '../model/channel.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Pools } from '../model/pool.ts';
import { callLimits, requestHandler } from '../services/call-limits.ts';
import { type Catalog, createCatalog } from '../services/catalog.ts';
import type { System } from '../services/system.ts';
import { throttlingRetries } from '../services/throttling-retries.ts';
import { visit } from '../services/visit.ts';
import type { LambdaHandler } from './door.ts';
import { type Environment, MissingSetting } from './environment.ts';
import { limited } from './limited.ts';
import { metricLine } from './metric-line.ts';
import { objectStoreOnUse } from './object-store-on-use.ts';

/** The system in Lambda, made at the first event and then kept. */
export function fromEnvironment(createHandler: (system: System) => LambdaHandler): LambdaHandler {
  let handler: LambdaHandler | undefined;
  return (event, context) => {
    handler ??= createHandler(systemFromEnvironment(process.env));
    return handler(event, context);
  };
}

/** @throws {MissingSetting} */
function systemFromEnvironment(environment: Environment): System {
  const setting = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === '') throw new MissingSetting(name);
    return value;
  };
  return {
    stack: setting('GLUEWRIGHT_STACK'),
    outputBucket: setting('GLUEWRIGHT_OUTPUT_BUCKET'),
    settles: true,
    ...present({ region: environment.AWS_REGION }),
    clock: Date.now,
    random: Math.random,
    uuid: randomUUID,
    pause: (milliseconds) => setTimeout(milliseconds),
    ledger: createDynamodbLedger(
      DynamoDBDocumentClient.from(new DynamoDBClient(limited('ledger'))),
      setting('GLUEWRIGHT_TABLE'),
    ),
    visit,
    sfn: new SFNClient(limited('states')),
    clients: clientsWith({
      retryStrategy: throttlingRetries(Math.random, Date.now),
      requestHandler: requestHandler(callLimits.work),
    }),
    events: new EventBridgeClient(limited('events')),
    objects: objectStoreOnUse(),
    catalog: readCatalog(setting('GLUEWRIGHT_CATALOG'), setting('GLUEWRIGHT_STATE_MACHINES')),
    log: (entry) => console.log(JSON.stringify(entry)),
    measure: (figures) => process.stdout.write(metricLine(setting('GLUEWRIGHT_STACK'), figures, Date.now())),
  };
}

/** Written by our own deployment, from checked pipelines. */
const pipeline = z.custom<Pipeline>((value) => isJsonObject(value) && typeof value.name === 'string');
const channels = z.custom<Channels>(isJsonObject);
const pools = z.custom<Pools>(isJsonObject);
const catalogFile = z.object({
  channels: z.optional(channels),
  pools: z.optional(pools),
  pipelines: z.array(z.object({ pipeline, stateMachine: z.string(), alias: z.optional(z.string()) })),
});

/**
 * `name` is a file beside the bundle, written before the account is known. This code is in the bundle, or in its folder
 * beside it. `machines` is the beginning of every state machine's ARN there, up to and including `:stateMachine:`.
 */
function readCatalog(name: string, machines: string): Catalog {
  const [beside, above] = [new URL(name, import.meta.url), new URL(`../${name}`, import.meta.url)];
  const text = readFileSync(existsSync(beside) ? beside : above, 'utf8');
  const { pipelines, channels = {}, pools = {} } = catalogFile.parse(JSON.parse(text));
  return createCatalog(
    pipelines.map(({ pipeline, stateMachine, alias }) => ({
      pipeline,
      stateMachineArn: `${machines}${stateMachine}`,
      ...(alias !== undefined && { alias }),
    })),
    channels,
    pools,
  );
}
