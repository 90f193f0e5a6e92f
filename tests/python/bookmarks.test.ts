import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bookmarkOperations } from '../../local/glue/bookmark-operations.ts';
import { pythonFolder } from '../../local/glue/processes/python-folder.ts';
import type { Job } from '../../shared/pipeline/jobs/jobs-file.ts';

const home = fs.mkdtempSync(path.join(tmpdir(), 'bookmarks-'));
afterAll(() => fs.rmSync(home, { recursive: true }));

/** The files that a run reads of the existing ones, each with its version, and whether it commits. */
function read(
  run: string,
  files: Readonly<Record<string, number>>,
  options: readonly string[] = [],
  commits = true,
): string[] {
  const script = `import json, sys
from awsglue._bookmarks import JobBookmark
run, files, mode, since, until, commits = json.loads(sys.argv[1])
bookmark = JobBookmark("load", mode, run, since, until)
found = bookmark.of("orders").unseen([(name, [version, 1]) for name, version in files.items()])
if commits:
    bookmark.commit()
print(json.dumps([name for name, _ in found]))`;
  const [mode = 'job-bookmark-enable', since = null, until = null] = options;
  const given = JSON.stringify([run, files, mode, since, until, commits]);
  const env = { PATH: process.env.PATH, PYTHONPATH: pythonFolder, GLUEWRIGHT_HOME: home };
  const { stdout, stderr } = spawnSync('python3', ['-c', script, given], { encoding: 'utf8', env });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const job: Job = { name: 'load', type: 'glueetl', args: {}, maxConcurrentRuns: 1 };
const operations = bookmarkOperations(home, new Map([['load', job]]));
const ask = (name: string, more: object = {}) => operations[name]?.({ JobName: 'load', ...more });

test('a bookmark skips files of committed runs, rereads changed files, and obeys windows and resets', async () => {
  expect(read('jr_1', { a: 1, b: 1 })).toEqual(['a', 'b']);
  expect(read('jr_failed', { a: 1, b: 1, c: 1 }, [], false)).toEqual(['c']);
  expect(read('jr_2', { a: 1, b: 2, c: 1 })).toEqual(['b', 'c']);
  expect(read('jr_3', { a: 1, b: 2, c: 1, d: 1 })).toEqual(['d']);

  const all = { a: 1, b: 2, c: 1, d: 1, e: 1 };
  const pause = 'job-bookmark-pause';
  expect(read('jr_4', all, [pause])).toEqual(['e']);
  expect(read('jr_4', all, [pause, 'jr_1', 'jr_2'])).toEqual(['b', 'c']);
  expect(read('jr_4', all, [pause, 'jr_none', 'jr_1'])).toEqual(['a']);
  expect(read('jr_4', all, ['job-bookmark-disable'])).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(read('jr_4', all, [pause])).toEqual(['e']);

  expect(await ask('GetJobBookmark')).toMatchObject({
    JobBookmarkEntry: { RunId: 'jr_3', PreviousRunId: 'jr_2', Run: 3 },
  });
  expect(await ask('ResetJobBookmark', { RunId: 'jr_1' })).toMatchObject({
    JobBookmarkEntry: { RunId: 'jr_1', Run: 1 },
  });
  expect(read('jr_5', all)).toEqual(['b', 'c', 'd', 'e']);
  await ask('ResetJobBookmark');
  await expect(ask('GetJobBookmark')).rejects.toMatchObject({ name: 'EntityNotFoundException' });
  expect(read('jr_6', all)).toEqual(['a', 'b', 'c', 'd', 'e']);
});
