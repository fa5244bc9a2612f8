import type { WebhookRequest } from "./index.ts";

export const NOW = "2026-03-02T15:00:00.000Z";

/** A POST to where the provider was told to call. */
export const posted = (
  provider: string,
  body: string,
  headers: Record<string, string> = {},
  query = "",
): WebhookRequest => ({
  method: "POST",
  url: `https://api.turno.example/v1/webhooks/${provider}${query}`,
  headers,
  body: Buffer.from(body),
});

/** The name of what verifying threw; `undefined` when it passed. */
export async function refusalOf(verifying: () => unknown): Promise<string | undefined> {
  try {
    await verifying();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.name : "something";
  }
}
