import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createHandler as createApi } from '../../../functions/api.ts';
import { createHandler as createOnObjects } from '../../../functions/on-objects.ts';
import { createHandler as createOnRunState } from '../../../functions/on-run-state.ts';
import { createHandler as createOnTaskEvent } from '../../../functions/on-task-event.ts';
import { createHandler as createOnTrigger } from '../../../functions/on-trigger.ts';
import { listDeadLetters } from '../../../shared/actors/dead-letters.ts';
import { eventInput } from '../../../shared/events/event-due.ts';
import { UnreadableEvent } from '../../../shared/events/read-event.ts';
import { executionStatusChange, jobStateChange, objectCreated } from '../events/fixtures.ts';
import { pipelineOf, World } from '../world/world.ts';

/** More with `FUZZ_RUNS=20000`. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 150);

const rules = { max: 1000, overlap: 'queue', deadlineSeconds: 60, onFailure: 'continue' } as const;

function open() {
  return new World([
    pipelineOf('orders', {
      runs: rules,
      params: { day: { type: 'date', default: '2026-11-22' }, text: { type: 'string', default: '' } },
      triggers: {
        request: { kind: 'api' },
        arrivals: { kind: 's3', bucket: 'landing', key: 'in/{text}/*', batch: { size: 3, windowSeconds: 60 } },
        alone: { kind: 's3', bucket: 'landing', key: 'one/{day}.csv' },
        sale: { kind: 'event', pattern: { source: ['shop'] } },
        night: { kind: 'schedule', expression: 'cron(0 3 * * ? *)', timezone: 'Europe/Berlin', interval: 'day' },
      },
    }),
  ]);
}

const deep = (depth: number, [first, last]: readonly [string, string]): string =>
  first.repeat(depth) + last.repeat(depth);
const request = (method: string, rawPath: string, body: string, headers: Record<string, string> = {}) => ({
  version: '2.0',
  rawPath,
  headers,
  requestContext: { http: { method, path: rawPath } },
  body,
  isBase64Encoded: false,
});

async function statusOf(event: unknown, api = createApi(open().system)): Promise<number> {
  const answer = await api(event);
  expect(answer).toMatchObject({ statusCode: expect.any(Number), body: expect.any(String) });
  return Number(Object(answer).statusCode);
}

describe('an invalid body of the API is refused', () => {
  const runs = '/pipelines/orders/runs';
  test.each<readonly [string, string]>([
    ['nested deep', deep(100_000, ['[', ']'])],
    ['nested deep in a parameter', `{"params":{"text":${deep(100_000, ['[', ']'])}}}`],
    ['objects nested deep in a parameter', `{"params":{"text":${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}}}`],
    ['nested too deep for Step Functions', `{"params":{"text":${deep(900, ['[', ']'])}}}`],
    ['a prototype', '{"__proto__":{"params":{}}}'],
    ['a prototype among the parameters', '{"params":{"__proto__":{"day":"2026-11-22"}}}'],
    ['a constructor among the parameters', '{"params":{"constructor":1}}'],
    ['a name of a method', '{"params":{"toString":"x","hasOwnProperty":"y"}}'],
    ['a number that is too large', '{"params":{"day":1e999}}'],
    ['a date that does not exist', '{"params":{"day":"2026-02-30"}}'],
    ['an expression', '{"params":{"day":"{% $run.id %}"}}'],
    ['an interval far away', '{"interval":{"start":"0000-01-01T00:00:00Z","end":"9999-99-31T00:00:00Z"}}'],
    ['an interval that is a number', '{"interval":{"start":1,"end":2}}'],
    ['nothing', 'null'],
    ['a number', '1'],
    ['a byte order mark', '\ufeff{}'],
    ['a NUL', '\0'],
    ['half of an emoji', '{"params":{"da\ud83d":1}}'],
    ['a key given twice', '{"params":{"day":1},"params":{"day":2}}'],
  ])('%s', async (_, body) => {
    const status = await statusOf(request('POST', runs, body));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  test('an odd but valid body is accepted unchanged', async () => {
    for (const text of ['\0', '\ud83d', '💥', '{"a":1}', '../../..', 'a\nb', '{% 1', 'x'.repeat(60_000)]) {
      expect(await statusOf(request('POST', runs, JSON.stringify({ params: { text } })))).toBe(202);
    }
  });

  test('any body is handled', async () => {
    const words = fc.constantFrom(
      'params',
      'interval',
      'start',
      'end',
      'day',
      'text',
      '__proto__',
      '2026-11-22',
      'constructor',
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        words,
        fc.json().map((text): unknown => JSON.parse(text)),
        tie('record'),
        fc.array(tie('any'), { maxLength: 3 }),
      ),
      record: fc.dictionary(words, tie('any'), { maxKeys: 4 }),
    })).record;
    const encoding = fc.record({ isBase64Encoded: fc.boolean() }, { requiredKeys: [] });
    const headers = fc.dictionary(
      fc.constantFrom('idempotency-key', 'Idempotency-Key', 'content-type'),
      fc.string({ unit: 'binary' }),
    );
    const path = fc.oneof(
      fc.constant(runs),
      fc.webPath(),
      fc.string({ unit: 'binary' }).map((name) => `/runs/${name}/stop`),
    );
    const api = createApi(open().system);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'DELETE', '', '\0'),
        path,
        value,
        headers,
        encoding,
        async (method, where, body, sent, encoded) => {
          const event = { ...request(method, where, JSON.stringify(body), sent), ...encoded };
          expect(await statusOf(event, api)).toBeLessThan(500);
        },
      ),
      { numRuns },
    );
  });
});

const sent = { 'detail-type': 'Object Created', source: 'aws.s3' };
const event = (object: unknown, bucket: unknown = { name: 'landing' }) => ({ ...sent, detail: { bucket, object } });
const deliver = async (world: World, bodies: readonly string[]): Promise<unknown> =>
  createOnObjects(world.system)({ Records: bodies.map((body, at) => ({ messageId: String(at), body })) });

describe('an invalid arrival becomes a dead letter at once and does not affect others', () => {
  test.each<readonly [string, string]>([
    ['no JSON', '{'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['nested deep', deep(100_000, ['[', ']'])],
    ['long, of characters that take three bytes', JSON.stringify('語'.repeat(299_000))],
    ['half of an emoji', '"\ud83d"'],
    ['S3’s test event', '{"Service":"Amazon S3","Event":"s3:TestEvent"}'],
    ['another event', JSON.stringify(jobStateChange())],
    ['no key', JSON.stringify(event({ size: 1 }))],
    ['an empty key', JSON.stringify(event({ key: '', size: 1 }))],
    ['a key that is too long for S3', JSON.stringify(event({ key: `in/a/${'x'.repeat(1_020)}`, size: 1 }))],
    ['a negative size', JSON.stringify(event({ key: 'in/a/1', size: -1 }))],
    ['a size that is not a whole number', JSON.stringify(event({ key: 'in/a/1', size: 1.5 }))],
    [
      'a size that is too large to add',
      '{"detail-type":"Object Created","source":"aws.s3","detail":{"bucket":{"name":"landing"},"object":{"key":"in/a/1","size":1e308}}}',
    ],
    ['no bucket', JSON.stringify(event({ key: 'in/a/1' }, null))],
  ])('%s', async (_, body) => {
    const world = open();
    const good = JSON.stringify(objectCreated({ key: 'one/2026-11-22.csv' }, 'landing'));
    expect(await deliver(world, [good, body])).toEqual({ batchItemFailures: [] });
    expect(await listDeadLetters(world)).toMatchObject([{ kind: 'message' }]);
    expect(world.sfn.executions).toHaveLength(1);
  });

  test('so does a key that binds no date', async () => {
    const world = open();
    const body = JSON.stringify(event({ key: 'one/never.csv', size: 1, etag: 'e' }));
    expect(await deliver(world, [body, body])).toEqual({ batchItemFailures: [] });
    expect(await listDeadLetters(world)).toMatchObject([{ kind: 'run' }]);
  });

  test('any message is in a batch, matches nothing, or is a dead letter', async () => {
    const key = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }).map((name) => `in/a${name}/x`),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('in/a/1', 'in/%2F/1', 'in/+ /1', 'in//1', 'in/../1', 'in/__proto__/1', 'in/constructor/1'),
    );
    const text = fc.option(fc.string({ unit: 'binary', maxLength: 20 }), { nil: undefined });
    const object = fc.record({
      key,
      size: fc.oneof(fc.nat(), fc.double(), fc.constant(undefined)),
      etag: text,
      'version-id': text,
      sequencer: text,
    });
    const body = fc.oneof(
      object.map((each) => JSON.stringify(event(each))),
      fc.json(),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(body, { maxLength: 10 }), async (bodies) => {
        const world = open();
        expect(await deliver(world, bodies)).toEqual({ batchItemFailures: [] });
        const known = new Set((await listDeadLetters(world)).map((letter) => letter.id));
        expect(await deliver(world, bodies)).toEqual({ batchItemFailures: [] });
        expect(new Set((await listDeadLetters(world)).map((letter) => letter.id))).toEqual(known);
      }),
      { numRuns },
    );
  });
});

describe('an invalid event is refused by name and goes to the dead letters', () => {
  const handlers = { createOnTaskEvent, createOnRunState, createOnTrigger };
  const good = [
    jobStateChange(),
    executionStatusChange(),
    { pipeline: 'orders', trigger: 'night', scheduledTime: '2026-11-22T02:00:00Z' },
    eventInput('orders', 'sale', { ...jobStateChange(), source: 'shop' }),
  ];
  const odd = fc.constantFrom<unknown[]>(
    null,
    '',
    [],
    {},
    -1,
    1e308,
    'x'.repeat(3_000),
    '__proto__',
    '\0',
    '9999-12-31T23:59:59Z',
    '+275760-09-13T00:00:00Z',
    '1970-01-01T00:00:00Z',
  );

  /** Changes a field, at any depth. */
  function spoil(value: unknown, at: number, by: unknown): unknown {
    const paths: string[][] = [];
    const walk = (each: unknown, path: string[]): void => {
      if (typeof each !== 'object' || each === null) return;
      for (const [name, inner] of Object.entries(each)) {
        paths.push([...path, name]);
        walk(inner, [...path, name]);
      }
    };
    walk(value, []);
    const path = paths[at % paths.length] ?? [];
    const put = (each: unknown, [name, ...rest]: string[]): unknown =>
      name === undefined ? by : { ...Object(each), [name]: put(Object(each)[name], rest) };
    return put(value, path);
  }

  test.each(Object.entries(handlers))('%s', async (_, createHandler) => {
    const handler = createHandler(open().system);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...good), fc.nat(40), odd, async (each, at, by) => {
        try {
          await handler(spoil(each, at, by));
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableEvent);
        }
      }),
      { numRuns },
    );
  });
});
