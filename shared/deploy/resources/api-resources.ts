import type { Json } from '../../json.ts';
import { functionId } from '../template/names.ts';
import type { Settings } from '../template/settings.ts';
import { getAtt, type Resource, ref, sub } from '../template/template.ts';

export const httpApi = 'HttpApi';
const accessLog = 'HttpApiAccessLog';

/** Who asked for what, and what came of it: who is refused never gets as far as the function. No parameters, no bodies. */
const accessLogLine = {
  time: '$context.requestTime',
  requestId: '$context.requestId',
  sourceIp: '$context.identity.sourceIp',
  // By the kind of authorisation one of the two; the other is `-`.
  caller: '$context.identity.userArn',
  subject: '$context.authorizer.claims.sub',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  error: '$context.error.message',
};

/**
 * An HTTP API in front of the function `api`, which knows the routes. Nobody is let in without authorisation: by IAM
 * (`execute-api:Invoke`), or by tokens of the issuer that the settings name.
 */
export function apiResources({ stack, api, logRetentionDays }: Settings): Record<string, Resource> {
  const authorization: { readonly [name: string]: Json } =
    api.kind === 'iam'
      ? { AuthorizationType: 'AWS_IAM' }
      : {
          AuthorizationType: 'JWT',
          AuthorizerId: ref('HttpApiAuthorizer'),
        };
  return {
    [httpApi]: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: stack, ProtocolType: 'HTTP' } },
    ...(api.kind === 'jwt' && {
      HttpApiAuthorizer: {
        Type: 'AWS::ApiGatewayV2::Authorizer',
        Properties: {
          ApiId: ref(httpApi),
          Name: 'jwt',
          AuthorizerType: 'JWT',
          IdentitySource: ['$request.header.Authorization'],
          JwtConfiguration: { Issuer: api.issuer, Audience: api.audience },
        },
      },
    }),
    HttpApiIntegration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: ref(httpApi),
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: getAtt(functionId('api'), 'Arn'),
        PayloadFormatVersion: '2.0',
      },
    },
    HttpApiRoute: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: ref(httpApi),
        RouteKey: 'ANY /{proxy+}',
        Target: sub(`integrations/\${HttpApiIntegration}`),
        ...authorization,
      },
    },
    HttpApiStage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        ApiId: ref(httpApi),
        StageName: '$default',
        AutoDeploy: true,
        // the function tells scopes apart, since there may be some for each pipeline
        ...(api.kind === 'jwt' && api.scopes !== undefined
          ? { StageVariables: { readScope: api.scopes.read, actScope: api.scopes.act } }
          : {}),
        AccessLogSettings: { DestinationArn: getAtt(accessLog, 'Arn'), Format: JSON.stringify(accessLogLine) },
        // People and schedulers of others ask, not crowds: more than this is a mistake that would cost.
        DefaultRouteSettings: { ThrottlingBurstLimit: 50, ThrottlingRateLimit: 25 },
      },
    },
    [accessLog]: {
      Type: 'AWS::Logs::LogGroup',
      // The prefix keeps the group out of the account's log resource policy, which has room for a few groups only.
      Properties: { LogGroupName: `/aws/vendedlogs/api/${stack}`, RetentionInDays: logRetentionDays },
    },
    HttpApiPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: ref(functionId('api')),
        Principal: 'apigateway.amazonaws.com',
        SourceArn: sub(`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${httpApi}}/*`),
      },
    },
  };
}
