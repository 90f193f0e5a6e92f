import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';

/** The templates of `gluewright init`. Each is a folder in `templates/` that adds to `templates/every-project`. */
export const templates = ['yaml', 'typescript'] as const;
export type Template = (typeof templates)[number];

const folder = resolve(import.meta.dirname, '../../templates');

/** The files of a new project, by path. */
export function templateFiles(template: Template, values: Readonly<Record<string, string>>): Map<string, string> {
  const files = new Map<string, string>();
  for (const layer of ['every-project', template]) {
    const names = readdirSync(join(folder, layer), { recursive: true, encoding: 'utf8', withFileTypes: true });
    for (const entry of names.filter((one) => one.isFile())) {
      const absolute = join(entry.parentPath, entry.name);
      const path = absolute.slice(join(folder, layer).length + 1).replaceAll(sep, '/');
      // npm leaves .gitignore out of packages
      files.set(path.replace(/^dot-/, '.'), fillIn(readFileSync(absolute, 'utf8'), values));
    }
  }
  return files;
}

/** A file of `templates/TEMPLATE`, as it is. */
export function rawTemplate(template: string, name: string): string {
  return readFileSync(join(folder, template, name), 'utf8');
}

/** A text of `templates/new`. */
export function templateText(name: string, values: Readonly<Record<string, string>>): string {
  return fillIn(rawTemplate('new', name), values);
}

function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
}
