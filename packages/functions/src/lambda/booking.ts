import { bookingApi } from "../api/booking.ts";
import { fromEnvironment } from "../environment.ts";
import { readSecrets } from "../secrets/index.ts";

await readSecrets();

export const handler = bookingApi(fromEnvironment());
