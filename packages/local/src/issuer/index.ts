export { type Issuer, startIssuer } from "./issuer.ts";
