import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';

/** For example a dynamic import, which would fail in the installed package. */
const otherImport = /(?:from|import)\s*\(?\s*'@(?:aws-sdk|smithy)\//;
const sdkImport = /import \{([^}]*)\} from '(@(?:aws-sdk|smithy)\/[^']+)';/g;

/**
 * Puts the imported parts of the AWS SDK into `vendor/` beside the compiled files, and points the imports there. As
 * dependencies, the SDK's clients would be larger than everything else.
 */
export async function vendorSdk(root: string, folder: string): Promise<void> {
  const used = new Map<string, Set<string>>();
  for (const file of compiledFiles(folder)) {
    const text = readFileSync(file, 'utf8');
    const rewritten = text.replaceAll(sdkImport, (_, names: string, client: string) => {
      const known = used.get(client) ?? new Set();
      for (const name of names.split(',')) known.add(name.trim().split(' as ')[0] ?? '');
      used.set(client, known);
      return `import {${names}} from '${addressOf(file, path.join(folder, 'vendor', `${client.replace(/^@.*\//, '')}.js`))}';`;
    });
    if (otherImport.test(rewritten)) throw new Error(`${file} imports the AWS SDK in a form that is not vendored`);
    if (rewritten !== text) writeFileSync(file, rewritten);
  }
  const entries = [...used].map(([client, names]): [string, string] => [
    client,
    `export { ${[...names].filter((name) => name !== '').join(', ')} } from '${client}';`,
  ]);
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(entries.map(([client]) => [client.replace(/^@.*\//, ''), `sdk:${client}`])),
    outdir: path.join(folder, 'vendor'),
    chunkNames: 'shared/[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    mainFields: ['module', 'main'],
    // Identifiers stay: the SDK shows the names of its classes.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    plugins: [
      {
        name: 'sdk-entries',
        setup(context) {
          const texts = new Map(entries);
          context.onResolve({ filter: /^sdk:/ }, ({ path: name }) => ({ path: name.slice(4), namespace: 'sdk' }));
          context.onLoad({ filter: /.*/, namespace: 'sdk' }, ({ path: client }) => ({
            contents: texts.get(client) ?? '',
            resolveDir: root,
          }));
        },
      },
    ],
  });
  writeFileSync(path.join(folder, 'vendor', 'LICENSES.txt'), licencesOf(root, metafile));
}

export function compiledFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.m?js$/.test(name) && !name.startsWith('vendor'))
    .map((name) => path.join(folder, name));
}

function addressOf(from: string, to: string): string {
  const address = path.relative(path.dirname(from), to);
  return address.startsWith('.') ? address : `./${address}`;
}

/** The licence of every package that is part of the bundles. */
function licencesOf(root: string, { inputs }: Metafile): string {
  const folders = new Set(
    Object.keys(inputs).flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  return [...folders]
    .sort()
    .map((folder) => {
      const absolute = path.join(root, folder);
      const manifest: { name?: unknown; version?: unknown; license?: unknown } = JSON.parse(
        readFileSync(path.join(absolute, 'package.json'), 'utf8'),
      );
      const file = readdirSync(absolute).find((name) => /^licen[cs]e/i.test(name));
      const text =
        file === undefined || !existsSync(path.join(absolute, file))
          ? ''
          : readFileSync(path.join(absolute, file), 'utf8');
      return `${manifest.name} ${manifest.version}: ${manifest.license}\n\n${text}`;
    })
    .join(`\n${'-'.repeat(100)}\n`);
}
