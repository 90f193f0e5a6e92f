import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventEntry } from '../../../local/events/event.ts';
import { createFolderFiles } from '../../../local/s3/folder-files.ts';
import { createMemoryFiles } from '../../../local/s3/memory-files.ts';
import { isPathKey } from '../../../local/s3/object-address.ts';
import type { ObjectFiles } from '../../../local/s3/object-files.ts';
import { createS3, type S3 } from '../../../local/s3/s3.ts';

let home: string;
let events: EventEntry[];
const still = { now: () => Date.UTC(2026, 10, 22), at: () => () => {} };

beforeEach(() => {
  home = fs.mkdtempSync(path.join(tmpdir(), 's3-'));
  events = [];
});
afterEach(() => fs.rmSync(home, { recursive: true }));

function open(database = new DatabaseSync(':memory:')): S3 {
  let ids = 0;
  const uuid = () => `id-${ids++}`;
  const files = createFolderFiles(path.join(home, 's3'), {
    drafts: path.join(home, 'drafts'),
    folderKeys: path.join(home, 'folder-keys'),
    uuid,
  });
  const emit = (entry: EventEntry) => void events.push(entry);
  const s3 = createS3({ database, files, clock: still, uuid, account: '000000000000', emit });
  s3.createBucket('landing');
  return s3;
}

