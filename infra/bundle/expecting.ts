import type { PluginBuild } from "esbuild";

/**
 * Fails a bundle that has a library and not the files of it that a plugin takes the place of.
 *
 * A new version may have them elsewhere, and then brings along what was to be left out. Call it before the plugin's own
 * `onLoad`: who answers first is the only one to be asked.
 */
export function expecting(build: PluginBuild, library: RegExp, files: readonly RegExp[]): void {
  const seen = new Set<RegExp>();
  for (const filter of [library, ...files]) {
    build.onLoad({ filter }, () => {
      seen.add(filter);
      return undefined;
    });
  }
  build.onStart(() => seen.clear());
  build.onEnd(() => {
    const missing = seen.has(library) ? files.filter((file) => !seen.has(file)) : [];
    return {
      errors: missing.map((file) => ({ text: `The bundle has no ${file.source}: it is elsewhere now` })),
    };
  });
}
