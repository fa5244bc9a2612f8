import { createHash, createHmac } from "node:crypto";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** A POST to one of AWS's services. */
export interface SignedRequest {
  readonly service: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly host: string;
  /** Of letters, digits, `-` and `/` alone. */
  readonly path: string;
  /** Signed as well; their names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly now: Date;
}

const ALGORITHM = "AWS4-HMAC-SHA256";

/**
 * The headers of a signed request: those that were given and those that sign it.
 *
 * Source: docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
export function signedHeaders(request: SignedRequest): Record<string, string> {
  const { service, region, credentials, host, path, body, now } = request;
  const time = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const date = time.slice(0, 8);
  const headers: Record<string, string> = {
    ...request.headers,
    host,
    "x-amz-date": time,
    ...(credentials.sessionToken && { "x-amz-security-token": credentials.sessionToken }),
  };
  const signed = Object.keys(headers).sort();
  const names = signed.join(";");
  const lines = signed.map((name) => `${name}:${headers[name]}\n`);
  const canonical = ["POST", path, "", lines.join(""), names, sha256(body)].join("\n");
  const scope = `${date}/${region}/${service}/aws4_request`;
  const key = [date, region, service, "aws4_request"].reduce<string | Buffer>(
    hmac,
    `AWS4${credentials.secretAccessKey}`,
  );
  const signature = hmac(key, [ALGORITHM, time, scope, sha256(canonical)].join("\n")).toString("hex");
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
