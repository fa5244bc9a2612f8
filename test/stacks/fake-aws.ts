import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface FakeAws {
  readonly url: string;
  /** What was asked, as `DescribeStacks CDKToolkit`. */
  readonly calls: string[];
  close(): Promise<void>;
}

/** The stacks that `cdk bootstrap` and SST leave in an account. */
const BOOTSTRAPPED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CDKToolkit: { BootstrapVersion: "28", BucketName: "cdk-assets" },
  SSTBootstrap: { Version: "7.4", BucketName: "sst-bootstrap" },
};

/** An account that was prepared for SST and holds no stage yet, as far as building and comparing ask. */
export async function fakeAws(account: string): Promise<FakeAws> {
  const calls: string[] = [];
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    const action = form.get("Action") ?? `${request.method} ${request.url}`;
    const stack = form.get("StackName") ?? "";
    calls.push(`${action} ${stack}`.trim());
    const [status, body] = answer(action, stack, account);
    response.writeHead(status, { "content-type": "text/xml" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function answer(action: string, stack: string, account: string): [number, string] {
  const outputs = BOOTSTRAPPED[stack];
  switch (action) {
    case "GetCallerIdentity":
      return [
        200,
        `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
          <Arn>arn:aws:iam::${account}:user/test</Arn><UserId>test</UserId><Account>${account}</Account>
        </GetCallerIdentityResult></GetCallerIdentityResponse>`,
      ];
    case "DescribeStacks":
      return outputs ? [200, described(stack, outputs)] : missing(stack);
    case "GetTemplate":
      return missing(stack);
    default:
      return [404, "<ErrorResponse><Error><Code>NotFound</Code></Error></ErrorResponse>"];
  }
}

const described = (stack: string, outputs: Readonly<Record<string, string>>): string => {
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult>
    <Stacks><member><StackName>${stack}</StackName><StackId>${stack}</StackId>
    <CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>UPDATE_COMPLETE</StackStatus>
    <Outputs>${members.join("")}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
};

const missing = (stack: string): [number, string] => [
  400,
  `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code>
    <Message>Stack with id ${stack} does not exist</Message></Error></ErrorResponse>`,
];
