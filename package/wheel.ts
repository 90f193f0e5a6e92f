import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

type Entry = { readonly name: string; readonly content: Buffer };

/**
 * Writes the Python package as a wheel, which pip installs without a build.
 *
 * @param python the folder with `gluewright/` and `pyproject.toml`
 * @param version must be pyproject.toml's own
 * @returns the wheel's path, in `out`
 */
export function writeWheel(python: string, out: string, version: string): string {
  const project = readFileSync(path.join(python, 'pyproject.toml'), 'utf8');
  const field = (name: string) => {
    const [, value] = new RegExp(`^${name} = "(.*)"$`, 'm').exec(project) ?? [];
    if (value === undefined) throw new Error(`pyproject.toml has no ${name}`);
    return value;
  };
  if (field('version') !== version) throw new Error(`pyproject.toml says ${field('version')}, package.json ${version}`);
  const info = `gluewright-${version}.dist-info`;
  const metadata = [
    'Metadata-Version: 2.1',
    'Name: gluewright',
    `Version: ${version}`,
    `Summary: ${field('description')}`,
    `Requires-Python: ${field('requires-python')}`,
    'License: Apache-2.0',
    '',
  ];
  const entries = [
    ...modules(path.join(python, 'gluewright')),
    text(`${info}/METADATA`, metadata.join('\n')),
    text(`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: gluewright\nRoot-Is-Purelib: true\nTag: py3-none-any\n'),
    text(`${info}/entry_points.txt`, '[pytest11]\ngluewright = gluewright.testing\n'),
  ];
  const record = entries.map(({ name, content }) => {
    const digest = createHash('sha256').update(content).digest('base64url');
    return `${name},sha256=${digest},${content.byteLength}`;
  });
  const file = path.join(out, `gluewright-${version}-py3-none-any.whl`);
  writeFileSync(file, zip([...entries, text(`${info}/RECORD`, [...record, `${info}/RECORD,,`, ''].join('\n'))]));
  return file;
}

function modules(folder: string): Entry[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.py'));
  return names.sort().map((name) => ({ name: `gluewright/${name}`, content: readFileSync(path.join(folder, name)) }));
}

function text(name: string, content: string): Entry {
  return { name, content: Buffer.from(content) };
}

/** 1 January 2026, 00:00, in DOS format, so the same sources make the same wheel. */
const dosDate = ((2026 - 1980) << 9) | (1 << 5) | 1;

/** A zip file (APPNOTE.TXT, 4.3): each entry with a header, and a directory of all entries. */
function zip(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const packed = deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(dosDate, 8);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.byteLength, 14);
    common.writeUInt32LE(content.byteLength, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([signature(0x04034b50), common, Buffer.from(name), packed]);
    const made = Buffer.from([20, 0]);
    const place = Buffer.alloc(14);
    // Files of mode 644.
    place.writeUInt32LE((0o100644 << 16) >>> 0, 6);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([signature(0x02014b50), made, common, place, Buffer.from(name)]));
    parts.push(local);
    offset += local.byteLength;
  }
  const all = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(all.byteLength, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, all, signature(0x06054b50), end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
