import type * as z from 'zod/mini';
import { isJsonObject, type Json } from '../../json.ts';
import { storedJson } from '../../ledger/decision.ts';
import { describe } from '../../reading/describe.ts';
import { Nearest } from '../../reading/nearest.ts';

/** `path` from the root of `serverless.yml`. */
export type SettingsProblem = { readonly path: readonly string[]; readonly message: string; readonly remedy: string };

/** @param known the names of all settings */
export function settingsProblems(
  issue: z.core.$ZodIssue,
  value: unknown,
  known: readonly string[],
): readonly SettingsProblem[] {
  const path = ['custom', 'gluewright', ...issue.path.map(String)];
  if (issue.code === 'unrecognized_keys') {
    const nearest = new Nearest();
    return issue.keys.map((key) => {
      const remedy = issue.path.length === 0 ? nearest.remedy(key, known, otherwise) : otherwise;
      return { path: [...path, key], message: `unknown setting \`${key}\``, remedy };
    });
  }
  const found = describe(valueAt(storedJson.safeParse(value).data, issue.path.map(String)));
  const message = `\`${path.join('.')}\` should be ${expectedBy(issue)}, but is ${found}`;
  const remedy =
    issue.path.map((step) => remedies.get(String(step))).findLast((each) => each !== undefined) ?? otherwise;
  return [{ path, message, remedy }];
}

const otherwise = 'see the settings and their defaults in docs/deploy.md';

const remedies: ReadonlyMap<string, string> = new Map(
  Object.entries({
    buckets: 'write `landing: acme-landing-{account}-{region}`, or `landing: { name: …, create: true }`',
    logRetentionDays: 'choose one of these numbers of days',
    alarmTopic: 'write its ARN, such as arn:aws:sns:eu-west-1:111122223333:alarms',
    release: 'write `release: { canary: { percent: 10, minutes: 10 } }`, or leave it out',
    api: 'write `api: { jwt: { issuer: "https://…", audience: [NAME] } }`, or leave it out for IAM',
    protected: 'write the stages in brackets, such as [prod]',
    jobPolicies: 'write ARNs in brackets, such as [arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess]',
    machineRoles: 'write NAME: arn:aws:iam::111122223333:role/NAME',
    path: 'begin and end it with /',
    permissionsBoundary: 'write its ARN, such as arn:aws:iam::111122223333:policy/boundary',
    kmsKey: 'write the ARN of the key, not of an alias: arn:aws:kms:eu-west-1:111122223333:key/…',
    dashboard: 'write true or false, without quotes',
    nested: 'write true or false, without quotes',
  }),
);

const types: Readonly<Record<string, string>> = {
  ...{ object: 'a mapping of names', record: 'a mapping of names', array: 'a list', string: 'a text' },
  ...{ boolean: 'true or false', number: 'a number' },
};

function expectedBy(issue: z.core.$ZodIssue): string {
  const said = issue.message.replace(/^Invalid input: expected /, '');
  if (said !== 'Invalid input') return said;
  return issue.code === 'invalid_type' ? (types[issue.expected] ?? issue.expected) : 'another value';
}

function valueAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(value)) return valueAt(value[Number(step)], rest);
  return isJsonObject(value) && Object.hasOwn(value, step) ? valueAt(value[step], rest) : undefined;
}
