import * as z from 'zod/mini';
import { about, bytes, described, duration, field, positiveInteger } from '../../reading/fields.ts';
import { intervalFields } from './interval-template.ts';
import { everyTrigger } from './shared-fields.ts';

const bucket = field(z.string().check(z.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)), {
  expected: 'the name of an S3 bucket: 3 to 63 lower-case letters, digits, `-` and `.`',
  remedy: 'write the bucket only, without s3:// and without a key',
});

const keyPattern = field(z.string().check(z.minLength(1)), {
  expected: 'the pattern of an object key, such as orders/{day}/*.csv',
  remedy: '{name} binds a parameter, * and ? stay within a segment, ** does not',
});

const keyPart = field(z.string().check(z.minLength(1), z.maxLength(1024)), {
  expected: 'a part of an object key',
  remedy: 'write it as it stands in the key; nothing in it is special',
});

const regex = field(z.string().check(z.minLength(1)), {
  expected: 'a regular expression, such as "^orders/[0-9]+"',
  remedy: 'it is looked for anywhere in the key; ^ and $ are its ends',
});

const marker = field(z.string().check(z.regex(/^[^/{}]+$/)), {
  expected: 'the last part of a key, such as _SUCCESS or *.done',
  remedy: 'write it without / and without {…}; * and ? stand for any characters and for one',
});

const markers = field(z.array(marker).check(z.minLength(1), z.maxLength(1000)), {
  expected: 'a number, or a list of names',
  remedy: 'write how many objects there will be, or a list of their names',
});

const batch = z.strictObject({
  quiet: about('A batch ends when nothing has arrived for so long', duration),
  window: about('How long after its first object a batch ends', duration),
  size: about('A batch ends with so many objects', positiveInteger(100_000), [100]),
  bytes: about('A batch ends with so much data', bytes),
  marker: about('A batch ends when an object of this name arrives beside the others', marker, ['_SUCCESS']),
  expect: about(
    'A batch ends when so many different keys have arrived, or all of these names',
    field(z.union([z.int().check(z.minimum(1), z.maximum(1000)), markers]), {
      expected: 'a whole number from 1 to 1000, or a list of at most 1000 names',
      remedy: 'write how many objects there will be, or a list of their names',
    }),
    [3, ['orders.csv', 'prices.csv']],
  ),
});

const objects = z.strictObject({
  bucket: described('The bucket, without s3:// and without a key', bucket, ['landing']),
  key: about('The pattern of the keys; any key by default', keyPattern, ['orders/{day}/*.csv', 'exports/**']),
  prefix: about('What the key begins with', keyPart, ['raw/orders/']),
  suffix: about('What the key ends with', keyPart, ['.csv']),
  size: about(
    'How large the object is, at least and at most',
    z.strictObject({ min: about('At least', bytes), max: about('At most', bytes) }),
  ),
  match: about('A regular expression that the key matches', regex, ['^raw/[0-9]{8}/']),
});

/** An `s3` trigger as the file writes it. */
export const s3Schema = z.strictObject({
  s3: described('Objects that arrive in a bucket', objects),
  batch: about('Several objects in one run', batch),
  ...intervalFields,
  ...everyTrigger,
});

export type WrittenS3 = z.output<typeof s3Schema>;
