import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandOutput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { isJsonObject, type JsonObject, present } from '../json.ts';
import { changesLimit, encodeItem } from './encode-item.ts';
import {
  type Change,
  Conflict,
  type Item,
  type Key,
  type Ledger,
  type ListOptions,
  type Page,
  ThroughputExceeded,
} from './ledger.ts';

/** The attributes of the table: `pk` and `sk` are its key, `expires` is its TTL. */
const row = z.object({ pk: z.string(), sk: z.string(), version: z.number(), value: z.string() });

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

export function createDynamodbLedger(client: DynamoDBDocumentClient, table: string): Ledger {
  return {
    async get(key) {
      const answer = await client.send(new GetCommand({ TableName: table, Key: keyOf(key), ConsistentRead: true }));
      return answer.Item === undefined ? undefined : toItem(answer.Item);
    },

    async list(partition, options = {}) {
      return toPage(await client.send(new QueryCommand(query(table, partition, options))));
    },

    async write(changes) {
      if (changes.length > changesLimit) throw new RangeError(`${changes.length} changes in one write`);
      const items = changes.map((change) => toTransactItem(table, change));
      const [only] = items;
      try {
        // A single change costs half as much outside a transaction.
        if (items.length === 1 && only?.Update !== undefined) await client.send(new UpdateCommand(only.Update));
        else if (items.length === 1 && only?.Delete !== undefined) await client.send(new DeleteCommand(only.Delete));
        else if (items.length > 0) await client.send(new TransactWriteCommand({ TransactItems: items }));
      } catch (error) {
        const what = changes.map((change) => change.key.sort).join(', ');
        if (isConflict(error)) throw new Conflict(what, { cause: error });
        throw isThrottled(error) ? new ThroughputExceeded(what, { cause: error }) : error;
      }
    },
  };
}

function query(table: string, partition: string, { prefix, limit, descending, from }: ListOptions) {
  return {
    TableName: table,
    ConsistentRead: true,
    ScanIndexForward: descending !== true,
    KeyConditionExpression: prefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': partition, ...present({ ':prefix': prefix }) },
    ...present({ Limit: limit }),
    ...(from === undefined ? {} : { ExclusiveStartKey: { pk: partition, sk: from } }),
  };
}

function toPage(answer: QueryCommandOutput): Page {
  const items = (answer.Items ?? []).map(toItem);
  const next = answer.LastEvaluatedKey?.sk;
  return typeof next === 'string' ? { items, next } : { items };
}

/** An update, not a put, so that the version also grows where no version is expected. */
function toTransactItem(table: string, change: Change): TransactItem & object {
  const expected = typeof change.expect === 'number' && change.expect > 0 ? { ':expected': change.expect } : undefined;
  const condition =
    change.expect === 'any'
      ? {}
      : { ConditionExpression: expected === undefined ? 'attribute_not_exists(pk)' : '#version = :expected' };
  const target = { TableName: table, Key: keyOf(change.key), ...condition };
  if (change.value === undefined) {
    const names = { ExpressionAttributeNames: { '#version': 'version' }, ExpressionAttributeValues: expected };
    return { Delete: { ...target, ...(expected === undefined ? {} : names) } };
  }
  const expires = change.expires === undefined ? undefined : { ':expires': change.expires };
  return {
    Update: {
      ...target,
      UpdateExpression: `SET #value = :value, #version = if_not_exists(#version, :zero) + :one${expires === undefined ? ' REMOVE #expires' : ', #expires = :expires'}`,
      ExpressionAttributeNames: { '#value': 'value', '#version': 'version', '#expires': 'expires' },
      ExpressionAttributeValues: { ':value': encodeItem(change), ':zero': 0, ':one': 1, ...expected, ...expires },
    },
  };
}

const keyOf = (key: Key) => ({ pk: key.partition, sk: key.sort });

function toItem(attributes: unknown): Item {
  const { pk, sk, version, value } = row.parse(attributes);
  return { key: { partition: pk, sort: sk }, version, value: toObject(value) };
}

function toObject(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value)) throw new TypeError('a ledger item is not an object');
  return value;
}

/** Two transactions on one item conflict as well: the loser reads again. */
function isConflict(error: unknown): boolean {
  if (error instanceof ConditionalCheckFailedException) return true;
  if (isCancelledFor(error, 'ConditionalCheckFailed', 'TransactionConflict')) return true;
  return error instanceof Error && error.name === 'TransactionConflictException';
}

function isThrottled(error: unknown): boolean {
  return isCancelledFor(error, 'ThrottlingError', 'ProvisionedThroughputExceeded');
}

function isCancelledFor(error: unknown, ...codes: readonly string[]): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  return error.CancellationReasons?.some(({ Code }) => Code !== undefined && codes.includes(Code)) ?? false;
}
