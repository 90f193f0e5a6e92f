import { describe, expect, test } from 'vitest';
import { readItems } from '../../../../local/engine/driver/items/read-items.ts';
import type { ObjectStore } from '../../../../local/engine/ports/engine-options.ts';
import type { JsonObject } from '../../../../shared/json.ts';

const files = new Map([
  ['rows/1.csv', 'id,name\n1,a\n2,b\n'],
  ['rows/2.csv', 'id,name\n3,c\n'],
  ['other.csv', 'id\n4\n'],
]);
const objects: ObjectStore = {
  get: async (_bucket, key) => new TextEncoder().encode(files.get(key)),
  list: async (_bucket, prefix) =>
    [...files].flatMap(([key, { length: size }]) =>
      key.startsWith(prefix) ? [{ key, size, etag: `"${key}"`, lastModified: 1 }] : [],
    ),
  put: async () => {},
};

async function read(operation: string, where: JsonObject, config: JsonObject, maxItems?: number): Promise<unknown> {
  return await readItems(objects, {
    resource: `arn:aws:states:::s3:${operation}`,
    arguments: { Bucket: 'b', ...where },
    config,
    maxItems,
  });
}

describe('an item reader', () => {
  const rows = { Prefix: 'rows/' };
  const flat = { Transformation: 'LOAD_AND_FLATTEN', InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };

  test('lists objects', async () => {
    expect(await read('listObjectsV2', rows, {})).toMatchObject([{ Key: 'rows/1.csv' }, { Key: 'rows/2.csv' }]);
  });

  test('reads the objects that it lists', async () => {
    const [first, second, third] = [
      { id: '1', name: 'a' },
      { id: '2', name: 'b' },
      { id: '3', name: 'c' },
    ];
    expect(await read('listObjectsV2', rows, flat)).toEqual([first, second, third]);
    expect(await read('listObjectsV2', rows, flat, 2)).toEqual([first, second]);
  });

  test('takes no manifest for data', async () => {
    const config = { InputType: 'CSV', ManifestType: 'ATHENA_DATA', CSVHeaderLocation: 'FIRST_ROW' };
    await expect(read('getObject', { Key: 'other.csv' }, config)).rejects.toThrow('ManifestType is not supported');
  });
});
