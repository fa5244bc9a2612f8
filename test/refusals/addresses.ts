import type { Cases, Scene } from "./scene.ts";

/** There is nothing at this address: the gateway knows no such route and asks nobody. */
export const wrongAddress = ({ pending, tokens }: Scene): Cases => ({
  "a path that there is not": { method: "GET", path: "/v1/doctors", because: "Not Found" },
  "a path of another version": { method: "GET", path: "/v2/health", because: "Not Found" },
  "a path with a slash at its end": { method: "GET", path: "/v1/health/", because: "Not Found" },
  "a method that the path does not have": {
    ...{
      method: "PUT",
      path: `/v1/requests/${pending.requestId}`,
      token: tokens.admin,
      because: "Not Found",
    },
    body: { status: "approved" },
  },
  "a delete of a request": {
    ...{
      method: "DELETE",
      path: `/v1/requests/${pending.requestId}`,
      token: tokens.admin,
      because: "Not Found",
    },
  },
});
