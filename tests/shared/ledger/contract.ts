import { beforeEach, expect, test } from 'vitest';
import { type Change, Conflict, ItemTooLarge, type Key, type Ledger } from '../../../shared/ledger/ledger.ts';

/** The exact contract of every ledger adapter. `open` returns an empty ledger, or the reason for a skip. */
export function ledgerContract(open: () => Promise<Ledger>): void {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await open();
  });

  const key = (sort: string, partition = 'p'): Key => ({ partition, sort });
  const put = (sort: string, expect: Change['expect'] = 'any', value = {}): Change => ({
    key: key(sort),
    expect,
    value,
  });
  const sorts = async (options?: Parameters<Ledger['list']>[1]) =>
    (await ledger.list('p', options)).items.map((item) => item.key.sort);

  test('a missing item is undefined', async () => {
    expect(await ledger.get(key('a'))).toBeUndefined();
  });

  test('an item is read as it was written, with version 1', async () => {
    let deep = {};
    for (let level = 0; level < 50; level++) deep = { deep };
    const value = {
      text: 'ü😀',
      none: null,
      no: false,
      zero: 0,
      big: 1e21,
      fraction: 0.1,
      empty: '',
      list: [[], {}],
      deep,
    };
    await ledger.write([{ key: key('a'), expect: 0, value }]);
    expect(await ledger.get(key('a'))).toEqual({ key: key('a'), version: 1, value });
  });

  test('every write increments the version, with and without an expected one', async () => {
    await ledger.write([put('a')]);
    await ledger.write([put('a', 1)]);
    await ledger.write([put('a', 'any')]);
    expect((await ledger.get(key('a')))?.version).toBe(3);
  });

  test.each([
    ['a new item in place of an existing one', 0],
    ['an older version', 1],
    ['a future version', 3],
  ])('%s is a conflict, and changes nothing', async (_, expected) => {
    await ledger.write([put('a')]);
    await ledger.write([put('a', 1, { n: 2 })]);
    await expect(ledger.write([put('a', expected, { n: 3 })])).rejects.toThrow(Conflict);
    expect((await ledger.get(key('a')))?.value).toEqual({ n: 2 });
  });

  test('an expected version of a missing item is a conflict', async () => {
    await expect(ledger.write([put('a', 1)])).rejects.toThrow(Conflict);
    await expect(ledger.write([{ key: key('a'), expect: 1, value: undefined }])).rejects.toThrow(Conflict);
  });

  test('either all changes are made or none', async () => {
    await ledger.write([put('a')]);
    await expect(ledger.write([put('b', 0), put('a', 0)])).rejects.toThrow(Conflict);
    expect(await sorts()).toEqual(['a']);
    await ledger.write([put('b', 0), put('a', 1, { n: 1 }), put('c')]);
    expect(await sorts()).toEqual(['a', 'b', 'c']);
  });

  test('a change without a value deletes the item if its version is the expected one', async () => {
    const remove = (expected: Change['expect']): Change => ({ key: key('a'), expect: expected, value: undefined });
    await ledger.write([put('a')]);
    await expect(ledger.write([remove(2)])).rejects.toThrow(Conflict);
    await ledger.write([remove(1)]);
    expect(await ledger.get(key('a'))).toBeUndefined();
    await ledger.write([remove('any'), put('b')]);
    await ledger.write([remove('any')]);
    await ledger.write([put('a', 0)]);
    expect((await ledger.get(key('a')))?.version).toBe(1);
  });

  test('a partition is listed alone, in the byte order of its sort keys', async () => {
    const expected = ['A', 'B', 'a', 'a#1', 'a#10', 'a#2', 'b', 'ä', '\u{ffff}', '😀'];
    await ledger.write(expected.toReversed().map((sort) => put(sort)));
    await ledger.write([{ key: key('a', 'other'), expect: 0, value: {} }]);
    expect(await sorts()).toEqual(expected);
    expect(await sorts({ descending: true })).toEqual(expected.toReversed());
    expect(await sorts({ prefix: 'a' })).toEqual(['a', 'a#1', 'a#10', 'a#2']);
    expect(await sorts({ prefix: 'a#1', descending: true })).toEqual(['a#10', 'a#1']);
    expect(await sorts({ prefix: '😀' })).toEqual(['😀']);
    expect(await sorts({ prefix: 'x' })).toEqual([]);
  });

  test.each([{ descending: false }, { descending: true }])('pages join without gap or overlap: %o', async (order) => {
    const all = Array.from({ length: 25 }, (_, n) => `k#${String(n).padStart(2, '0')}`);
    await ledger.write([...all, 'a', 'z'].map((sort) => put(sort)));
    const seen: string[] = [];
    let from: string | undefined;
    do {
      const page = await ledger.list('p', {
        prefix: 'k#',
        limit: 7,
        ...order,
        ...(from === undefined ? {} : { from }),
      });
      expect(page.items.length).toBeLessThanOrEqual(7);
      seen.push(...page.items.map((item) => item.key.sort));
      from = page.next;
    } while (from !== undefined);
    expect(seen).toEqual(order.descending ? all.toReversed() : all);
  });

  test('exactly one of several writers with the same expected version wins', async () => {
    await ledger.write([put('a')]);
    const race = Array.from({ length: 5 }, (_, n) => ledger.write([put('a', 1, { n })]));
    const results = await Promise.allSettled(race);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(Conflict);
  });

  test('an item of 400 KB is accepted, and a larger one is refused by name', async () => {
    const text = (size: number) => ({ text: 'ü'.repeat(size / 2) });
    await ledger.write([put('a', 0, text(400_000))]);
    await expect(ledger.write([put('b'), put('a', 1, text(420_000))])).rejects.toThrow(ItemTooLarge);
    expect(await sorts()).toEqual(['a']);
  });

  test('a hundred changes fit in one write, and more are refused', async () => {
    const changes = Array.from({ length: 101 }, (_, n) => put(String(n)));
    await expect(ledger.write(changes)).rejects.toThrow(RangeError);
    await ledger.write(changes.slice(1));
    expect(await sorts()).toHaveLength(100);
  });

  test('an empty write does nothing', async () => {
    await ledger.write([]);
    expect(await sorts()).toEqual([]);
  });
}
