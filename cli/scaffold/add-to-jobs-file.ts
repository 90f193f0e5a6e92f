import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Document, isMap, parseDocument } from 'yaml';
import { jobsFileIn } from '../../project/project-files.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';

/** Jobs and crawlers by name, below `jobs` and `crawlers`. */
export type JobsFileEntries = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Adds entries to the project's jobs file, keeping comments and order.
 *
 * @returns the first name that is taken, such as `job load`; then nothing is written
 * @throws {CommandError} if the file has errors
 */
export function addToJobsFile(root: string, entries: JobsFileEntries): string | undefined {
  const document = readDocument(root, entries);
  const taken = takenName(document, entries);
  if (taken !== undefined) return taken;
  for (const [section, members] of Object.entries(entries)) {
    if (!isMap(document.get(section))) document.set(section, document.createNode({}));
    for (const [name, entry] of Object.entries(members)) document.setIn([section, name], document.createNode(entry));
  }
  const path = join(root, jobsFileIn(root));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, document.toString({ lineWidth: 0 }));
  return undefined;
}

/**
 * Finds the first of these names that the jobs file already has, such as `job load`.
 *
 * @throws {CommandError} if the file has errors
 */
export function findTaken(root: string, entries: JobsFileEntries): string | undefined {
  return takenName(readDocument(root, entries), entries);
}

function readDocument(root: string, entries: JobsFileEntries): Document {
  const file = jobsFileIn(root);
  const path = join(root, file);
  const document = parseDocument(existsSync(path) ? readFileSync(path, 'utf8') : '');
  const { contents, errors } = document;
  const isOpen = (value: unknown): boolean => value === undefined || value === null || isMap(value);
  if (errors.length === 0 && isOpen(contents) && Object.keys(entries).every((section) => isOpen(document.get(section))))
    return document;
  throw new CommandError(exitCodes.usage, `${file} has errors: fix them first. npx gluewright validate lists them`);
}

function takenName(document: Document, entries: JobsFileEntries): string | undefined {
  for (const [section, members] of Object.entries(entries)) {
    const name = Object.keys(members).find((one) => document.hasIn([section, one]));
    if (name !== undefined) return `${section.replace(/s$/, '')} ${name}`;
  }
  return undefined;
}
