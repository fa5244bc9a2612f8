export { TWILIO_AUTH_TOKEN, twilioStandIn } from "./stand-in.ts";
