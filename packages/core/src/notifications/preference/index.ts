export { type Changes, edit, view } from "./edit.ts";
export { consents, forgetDevice, type Known, of } from "./preference.store.ts";
export { Consent, OwnPreferenceEdit, Preference, PreferenceEdit, PushSubscription } from "./preference.ts";
