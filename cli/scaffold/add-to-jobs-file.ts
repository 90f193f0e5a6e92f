import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Document, isMap, parseDocument } from 'yaml';
import { jobsFileIn } from '../../project/project-files.ts';

/** Jobs and crawlers by name, below `jobs` and `crawlers`. */
export type JobsFileEntries = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Adds entries to the project's jobs file, keeping comments and order.
 *
 * @returns the first name that is taken, such as `job load`; then nothing is written
 */
export function addToJobsFile(root: string, entries: JobsFileEntries): string | undefined {
  const path = join(root, jobsFileIn(root));
  const document = readDocument(path);
  const taken = takenName(document, entries);
  if (taken !== undefined) return taken;
  for (const [section, members] of Object.entries(entries)) {
    if (!isMap(document.get(section))) document.set(section, document.createNode({}));
    for (const [name, entry] of Object.entries(members)) document.setIn([section, name], document.createNode(entry));
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, document.toString({ lineWidth: 0 }));
  return undefined;
}

/** The first of these names that the project's jobs file has already, such as `job load`. */
export function findTaken(root: string, entries: JobsFileEntries): string | undefined {
  return takenName(readDocument(join(root, jobsFileIn(root))), entries);
}

function readDocument(path: string): Document {
  return parseDocument(existsSync(path) ? readFileSync(path, 'utf8') : '');
}

function takenName(document: Document, entries: JobsFileEntries): string | undefined {
  for (const [section, members] of Object.entries(entries)) {
    const name = Object.keys(members).find((one) => document.hasIn([section, one]));
    if (name !== undefined) return `${section.replace(/s$/, '')} ${name}`;
  }
  return undefined;
}