function drop(key: string, text: string): void {
  const file = path.join(home, 's3', 'landing', key);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

describe('a key that ends with a slash', () => {
  const folder = () => path.join(home, 's3', 'landing', 'in', 'raw');
  const listed = (s3: S3) => s3.list('landing', '').map(({ key }) => key);

  test('is an object that is a folder: listed, read, reported once, and deleted', () => {
    const s3 = open();
    s3.put('landing', 'in/raw/', new Uint8Array());
    s3.put('landing', 'in/raw/a.csv', Buffer.from('a'));
    s3.look();
    s3.look();
    expect(listed(s3)).toEqual(['in/raw/', 'in/raw/a.csv']);
    expect(s3.head('landing', 'in/raw/')).toMatchObject({ key: 'in/raw/', size: 0, etag: md5('') });
    expect(s3.get('landing', 'in/raw/')).toHaveLength(0);
    expect(reported().map(({ key }) => key)).toEqual(['in/raw/', 'in/raw/a.csv']);
    s3.remove('landing', 'in/raw/');
    expect(listed(s3)).toEqual(['in/raw/a.csv']);
    expect(fs.existsSync(folder())).toBe(true);
  });

  test('is not an object if the folder merely contains objects, or was deleted by hand', () => {
    const s3 = open();
    s3.put('landing', 'in/raw/a.csv', Buffer.from('a'));
    expect(() => s3.head('landing', 'in/raw/')).toThrow(expect.objectContaining({ name: 'NoSuchKey' }));
    s3.put('landing', 'empty/', new Uint8Array());
    fs.rmdirSync(path.join(home, 's3', 'landing', 'empty'));
    expect(listed(s3)).toEqual(['in/raw/a.csv']);
  });

  test('cannot contain data, and hides nothing below it', () => {
    const s3 = open();
    expect(() => s3.put('landing', 'in/', Buffer.from('x'))).toThrow(
      expect.objectContaining({ name: 'InvalidArgument' }),
    );
    s3.put('landing', 'in', Buffer.from('x'));
    expect(() => s3.put('landing', 'in/', new Uint8Array())).toThrow(
      expect.objectContaining({ name: 'InvalidArgument' }),
    );
  });
});

const reported = () => events.map((event) => JSON.parse(JSON.stringify(event.detail)).object);
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

describe('an object that is put', () => {
  test('sends one event in S3’s format, and no second one when the folder is searched', () => {
    const s3 = open();
    s3.put('landing', 'orders/2026 ü.csv', Buffer.from('a,b'));
    s3.look();
    s3.look();
    expect(events).toMatchObject([
      {
        source: 'aws.s3',
        detailType: 'Object Created',
        resources: ['arn:aws:s3:::landing'],
        detail: {
          version: '0',
          bucket: { name: 'landing' },
          object: { key: 'orders/2026 ü.csv', size: 3, etag: md5('a,b') },
          reason: 'PutObject',
        },
      },
    ]);
  });

  test('is overwritten with a later sequencer', () => {
    const s3 = open();
    s3.put('landing', 'a', Buffer.from('1'));
    s3.put('landing', 'a', Buffer.from('2'));
    const [first, second] = reported();
    expect(second.sequencer > first.sequencer).toBe(true);
    expect(Buffer.from(s3.get('landing', 'a')).toString()).toBe('2');
  });
});

describe('a file that is dropped', () => {
  test('is reported once, after two looks found it unchanged', () => {
    const s3 = open();
    drop('in/a b.csv', 'x');
    s3.look();
    expect(events).toEqual([]);
    s3.look();
    s3.look();
    expect(reported()).toMatchObject([{ key: 'in/a b.csv', size: 1, etag: md5('x') }]);
  });

  test('is not reported while it grows', () => {
    const s3 = open();
    for (const text of ['a', 'ab', 'abc']) {
      drop('growing', text);
      s3.look();
    }
    expect(events).toEqual([]);
    s3.look();
    expect(reported()).toMatchObject([{ key: 'growing', size: 3 }]);
  });

  test('is reported again after an overwrite, or after it was removed and dropped again', () => {
    const s3 = open();
    for (const [time, text] of ['a', 'b'].entries()) {
      drop('f', text);
      fs.utimesSync(path.join(home, 's3/landing/f'), time, time);
      s3.look();
      s3.look();
    }
    fs.rmSync(path.join(home, 's3/landing/f'));
    s3.look();
    drop('f', 'b');
    fs.utimesSync(path.join(home, 's3/landing/f'), 1, 1);
    s3.look();
    s3.look();
    expect(reported().map((object) => object.etag)).toEqual([md5('a'), md5('b'), md5('b')]);
  });

  test('while nothing was running is reported once at the next start', () => {
    const database = new DatabaseSync(':memory:');
    const before = open(database);
    before.put('landing', 'known', Buffer.from('x'));
    events = [];
    drop('late', 'y');
    for (const s3 of [open(database), open(database)]) {
      s3.look();
      s3.look();
    }
    expect(reported().map((object) => object.key)).toEqual(['late']);
  });
});

describe('a bucket', () => {
  test('does not exist until it is created', () => {
    const s3 = open();
    expect(() => s3.put('elsewhere', 'a', Buffer.from(''))).toThrow(expect.objectContaining({ name: 'NoSuchBucket' }));
    expect(() => s3.head('landing', 'a')).toThrow(expect.objectContaining({ name: 'NoSuchKey' }));
    expect(() => s3.createBucket('../x')).toThrow(expect.objectContaining({ name: 'InvalidBucketName' }));
  });

  test.each(['../x', 'a/../../x', '/etc/passwd', 'a//b', '/', 'a//', '.', './a', 'a\0b'])(
    'takes no key that is no path below its folder: %j',
    (key) => {
      const s3 = open();
      const refused = expect.objectContaining({ name: 'InvalidArgument' });
      expect(() => s3.put('landing', key, Buffer.from('x'))).toThrow(refused);
      expect(() => s3.get('landing', key)).toThrow(refused);
      expect(() => s3.remove('landing', key)).toThrow(refused);
    },
  );

  test('cannot be left through links', () => {
    const s3 = open();
    fs.writeFileSync(path.join(home, 'secret'), 'secret');
    fs.symlinkSync(path.join(home, 'secret'), path.join(home, 's3/landing/file'));
    fs.symlinkSync(home, path.join(home, 's3/landing/folder'));
    expect(() => s3.get('landing', 'file')).toThrow(expect.objectContaining({ name: 'NoSuchKey' }));
    expect(() => s3.get('landing', 'folder/secret')).toThrow(expect.objectContaining({ name: 'NoSuchKey' }));
    expect(() => s3.put('landing', 'folder/new', Buffer.from('x'))).toThrow(
      expect.objectContaining({ name: 'InvalidArgument' }),
    );
    s3.put('landing', 'file', Buffer.from('x'));
    expect(fs.readFileSync(path.join(home, 'secret'), 'utf8')).toBe('secret');
    expect(s3.list('landing', '').map((file) => file.key)).toEqual(['file']);
  });

  test('cannot have an object in place of a folder of objects, nor below an object', () => {
    const s3 = open();
    s3.put('landing', 'a/b', Buffer.from('x'));
    const refused = expect.objectContaining({ name: 'InvalidArgument' });
    expect(() => s3.put('landing', 'a', Buffer.from('x'))).toThrow(refused);
    expect(() => s3.put('landing', 'a/b/c', Buffer.from('x'))).toThrow(refused);
  });

  test('returns what was put under any key or rejects the key, and writes nothing outside its folder', () => {
    const s3 = open();
    const key = fc.string({
      unit: fc.constantFrom('a', 'é', '/', '.', ' ', '\\', '%', '漢'),
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(key, fc.string(), (name, text) => {
        fs.rmSync(path.join(home, 's3/landing'), { recursive: true });
        fs.mkdirSync(path.join(home, 's3/landing'));
        if (!isPathKey(name)) {
          expect(() => s3.put('landing', name, Buffer.from(text))).toThrow();
          return;
        }
        const body = name.endsWith('/') ? '' : text;
        s3.put('landing', name, Buffer.from(body));
        expect(Buffer.from(s3.get('landing', name)).toString()).toBe(Buffer.from(body).toString());
        expect(['drafts', 'folder-keys', 's3']).toEqual(expect.arrayContaining(fs.readdirSync(home)));
        expect(fs.readdirSync(path.join(home, 's3'))).toEqual(['landing']);
      }),
    );
  });
});

describe('a bucket', () => {
  test('is deleted with its empty folders, but not with a file', () => {
    const s3 = open();
    s3.put('landing', 'a/b/c', Buffer.from('x'));
    expect(() => s3.removeBucket('landing')).toThrow(expect.objectContaining({ name: 'BucketNotEmpty' }));
    s3.remove('landing', 'a/b/c');
    fs.symlinkSync('/', path.join(home, 's3', 'landing', 'a', 'link'));
    expect(() => s3.removeBucket('landing')).toThrow(expect.objectContaining({ name: 'BucketNotEmpty' }));
    fs.unlinkSync(path.join(home, 's3', 'landing', 'a', 'link'));
    s3.removeBucket('landing');
    expect(s3.buckets()).toEqual([]);
    s3.createBucket('landing');
    expect(s3.list('landing', '')).toEqual([]);
  });

  test('drops the headers of an object whose file is replaced by hand', () => {
    const s3 = open();
    s3.put('landing', 'k', Buffer.from('x'), { headers: { 'content-type': 'text/x' } });
    expect(s3.head('landing', 'k').headers).toEqual({ 'content-type': 'text/x' });
    drop('k', 'longer');
    expect(s3.head('landing', 'k').headers).toEqual({});
  });
});

describe('watching the folders', () => {
  /** A clock that is set by hand. Its timers are only kept. */
  function handClock() {
    const due = new Set<{ readonly time: number }>();
    const clock = {
      time: 0,
      due,
      now: () => clock.time,
      at(time: number) {
        const timer = { time };
        due.add(timer);
        return () => void due.delete(timer);
      },
      pauses: () => [...due].map(({ time }) => time - clock.time),
    };
    return clock;
  }

  function watched(files: Partial<ObjectFiles>) {
    const clock = handClock();
    const memory = createMemoryFiles(clock.now);
    const s3 = createS3({
      database: new DatabaseSync(':memory:'),
      files: { ...memory, ...files },
      clock,
      uuid: () => 'id',
      account: '000000000000',
      emit: () => undefined,
      lookMilliseconds: 250,
    });
    return { s3, clock };
  }

  test('a change that is reported does not delay a look that is planned', () => {
    let tell = (): void => undefined;
    const watch = (onChange: () => void) => {
      tell = onChange;
      return { renew: () => false, close: () => undefined };
    };
    const { s3, clock } = watched({ watch });
    s3.watch();
    tell();
    tell();
    expect(clock.pauses()).toEqual([250]);
  });

  test('a bucket that takes long to look at is looked at rarely, but soon after a change', () => {
    let tell = (): void => undefined;
    const watch = (onChange: () => void) => {
      tell = onChange;
      return { renew: () => false, close: () => undefined };
    };
    const { s3, clock } = watched({
      watch,
      list() {
        clock.time += 100;
        return [];
      },
    });
    s3.createBucket('landing');
    s3.watch();
    expect(clock.pauses()).toEqual([40_000]);
    tell();
    expect(clock.pauses()).toEqual([2_000]);
  });

  test('closing ends the watch and the looks', () => {
    let closed = 0;
    const close = () => {
      closed += 1;
    };
    const watch = () => ({ renew: () => false, close });
    const { s3, clock } = watched({ watch });
    s3.watch();
    s3.close();
    expect({ closed, pauses: clock.pauses() }).toEqual({ closed: 1, pauses: [] });
  });
});
