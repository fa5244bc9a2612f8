export { type Credentials, type SignedRequest, signedHeaders } from "./signature.ts";
