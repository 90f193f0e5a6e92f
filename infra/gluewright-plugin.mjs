import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { formatProblem } from '../shared/reading/problem.ts';
import { removeOldArtifacts } from './artifacts/remove-old-artifacts.ts';
import { stageFolder, upload } from './artifacts/upload.ts';
import { loadDeployment } from './deployment.ts';
import { describeRemovals, liveRemovals } from './machines/live-removals.ts';
import { removeOldVersions } from './machines/remove-old-versions.ts';
import { placeBundles } from './place-bundles.ts';
import { protectLedger } from './protect-ledger.ts';
import { serviceDefaults } from './service-defaults.ts';

/**
 * Fills in what `serverless.yml` leaves out, reports problems of the pipelines, adds their resources to the
 * template, bundles the functions, and uploads files outside the template.
 */
export default class GluewrightPlugin {
  constructor(serverless, _options, { log }) {
    this.log = log;
    this.serverless = serverless;
    this.provider = serverless.getProvider('aws');
    this.fillIn();
    this.hooks = {
      // not through `resources:` of serverless.yml: Serverless would resolve variables in users' pipelines,
      // which reads the environment and files, and runs code; by now it has resolved everything
      'before:package:initialize': () => this.describe(),
      'before:package:createDeploymentArtifacts': () => this.bundle(),
      'after:aws:deploy:deploy:checkForChanges': () => this.upload(),
      // after Serverless has removed its own artifacts of older deployments
      'after:aws:deploy:finalize:cleanup': async () => {
        await this.protect();
        await this.removeOld();
      },
    };
  }

  fillIn() {
    const { service, configurationInput } = this.serverless;
    for (const { path: names, value } of serviceDefaults(`${service.service}-${this.provider.getStage()}`)) {
      const own = names.reduce((part, name) => part?.[name], configurationInput);
      if (own === undefined) this.serverless.extendConfiguration([...names], value);
    }
  }

  async deployment() {
    const { service, serviceDir } = this.serverless;
    return loadDeployment({
      account: await this.account(),
      region: this.provider.getRegion(),
      root: serviceDir,
      service: service.service,
      stage: this.provider.getStage(),
      // by now a name, if there is one
      deploymentBucket: service.provider?.deploymentBucket ?? undefined,
      settings: service.custom?.gluewright,
    });
  }

  async refuseToKill(machines) {
    if (process.env.GLUEWRIGHT_REMOVE_LIVE === 'yes') return;
    const stage = this.provider.getStage();
    const stack = `${this.serverless.service.service}-${stage}`;
    const live = await liveRemovals(await this.provider.getAwsSdkV3Config(), stack, new Set(machines));
    if (live.length > 0)
      throw new this.serverless.classes.Error(describeRemovals(live, stack, stage), 'GLUEWRIGHT_LIVE_RUNS');
  }

  /** Looked up only if names contain it and there are credentials, so `package` works offline. */
  async account() {
    if (!JSON.stringify(this.serverless.service.custom?.gluewright ?? {}).includes('{account}')) return undefined;
    try {
      this.accountId ??= await this.provider.getAccountId();
    } catch (error) {
      if (this.isDeploying()) throw error;
      if (!this.warned) this.log.warning('no credentials: names of buckets hold 000000000000 for the account');
      this.warned = true;
    }
    return this.accountId;
  }

  isDeploying() {
    return this.serverless.processedInput?.commands?.[0] === 'deploy';
  }

  async describe() {
    const { problems, warnings, template } = await this.deployment();
    // users' errors are printed without a stack
    if (problems.length > 0)
      throw new this.serverless.classes.Error(problems.map(formatProblem).join('\n'), 'GLUEWRIGHT_PROBLEMS');
    for (const warning of warnings) this.log.warning(formatProblem(warning));
    const { service } = this.serverless;
    const own = service.resources ?? {};
    service.resources = {
      ...own,
      Resources: { ...own.Resources, ...template.Resources },
      Outputs: { ...own.Outputs, ...template.Outputs },
    };
  }

  async bundle() {
    const dist = path.join(this.serverless.serviceDir, 'dist');
    await placeBundles(dist);
    const { catalog } = await this.deployment();
    await writeFile(path.join(dist, 'catalog.json'), JSON.stringify(catalog));
  }

  async upload() {
    const { uploads, machines } = await this.deployment();
    if (this.serverless.service.provider.shouldNotDeploy) return;
    await this.refuseToKill(machines);
    if (uploads.length === 0) return;
    const bucket = await this.provider.getServerlessDeploymentBucketName();
    await upload(uploads, bucket, await this.provider.getAwsSdkV3Config());
  }

  async protect() {
    const { service } = this.serverless;
    if (service.provider.shouldNotDeploy) return;
    try {
      await protectLedger(await this.provider.getAwsSdkV3Config(), `${service.service}-${this.provider.getStage()}`);
    } catch (error) {
      // the deployment is done, and the next one tries again
      this.log.warning(`the ledger is not protected from deletion: ${error?.message ?? error}`);
    }
  }

  async removeOld() {
    const { service } = this.serverless;
    if (service.provider.shouldNotDeploy) return;
    const stage = this.provider.getStage();
    try {
      const config = await this.provider.getAwsSdkV3Config();
      const { machines } = await this.deployment();
      const versions = await removeOldVersions(config, `${service.service}-${stage}`, machines);
      const bucket = await this.provider.getServerlessDeploymentBucketName();
      const folder = stageFolder(service.service, stage);
      const artifacts = await removeOldArtifacts(config, { bucket, folder, now: Date.now() });
      if (versions + artifacts > 0) this.log.notice(`removed ${versions} old versions and ${artifacts} old artifacts`);
    } catch (error) {
      // the deployment is done, and the next one tries again
      this.log.warning(`old versions and artifacts were not removed: ${error?.message ?? error}`);
    }
  }
}
