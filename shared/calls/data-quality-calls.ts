import {
  CancelDataQualityRulesetEvaluationRunCommand,
  type CancelDataQualityRulesetEvaluationRunCommandInput,
  GetDataQualityResultCommand,
  type GetDataQualityResultCommandInput,
  GetDataQualityRulesetEvaluationRunCommand,
  type GetDataQualityRulesetEvaluationRunCommandInput,
  GlueClient,
  StartDataQualityRulesetEvaluationRunCommand,
  type StartDataQualityRulesetEvaluationRunCommandInput,
} from '@aws-sdk/client-glue';
import type { Clients } from './clients.ts';

export const dataQualityCalls = {
  'glue:StartDataQualityRulesetEvaluationRun': (of: Clients, input: StartDataQualityRulesetEvaluationRunCommandInput) =>
    of(GlueClient).send(new StartDataQualityRulesetEvaluationRunCommand(input)),
  'glue:GetDataQualityRulesetEvaluationRun': (of: Clients, input: GetDataQualityRulesetEvaluationRunCommandInput) =>
    of(GlueClient).send(new GetDataQualityRulesetEvaluationRunCommand(input)),
  'glue:GetDataQualityResult': (of: Clients, input: GetDataQualityResultCommandInput) =>
    of(GlueClient).send(new GetDataQualityResultCommand(input)),
  'glue:CancelDataQualityRulesetEvaluationRun': (
    of: Clients,
    input: CancelDataQualityRulesetEvaluationRunCommandInput,
  ) => of(GlueClient).send(new CancelDataQualityRulesetEvaluationRunCommand(input)),
};
