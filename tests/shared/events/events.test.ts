import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readExecutionStatusChange } from '../../../shared/events/execution-status-change.ts';
import { objectIdentity, readObjectCreated } from '../../../shared/events/object-created.ts';
import { UnreadableEvent } from '../../../shared/events/read-event.ts';
import { readSqsBatch } from '../../../shared/events/sqs-batch.ts';
import { jobOutcome } from '../../../shared/tasks/glue-job/job-outcome.ts';
import { readJobStateChange } from '../../../shared/tasks/glue-job/job-state-change.ts';
import { executionStatusChange, jobStateChange, objectCreated, sqsBatch } from './fixtures.ts';

describe('AWS’s documented events are read', () => {
  test('a Glue job state change', () => {
    expect(readJobStateChange(jobStateChange({ state: 'FAILED', message: 'boom' }))).toEqual({
      jobName: 'orders-curate',
      jobRunId: 'jr_3f0c5b8a1d2e4f60718293a4b5c6d7e8f90123456789abcdef0123456789abcd',
      state: 'FAILED',
      message: 'boom',
    });
  });

  test('an execution status change, whose absent fields are null', () => {
    expect(readExecutionStatusChange(executionStatusChange({ error: null, cause: null }))).toEqual({
      executionArn: 'arn:aws:states:eu-west-1:111122223333:execution:orders-daily:2026-11-20_a1b2',
      stateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:orders-daily',
      name: '2026-11-20_a1b2',
      status: 'FAILED',
      startDate: 1795150846847,
      stopDate: 1795151151881,
    });
  });

  test('an object created, with the key unchanged', () => {
    expect(readObjectCreated(objectCreated({ key: 'a b/ü+%20.csv', 'version-id': undefined }))).toEqual({
      bucket: 'raw-orders',
      key: 'a b/ü+%20.csv',
      size: 52311,
      etag: 'b1946ac92492d2347c6235b4d2611184',
      sequencer: '617f08299329d189',
    });
  });

  test('a batch of SQS messages, one of them not JSON', () => {
    expect(readSqsBatch(sqsBatch([{ a: 1 }, 'no { json']))).toEqual([
      { messageId: 'message-0', body: { a: 1 } },
      { messageId: 'message-1', body: 'no { json' },
    ]);
  });
});

const readers = { readExecutionStatusChange, readJobStateChange, readObjectCreated, readSqsBatch };

test.each(Object.entries(readers))('%s answers any other input with UnreadableEvent', (_, read) => {
  fc.assert(
    fc.property(fc.anything(), (event) => {
      expect(() => read(event)).toThrow(UnreadableEvent);
    }),
  );
});

test('an unknown state of Glue counts as open', () => {
  expect(['PAUSED', 'constructor', '__proto__', ''].map(jobOutcome)).toEqual(['open', 'open', 'open', 'open']);
});

describe('the identity of an arrival', () => {
  const identity = (object: Record<string, unknown>, bucket?: string) =>
    objectIdentity(readObjectCreated(objectCreated(object, bucket)));

  test('is the same for a repeated event', () => {
    expect(identity({})).toBe(identity({}));
  });

  test.each([
    ['another key', { key: 'b' }],
    ['another version', { 'version-id': 'v2' }],
    ['another etag, in a bucket without versions', { 'version-id': undefined, etag: 'e2' }],
    ['another sequencer for the same bytes', { sequencer: '617f08299329d18a' }],
  ])('differs with %s', (_, object) => {
    expect(identity(object)).not.toBe(identity({}));
  });
});
