type Pattern = 'sync' | 'sync:2' | 'waitForTaskToken';

const plain: readonly Pattern[] = [];
const sync: readonly Pattern[] = ['sync'];
const token: readonly Pattern[] = ['waitForTaskToken'];

const each = (service: string, names: string, patterns: readonly Pattern[]): [string, readonly Pattern[]][] =>
  names.split(' ').map((name) => [`${service}:${name}`, patterns]);

/**
 * The optimized integrations, and what they can wait for besides the response (Step Functions guide: integrating
 * services).
 */
const optimized: ReadonlyMap<string, readonly Pattern[]> = new Map([
  ...each('apigateway', 'invoke', token),
  ...each('athena', 'startQueryExecution', sync),
  ...each('athena', 'stopQueryExecution getQueryExecution getQueryResults', plain),
  ...each('batch', 'submitJob', sync),
  ...each('bedrock', 'invokeModel', plain),
  ...each('bedrock', 'createModelCustomizationJob', sync),
  ...each('codebuild', 'startBuild startBuildBatch', sync),
  ...each(
    'codebuild',
    'stopBuild batchDeleteBuilds batchGetReports stopBuildBatch retryBuildBatch deleteBuildBatch',
    plain,
  ),
  ...each('databrew', 'startJobRun', sync),
  ...each('dynamodb', 'getItem putItem updateItem deleteItem', plain),
  ...each('ecs', 'runTask', ['sync', 'waitForTaskToken']),
  ...each('eks', 'createCluster deleteCluster createNodegroup deleteNodegroup createFargateProfile', sync),
  ...each('eks', 'deleteFargateProfile runJob', sync),
  ...each('eks', 'call', plain),
  ...each('elasticmapreduce', 'createCluster terminateCluster addStep', sync),
  ...each('elasticmapreduce', 'cancelStep setClusterTerminationProtection', plain),
  ...each('elasticmapreduce', 'modifyInstanceFleetByName modifyInstanceGroupByName', plain),
  ...each('emr-containers', 'createVirtualCluster', plain),
  ...each('emr-containers', 'deleteVirtualCluster startJobRun', sync),
  ...each('emr-serverless', 'createApplication startApplication stopApplication deleteApplication', sync),
  ...each('emr-serverless', 'startJobRun cancelJobRun', sync),
  ...each('events', 'putEvents', token),
  ...each('glue', 'startJobRun', sync),
  ...each('http', 'invoke', plain),
  ...each('lambda', 'invoke', token),
  ...each('mediaconvert', 'createJob', sync),
  ...each('sagemaker', 'createTransformJob createTrainingJob createHyperParameterTuningJob', sync),
  ...each('sagemaker', 'createLabelingJob createProcessingJob', sync),
  ...each('sagemaker', 'createEndpoint createEndpointConfig createModel updateEndpoint', plain),
  ...each('sns', 'publish', token),
  ...each('sqs', 'sendMessage', token),
  ...each('states', 'startExecution', ['sync', 'sync:2', 'waitForTaskToken']),
]);

/**
 * Parses the part after `:states:::`, such as `lambda:invoke`, `states:startExecution.sync:2` or
 * `aws-sdk:glue:getJobRun.waitForTaskToken`.
 */
export function isKnownIntegration(name: string): boolean {
  const [, base = name, pattern] = /^(.*?)\.(sync|sync:2|waitForTaskToken)$/.exec(name) ?? [];
  if (/^aws-sdk:[a-z0-9]+:[a-z][A-Za-z0-9]*$/.test(base))
    return pattern === undefined || pattern === 'waitForTaskToken';
  const patterns = optimized.get(base);
  return patterns !== undefined && (pattern === undefined || patterns.some((known) => known === pattern));
}
