export { stripe } from "./send.ts";
