/** The part of Serverless that the plugin uses; it has no types of its own for plugins. */
export type Serverless = {
  readonly serviceDir: string;
  /** `serverless.yml` as it is written. */
  readonly configurationInput: unknown;
  extendConfiguration(path: string[], value: unknown): void;
  readonly service: {
    readonly service: string;
    readonly custom?: { readonly gluewright?: unknown };
    resources?: unknown;
    readonly provider?: { readonly shouldNotDeploy?: boolean; readonly deploymentBucket?: string };
  };
  readonly classes: { readonly Error: new (message: string, code: string) => Error };
  getProvider(name: 'aws'): { getStage(): string };
};

export default class GluewrightPlugin {
  constructor(serverless: Serverless, options: unknown, tools: { log: { warning(text: string): void } });
  describe(): Promise<void>;
  bundle(): Promise<void>;
  upload(): Promise<void>;
}
