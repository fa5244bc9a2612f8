export { type Issuer, type IssuerOptions, startIssuer, type TokenRequest } from "./issuer.ts";
