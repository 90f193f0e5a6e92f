import { type FunctionName, functions } from '../shared/deploy/functions/functions.ts';
import { present } from '../shared/json.ts';

/** A setting of `serverless.yml`, by its path, unless the project sets it. */
export type ServiceDefault = { readonly path: readonly string[]; readonly value: unknown };

/** Seconds. The others take the provider's. A sweep of `reconcile` ends within 40, so that sweeps do not overlap. */
const timeouts: Partial<Readonly<Record<FunctionName, number>>> = { api: 29 };

/** Settings that a project need not write: its functions, and how Lambda runs them. */
export function serviceDefaults(stack: string): ServiceDefault[] {
  return [
    ...entries(['provider'], {
      runtime: 'nodejs24.x',
      architecture: 'arm64',
      memorySize: 512,
      timeout: 60,
      logRetentionInDays: 30,
      deploymentBucket: { blockPublicAccess: true },
    }),
    ...entries(['provider', 'environment'], {
      GLUEWRIGHT_STACK: stack,
      GLUEWRIGHT_TABLE: { Ref: 'Ledger' },
      GLUEWRIGHT_OUTPUT_BUCKET: { Ref: 'Outputs' },
      GLUEWRIGHT_CATALOG: 'catalog.json',
      GLUEWRIGHT_STATE_MACHINES: {
        'Fn::Sub': `arn:\${AWS::Partition}:states:\${AWS::Region}:\${AWS::AccountId}:stateMachine:`,
      },
    }),
    // the patterns exclude all modules already, and Serverless would run `npm ls` twice for each function
    ...entries(['package'], {
      individually: true,
      excludeDevDependencies: false,
      patterns: ['!**', 'dist/catalog.json'],
    }),
    ...functionNames().map((name) => ({ path: ['functions', name], value: functionOf(name) })),
  ];
}

function functionNames(): FunctionName[] {
  const names: Readonly<Record<string, unknown>> = functions;
  return Object.keys(names).filter(isFunctionName);
}

function isFunctionName(name: string): name is FunctionName {
  return name in functions;
}

function functionOf(name: FunctionName): object {
  const role = name.replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
  const timeout = timeouts[name];
  return {
    handler: `dist/${name}.handler`,
    // Each deployment would keep a version of the code for good. Serverless reads the provider's setting before plugins run.
    versionFunction: false,
    role: { 'Fn::Sub': `\${${role}Role.Arn}` },
    ...present({ timeout }),
    package: { patterns: [`dist/${name}.mjs`, `dist/${name}/**`] },
  };
}

function entries(path: readonly string[], values: Readonly<Record<string, unknown>>): ServiceDefault[] {
  return Object.entries(values).map(([name, value]) => ({ path: [...path, name], value }));
}
