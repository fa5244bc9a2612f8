import { RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { ApplicationLogLevel, LoggingFormat, SystemLogLevel } from "aws-cdk-lib/aws-lambda";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import { type App, Function as BundledFunction, type FunctionProps, type Stack } from "sst/constructs";
import { esbuildOptions } from "./bundle/index.ts";
import { isProtected, type LambdaName, settingsIn } from "./settings.ts";

export interface LambdaProps extends Pick<FunctionProps, "description" | "environment" | "url"> {
  /** `file.export`, below the Lambda entry points. */
  readonly entry: string;
  readonly timeoutSeconds: number;
  /** Encrypts the log; AWS's own key does where there is none. */
  readonly logKey: IKey | undefined;
}

export interface Lambda {
  readonly fn: BundledFunction;
  readonly name: string;
}

/** A Lambda with a log of its own and a role that may write to it, and nothing else until it is granted. */
export function lambda(stack: Stack, id: LambdaName, props: LambdaProps): Lambda {
  const app = stack.node.root as App;
  const { memoryMb, reserved } = settingsIn(app).lambda;
  const name = app.logicalPrefixedName(id);
  const { entry, timeoutSeconds, logKey, ...rest } = props;
  const logGroup = logGroupOf(stack, `${id}-log`, `/aws/lambda/${name}`, logKey);
  const role = new Role(stack, `${id}-role`, {
    assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    description: `What ${name} may do`,
  });
  role.addToPolicy(
    new PolicyStatement({
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [logGroup.logGroupArn],
    }),
  );
  const fn = new BundledFunction(stack, id, {
    ...rest,
    handler: `packages/functions/src/lambda/${entry}`,
    functionName: name,
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    applicationLogLevelV2: ApplicationLogLevel.INFO,
    systemLogLevelV2: SystemLogLevel.WARN,
    runtime: "nodejs24.x",
    architecture: "arm_64",
    memorySize: memoryMb,
    timeout: `${timeoutSeconds} seconds`,
    // Traces need a grant on everything, and tell nothing here that the logs do not.
    tracing: "disabled",
    nodejs: {
      format: "esm",
      minify: true,
      // Left out, SST uploads the maps to its own bucket by a custom resource.
      sourcemap: true,
      esbuild: esbuildOptions,
    },
    ...(reserved && { reservedConcurrentExecutions: reserved[id] }),
  });
  return { fn, name };
}

/** A log that is kept as long as the stage's settings say, and longer than the stage itself where it is protected. */
export function logGroupOf(stack: Stack, id: string, name: string, key: IKey | undefined): LogGroup {
  const settings = settingsIn(stack.node.root as App);
  return new LogGroup(stack, id, {
    logGroupName: name,
    retention: settings.lambda.logDays as RetentionDays,
    removalPolicy: isProtected(settings) ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    ...(key && { encryptionKey: key }),
  });
}
