// A door of its own: an API that shows the log carries neither the texts of messages nor what sends them.
export { list, ofAppointment } from "./list.ts";
