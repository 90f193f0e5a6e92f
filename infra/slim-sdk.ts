import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'esbuild';
import { importDirectly } from './direct-imports.ts';

/** Removes parts of the SDK that functions in Lambda never use: a third of the bundles' size and import time. */
export const slimSdk: Plugin = {
  name: 'slim-sdk',
  setup(build) {
    // in Lambda, credentials are in the environment; the default chain also reads profiles, logs in at identity
    // centres and asks instance metadata: 110 KB, with clients for three more services
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ resolveDir }) => ({
      path: 'environment',
      namespace: 'credentials',
      pluginData: resolveDir,
    }));
    build.onLoad({ filter: /.*/, namespace: 'credentials' }, ({ pluginData }) => ({
      contents: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
      resolveDir: String(pluginData),
    }));

    // Streams of events (S3 Select and the like), DynamoDB's endpoint discovery (off unless switched on): 24 KB. Names of
    // browsers: 34 KB.
    for (const [name, contents] of Object.entries(unused)) {
      build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: 'unused' }));
      build.onLoad({ filter: new RegExp(`^${name}$`), namespace: 'unused' }, () => ({ contents }));
    }

    // Hashes for Node without crypto, and the part of multi-region signatures that only reports the missing rest: 9 KB
    for (const [filter, contents] of replaced)
      build.onLoad({ filter }, ({ path: file }) => ({ contents, resolveDir: path.dirname(file) }));

    // The clients of REST services write the keys of their schemas as `[_h]`, with `const _h = "http"` above. A key
    // might have side effects, so esbuild keeps the schemas of all operations: 60 KB for S3 alone
    build.onLoad({ filter: /@aws-sdk\/client-[^/]+\/dist-es\/schemas\/schemas_0\.js$/ }, async ({ path }) => {
      const source = literalKeys(await readFile(path, 'utf8'));
      return { contents: withoutErrors(source) };
    });

    // each client, and the API, read their version from a package.json, and esbuild would bundle all of that file
    build.onLoad({ filter: /\/package\.json$/ }, async ({ path }) => {
      const { version }: { version?: unknown } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });

    importDirectly(build);
  },
};

/** Imported at start, but never called by the functions. */
const unused: Readonly<Record<string, string>> = {
  '@smithy/core/event-streams': `
    export const resolveEventStreamSerdeConfig = (config) => config;
    export const eventStreamSerdeProvider = () => undefined;
    export class EventStreamSerde {}`,
  '@aws-sdk/endpoint-cache': 'export class EndpointCache {}',
  bowser: 'export {};',
};

/** Modules by the end of their path, and their replacements. */
const replaced: readonly (readonly [RegExp, string])[] = [
  [/@aws-sdk\/checksums\/.*\/Sha1Js\.js$/, 'export const Sha1Js = undefined;'],
  [/@smithy\/core\/.*\/Sha256Js\.js$/, 'export const Sha256Js = undefined;'],
  [
    /@aws-sdk\/signature-v4-multi-region\/dist-es\/SignatureV4MultiRegion\.js$/,
    `import { SignatureV4SignWithCredentials } from './SignatureV4SignWithCredentials.js';
    export class SignatureV4MultiRegion extends SignatureV4SignWithCredentials {
      static sigv4aDependency() { return 'none'; }
    }`,
  ],
];

/** Errors that the ledger distinguishes by class; the second names the item. */
const typedErrors = ['ConditionalCheckFailedException', 'TransactionCanceledException'];

/**
 * Registers only those modelled errors: registering all would keep every error class of a service, 40 KB. The SDK
 * turns an unregistered error into the service's base class, with name, message, fault and metadata, which is all
 * that `shared/services/service-error.ts` reads.
 */
export function withoutErrors(source: string): string {
  return source.replaceAll(/^n\d+_registry\.registerError\(.*, (\w+)\);$/gm, (line, error: string) =>
    typedErrors.includes(error) ? line : '',
  );
}

/** `{ [_h]: 1 }` becomes `{ "http": 1 }`, using the constants of the same text. */
export function literalKeys(source: string): string {
  const constants = new Map(
    [...source.matchAll(/^const (_\w+) = ("(?:[^"\\]|\\.)*");$/gm)].map(([, name = '', text = '']) => [name, text]),
  );
  return source.replaceAll(/\[(_\w+)\]:/g, (key, name: string) => {
    const text = constants.get(name);
    return text === undefined ? key : `${text}:`;
  });
}
