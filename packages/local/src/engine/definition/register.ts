import type { Context } from "../context.ts";
import { planTicks } from "../start/trigger.ts";
import { readRegistration } from "./definition.ts";
import { checkDefinitions } from "./rules.ts";

/**
 * Takes the functions of an app as they are now. One that is gone is triggered no more; its sleeping runs wake, call
 * the app and fail there, as on the service.
 *
 * @throws SyncRefused, and z.ZodError when the body is no registration
 */
export function registerApp(context: Context, body: unknown): void {
  const { store, clock } = context;
  const { app, definitions } = readRegistration(body);
  checkDefinitions(definitions);
  const ids = new Set(definitions.map((definition) => definition.id));
  store.transact(() => {
    store.apps.put(app, { name: app, syncedAt: clock.now() });
    for (const definition of definitions) store.definitions.put(definition.id, definition);
    for (const before of [...store.definitions.values()]) {
      if (before.app !== app || ids.has(before.id)) continue;
      // The app may be served elsewhere now: that is where the function is missing.
      const url = definitions[0]?.url ?? before.url;
      store.definitions.put(before.id, { ...before, url, triggers: [] });
    }
    planTicks(context);
  });
}
