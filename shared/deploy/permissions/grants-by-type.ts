import { anywhere, type Grant, of } from './grant.ts';

const bucket = ['arn:*:s3:::STACK-*', 'arn:*:s3:::STACK-*/*'];
const role = ['arn:*:iam::*:role/*STACK-*'];

/** The calls that deploy, upgrade and remove a resource of each type. */
export const grantsByType: Readonly<Record<string, readonly Grant[]>> = {
  'AWS::ApiGatewayV2::Api': [
    {
      actions: ['apigateway:DELETE', 'apigateway:GET', 'apigateway:PATCH', 'apigateway:POST', 'apigateway:PUT'],
      on: ['arn:*:apigateway:*::/apis', 'arn:*:apigateway:*::/apis/*', 'arn:*:apigateway:*::/tags/*'],
    },
  ],
  'AWS::CloudFormation::Stack': [],
  'AWS::CloudWatch::Alarm': [
    { actions: ['cloudwatch:DeleteAlarms', 'cloudwatch:PutMetricAlarm'], on: [of('cloudwatch', 'alarm:STACK-*')] },
    { actions: ['cloudwatch:DescribeAlarms'], on: [of('cloudwatch', 'alarm:*')] },
  ],
  'AWS::CloudWatch::Dashboard': [
    {
      actions: ['cloudwatch:DeleteDashboards', 'cloudwatch:GetDashboard', 'cloudwatch:PutDashboard'],
      on: ['arn:*:cloudwatch::*:dashboard/STACK-*'],
    },
  ],
  'AWS::DynamoDB::Table': [
    {
      actions: [
        // a first deployment that fails deletes the table again
        ...['CreateTable', 'DeleteTable', 'DescribeContinuousBackups', 'DescribeContributorInsights'],
        ...['DescribeTable', 'DescribeTimeToLive', 'ListTagsOfResource', 'TagResource', 'UntagResource'],
        ...['UpdateContinuousBackups', 'UpdateTable', 'UpdateTimeToLive'],
      ].map((action) => `dynamodb:${action}`),
      on: [of('dynamodb', 'table/STACK-*')],
    },
  ],
  'AWS::Events::Rule': [
    {
      actions: ['DeleteRule', 'DescribeRule', 'ListTargetsByRule', 'PutRule', 'PutTargets', 'RemoveTargets'].map(
        (action) => `events:${action}`,
      ),
      on: [of('events', 'rule/STACK-*')],
    },
  ],
  'AWS::Glue::Crawler': [
    {
      actions: ['DeleteCrawler', 'GetCrawler', 'UpdateCrawler'].map((action) => `glue:${action}`),
      on: [of('glue', 'crawler/STACK-*')],
    },
    { actions: ['glue:CreateCrawler'], on: anywhere },
  ],
  'AWS::Glue::DataQualityRuleset': [
    {
      actions: ['Delete', 'Get', 'Update'].map((verb) => `glue:${verb}DataQualityRuleset`),
      on: [of('glue', 'dataQualityRuleset/STACK-*')],
    },
    { actions: ['glue:CreateDataQualityRuleset'], on: anywhere },
  ],
  'AWS::Glue::Job': [
    {
      actions: ['CreateJob', 'DeleteJob', 'GetJob', 'GetTags', 'TagResource', 'UntagResource', 'UpdateJob'].map(
        (action) => `glue:${action}`,
      ),
      on: [of('glue', 'job/STACK-*')],
    },
  ],
  'AWS::IAM::ManagedPolicy': [
    {
      actions: [
        ...['CreatePolicy', 'CreatePolicyVersion', 'DeletePolicy', 'DeletePolicyVersion', 'GetPolicy'],
        ...['GetPolicyVersion', 'ListPolicyVersions'],
      ].map((action) => `iam:${action}`),
      on: ['arn:*:iam::*:policy/*STACK-*'],
    },
  ],
  'AWS::IAM::Role': [
    {
      actions: [
        ...['AttachRolePolicy', 'CreateRole', 'DeleteRole', 'DeleteRolePermissionsBoundary', 'DeleteRolePolicy'],
        ...['DetachRolePolicy', 'GetRole', 'GetRolePolicy', 'ListAttachedRolePolicies', 'ListRolePolicies'],
        ...['PassRole', 'PutRolePermissionsBoundary', 'PutRolePolicy', 'TagRole', 'UntagRole'],
        ...['UpdateAssumeRolePolicy', 'UpdateRole', 'UpdateRoleDescription'],
      ].map((action) => `iam:${action}`),
      on: role,
    },
  ],
  'AWS::Lambda::EventInvokeConfig': [
    {
      actions: ['DeleteFunctionEventInvokeConfig', 'GetFunctionEventInvokeConfig', 'PutFunctionEventInvokeConfig'].map(
        (action) => `lambda:${action}`,
      ),
      on: [of('lambda', 'function:STACK-*')],
    },
  ],
  'AWS::Lambda::EventSourceMapping': [
    {
      actions: ['Create', 'Delete', 'Get', 'Update'].map((verb) => `lambda:${verb}EventSourceMapping`),
      on: anywhere,
    },
  ],
  'AWS::Lambda::Function': [
    {
      actions: [
        ...['CreateFunction', 'DeleteFunction', 'GetFunction', 'GetFunctionConfiguration', 'ListTags'],
        ...['ListVersionsByFunction', 'PublishVersion', 'TagResource', 'UntagResource', 'UpdateFunctionCode'],
        ...['UpdateFunctionConfiguration'],
      ].map((action) => `lambda:${action}`),
      on: [of('lambda', 'function:STACK-*')],
    },
  ],
  'AWS::Lambda::Permission': [
    {
      actions: ['lambda:AddPermission', 'lambda:GetPolicy', 'lambda:RemovePermission'],
      on: [of('lambda', 'function:STACK-*')],
    },
  ],
  'AWS::Logs::LogGroup': [
    {
      actions: [
        ...['CreateLogGroup', 'DeleteLogGroup', 'ListTagsForResource', 'PutRetentionPolicy', 'TagResource'],
        ...['UntagResource'],
      ].map((action) => `logs:${action}`),
      on: [of('logs', 'log-group:/aws/*/STACK*')],
    },
    // state machines and the API write logs by deliveries, which have no names
    {
      actions: [
        ...['CreateLogDelivery', 'DeleteLogDelivery', 'DescribeLogGroups', 'DescribeResourcePolicies'],
        ...['GetLogDelivery', 'ListLogDeliveries', 'PutResourcePolicy', 'UpdateLogDelivery'],
      ].map((action) => `logs:${action}`),
      on: anywhere,
    },
  ],
  'AWS::Logs::MetricFilter': [
    {
      actions: ['logs:DeleteMetricFilter', 'logs:DescribeMetricFilters', 'logs:PutMetricFilter'],
      on: [of('logs', 'log-group:/aws/*/STACK*')],
    },
  ],
  'AWS::S3::Bucket': [
    {
      actions: [
        ...['CreateBucket', 'DeleteBucket', 'GetBucketLocation', 'GetBucketTagging', 'GetEncryptionConfiguration'],
        ...['GetLifecycleConfiguration', 'ListBucket', 'PutBucketNotification', 'PutBucketOwnershipControls'],
        ...['PutBucketPublicAccessBlock', 'PutBucketTagging', 'PutEncryptionConfiguration'],
        ...['PutLifecycleConfiguration', 'DeleteObject', 'GetObject', 'PutObject', 'ListBucketVersions'],
      ].map((action) => `s3:${action}`),
      on: bucket,
    },
  ],
  'AWS::S3::BucketPolicy': [
    { actions: ['s3:DeleteBucketPolicy', 's3:GetBucketPolicy', 's3:PutBucketPolicy'], on: bucket },
  ],
  'AWS::SNS::Topic': [
    {
      actions: [
        ...['CreateTopic', 'DeleteTopic', 'GetDataProtectionPolicy', 'GetTopicAttributes', 'ListSubscriptionsByTopic'],
        ...['ListTagsForResource', 'SetTopicAttributes', 'Subscribe', 'TagResource', 'UntagResource'],
      ].map((action) => `sns:${action}`),
      on: [of('sns', 'STACK-notify-*')],
    },
    { actions: ['sns:Unsubscribe'], on: anywhere },
  ],
  'AWS::SQS::Queue': [
    {
      actions: ['CreateQueue', 'DeleteQueue', 'GetQueueAttributes', 'GetQueueUrl', 'SetQueueAttributes'].map(
        (action) => `sqs:${action}`,
      ),
      on: [of('sqs', 'STACK-*')],
    },
  ],
  'AWS::Scheduler::Schedule': [
    {
      actions: ['CreateSchedule', 'DeleteSchedule', 'GetSchedule', 'UpdateSchedule'].map((each) => `scheduler:${each}`),
      on: [of('scheduler', 'schedule/STACK/*')],
    },
  ],
  'AWS::Scheduler::ScheduleGroup': [
    {
      actions: [
        'CreateScheduleGroup',
        'DeleteScheduleGroup',
        'GetScheduleGroup',
        'ListTagsForResource',
        'TagResource',
      ].map((action) => `scheduler:${action}`),
      on: [of('scheduler', 'schedule-group/STACK')],
    },
  ],
  'AWS::StepFunctions::StateMachine': [
    {
      actions: [
        ...['CreateStateMachine', 'DeleteStateMachine', 'DescribeStateMachine', 'ListTagsForResource'],
        ...['TagResource', 'UntagResource', 'UpdateStateMachine'],
      ].map((action) => `states:${action}`),
      on: [of('states', 'stateMachine:STACK-*')],
    },
    { actions: ['states:ValidateStateMachineDefinition'], on: anywhere },
  ],
  'AWS::StepFunctions::StateMachineAlias': [
    {
      actions: ['Create', 'Delete', 'Describe', 'Update'].map((verb) => `states:${verb}StateMachineAlias`),
      on: [of('states', 'stateMachine:STACK-*')],
    },
  ],
  'AWS::StepFunctions::StateMachineVersion': [
    {
      actions: [
        'states:DeleteStateMachineVersion',
        'states:ListStateMachineVersions',
        'states:PublishStateMachineVersion',
      ],
      on: [of('states', 'stateMachine:STACK-*')],
    },
  ],
};

/** Types that need the calls of another type. */
export const likeOthers: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Authorizer': 'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration': 'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Route': 'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Stage': 'AWS::ApiGatewayV2::Api',
  'AWS::Lambda::Version': 'AWS::Lambda::Function',
  'AWS::SQS::QueuePolicy': 'AWS::SQS::Queue',
};
