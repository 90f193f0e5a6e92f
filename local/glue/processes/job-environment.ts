import path from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables by which a shell gives programs access to an AWS account. */
const accountVariables = [
  ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE', 'AWS_DEFAULT_PROFILE'],
  ...['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE'],
  ...['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CREDENTIAL_EXPIRATION'],
];

export type Endpoint = {
  readonly url: string;
  /** The access key that the local endpoint accepts. */
  readonly key: string;
};

/** The access key that `gluewright dev` prints for shells. */
const dummyKey = 'local';

/** Variables that would give a job access to a real account. */
export function accountVariablesIn(shell: Environment): readonly string[] {
  if (shell.AWS_ACCESS_KEY_ID === dummyKey) return [];
  return accountVariables.filter((name) => (shell[name] ?? '') !== '');
}

/**
 * The environment of a local job: the shell's without AWS settings, plus the local endpoint with dummy credentials. A
 * job's `local.env` cannot override this.
 *
 * @param options.emptyFile replaces the user's AWS configuration and credentials files
 * @param options.python module folders that precede the shell's
 */
export function jobEnvironment(options: {
  readonly shell: Environment;
  readonly own: Environment;
  readonly endpoint: Endpoint;
  readonly emptyFile: string;
  readonly buckets: string;
  readonly python: readonly string[];
}): Record<string, string> {
  const { shell, own, emptyFile } = options;
  const { url, key } = options.endpoint;
  const base = Object.entries({ ...shell, ...own }).flatMap(([name, value]) =>
    value === undefined || name.toUpperCase().startsWith('AWS_') ? [] : [[name, value]],
  );
  const environment: Record<string, string> = Object.fromEntries(base);
  const direct = directHosts(environment.NO_PROXY ?? environment.no_proxy);
  return {
    ...environment,
    PYTHONPATH: [...options.python, environment.PYTHONPATH ?? ''].filter((one) => one !== '').join(path.delimiter),
    GLUEWRIGHT_BUCKETS: options.buckets,
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_S3: url,
    AWS_REGION: own.AWS_REGION ?? 'us-east-1',
    AWS_DEFAULT_REGION: own.AWS_REGION ?? 'us-east-1',
    AWS_ACCESS_KEY_ID: key,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: emptyFile,
    AWS_SHARED_CREDENTIALS_FILE: emptyFile,
    AWS_EC2_METADATA_DISABLED: 'true',
    // Some operations prefix the host name, and no such local host exists.
    AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
    // Programs differ in which spelling they read.
    HTTPS_PROXY: url,
    https_proxy: url,
    NO_PROXY: direct,
    no_proxy: direct,
    // Without this, Node ignores the proxy.
    NODE_USE_ENV_PROXY: '1',
  };
}

/** Hosts to contact without a proxy: the shell's list, except entries that would let AWS through. */
function directHosts(shell = ''): string {
  const kept = shell.split(',').map((host) => host.trim());
  const harmless = kept.filter((host) => host !== '' && !letsAwsThrough(host));
  return ['127.0.0.1', 'localhost', ...harmless].join(',');
}

function letsAwsThrough(host: string): boolean {
  const suffix = host.replace(/^[*.]+/, '').toLowerCase();
  return (
    /^(|com|cn|com\.cn|eu|aws|api\.aws|.*amazon(aws|webservices)\.(com|com\.cn|eu))$/.test(suffix) ||
    suffix.endsWith('.api.aws')
  );
}
