// Serverless reads .cjs files only; Node 24 loads the TypeScript behind it.
module.exports.resources = async ({ resolveConfigurationProperty, resolveVariable }) => {
  const { loadDeployment } = require('./deployment.ts');
  const bucket = await resolveConfigurationProperty(['provider', 'deploymentBucket']);
  const { template } = await loadDeployment({
    root: `${__dirname}/..`,
    service: await resolveConfigurationProperty(['service']),
    stage: await resolveVariable('sls:stage'),
    deploymentBucket: typeof bucket === 'string' ? bucket : bucket?.name,
    settings: await resolveConfigurationProperty(['custom', 'gluewright']),
  });
  return template;
};
