import type { Json } from '../../json.ts';
import { functionId } from '../template/names.ts';
import type { Settings } from '../template/settings.ts';
import { getAtt, type Resource, ref, sub } from '../template/template.ts';

export const httpApi = 'HttpApi';
const accessLog = 'HttpApiAccessLog';

/**
 * Caller, request and result. Refused callers never reach the function, so only this log has them. No parameters, no
 * bodies.
 */
const accessLogLine = {
  time: '$context.requestTime',
  requestId: '$context.requestId',
  sourceIp: '$context.identity.sourceIp',
  // one of the two, by the kind of authorisation; the other is `-`
  caller: '$context.identity.userArn',
  subject: '$context.authorizer.claims.sub',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  error: '$context.error.message',
};

/**
 * An HTTP API before the function `api`, which knows the routes. Every request needs authorisation: IAM
 * (`execute-api:Invoke`), or a token of the issuer in the settings.
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
        // the function checks scopes, since each pipeline may have its own
        ...(api.kind === 'jwt' && api.scopes !== undefined
          ? { StageVariables: { readScope: api.scopes.read, actScope: api.scopes.act } }
          : {}),
        AccessLogSettings: { DestinationArn: getAtt(accessLog, 'Arn'), Format: JSON.stringify(accessLogLine) },
        // people and a few programs call it; a higher rate would be a costly mistake
        DefaultRouteSettings: { ThrottlingBurstLimit: 50, ThrottlingRateLimit: 25 },
      },
    },
    [accessLog]: {
      Type: 'AWS::Logs::LogGroup',
      // the prefix keeps the group out of the account's log resource policy, which has room for few groups
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
