import { isJsonObject, present } from '../../json.ts';
import type { Pipeline, Value } from '../../model/pipeline.ts';
import type { BatchRules, S3Trigger } from '../../model/trigger.ts';
import { parseAddress } from '../../patterns/parse-address.ts';
import { kindOf } from '../../tasks/kinds.ts';
import { readBytes } from '../../units/bytes.ts';
import { readDuration } from '../../units/duration.ts';
import { readTemplate } from './interval-template.ts';
import { checkS3 } from './s3-checks.ts';
import { s3Schema, type WrittenS3 } from './s3-fields.ts';
import { noInterval } from './shared-fields.ts';
import type { TriggerKind } from './trigger-kind.ts';

const anyKey = '**';

/** An object arrives. */
export const s3 = {
  schema: s3Schema,
  read({ s3: { bucket, key = anyKey, prefix, suffix, size, match }, batch, ...rest }) {
    return {
      kind: 's3',
      bucket,
      key,
      ...present({
        prefix,
        suffix,
        size: size && present({ min: bytes(size.min), max: bytes(size.max) }),
        match,
        batch: batch && readBatch(batch),
        interval: readTemplate(rest),
      }),
    };
  },
  check: checkS3,
  from: 'trigger',
  givesInterval: ({ interval }) => interval !== undefined,
  remedies: {
    param: (name) => `bind it in the key, as {${name}}, or give it a default`,
    interval: (param) => `bind {${param}} in the key, and add \`interval: "{${param}}"\` to the trigger`,
  },
  waitsFor: () => [],
  startedBy(trigger, from) {
    const address = written(from).find((each) => meets(each, trigger));
    return address === undefined ? undefined : { by: `what it writes to ${address}`, certain: false };
  },
  // which unit a template names depends on the keys that arrive
  intervals: ({ interval }) => (interval === undefined ? [noInterval] : undefined),
  uses: ({ bucket }) => [{ what: 'bucket', name: bucket }],
  renamed: (trigger, nameOf) => ({ ...trigger, bucket: nameOf({ what: 'bucket', name: trigger.bucket }) }),
  wakes: () => undefined,
  words: ({ bucket, key }) => `s3://${bucket}/${key}`,
} satisfies TriggerKind<S3Trigger, WrittenS3>;

function readBatch(batch: NonNullable<WrittenS3['batch']>): BatchRules {
  const { quiet, window, size, bytes: most, marker, expect } = batch;
  return present({
    quietSeconds: quiet === undefined ? undefined : readDuration(quiet),
    windowSeconds: window === undefined ? undefined : readDuration(window),
    size,
    bytes: bytes(most),
    marker,
    expect,
  });
}

function bytes(written: number | string | undefined): number | undefined {
  return written === undefined ? undefined : readBytes(written);
}

/** Addresses in arguments whose names suggest output. Expressions are not evaluated. */
function written({ tasks }: Pipeline): string[] {
  return tasks.flatMap(({ work }) =>
    entriesOf(kindOf(work.kind).file.values(work)).flatMap(([name, value]) =>
      /^(out|target|dest|sink|write)/i.test(name) && typeof value === 'string' && value.startsWith('s3://')
        ? [value]
        : [],
    ),
  );
}

function entriesOf(value: Value): [string, Value][] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

function meets(address: string, trigger: S3Trigger): boolean {
  const place = parseAddress(address.endsWith('/') ? `${address}*` : address);
  if (place?.bucket !== trigger.bucket) return false;
  const beginning = place.key.replace(/\*$/, '');
  const waited = /^[^{*?]*/.exec(trigger.key)?.[0] ?? '';
  return beginning.startsWith(waited) || waited.startsWith(beginning);
}
