import { bookingApi } from "../api/booking.ts";
import { fromEnvironment } from "../environment.ts";

export const handler = bookingApi(fromEnvironment());
