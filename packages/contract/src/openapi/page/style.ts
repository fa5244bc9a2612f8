/** The whole look of the page: no font, script or picture is fetched. */
export const style = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1d2733, #dfe6ee);
  --faint: light-dark(#5d6b7a, #93a1b0);
  --paper: light-dark(#ffffff, #12181f);
  --panel: light-dark(#f4f6f8, #1a222b);
  --line: light-dark(#dde3e9, #2b3641);
  --accent: light-dark(#0b6e63, #4cc3b4);
  --get: #2563a8; --post: #0b7a4b; --patch: #9a6700; --delete: #b3261e;
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif;
  display: grid; grid-template-columns: 19rem minmax(0, 1fr); }
code, pre { font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
a { color: inherit; text-decoration: none; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1rem 3rem;
  background: var(--panel); border-right: 1px solid var(--line); }
nav strong { font-size: 1.25rem; }
nav h2 { font-size: .75rem; letter-spacing: .06em; text-transform: uppercase; color: var(--faint); margin: 1.5rem 0 .35rem; }
nav a { display: block; padding: .15rem .5rem; border-radius: 6px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
nav a:hover, nav a:focus-visible { background: var(--line); }
main { padding: 2rem clamp(1rem, 4vw, 3.5rem) 6rem; max-width: 62rem; }
header p { max-width: 46rem; }
main h2 { margin: 3.5rem 0 .25rem; text-transform: capitalize; }
article { margin: 1.5rem 0; padding: 1.25rem 1.5rem; border: 1px solid var(--line); border-radius: 12px; }
article:target { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
h3 { margin: 0; font-size: 1rem; font-weight: 600; overflow-wrap: anywhere; }
h3 code { font-size: 15px; }
h4 { margin: 1.25rem 0 .4rem; font-size: .8rem; color: var(--faint); font-weight: 600; }
.method { display: inline-block; min-width: 3.6rem; padding: .05rem .4rem; border-radius: 5px; color: #fff;
  font: 700 11px/1.7 ui-monospace, Menlo, Consolas, monospace; text-align: center; background: var(--get); }
.method.post { background: var(--post); } .method.patch { background: var(--patch); } .method.delete { background: var(--delete); }
nav .method { min-width: 2.9rem; margin-right: .4rem; font-size: 9px; }
.summary { margin: .5rem 0; font-size: 1.05rem; }
.access { display: inline-block; margin-left: .75rem; padding: 0 .6rem; border: 1px solid var(--line); border-radius: 99px;
  font-size: .8rem; color: var(--accent); }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .35rem .75rem .35rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; overflow-wrap: anywhere; }
th { width: 30%; } small { color: var(--faint); } .type { color: var(--accent); }
pre { margin: .5rem 0 0; padding: .75rem 1rem; overflow-x: auto; background: var(--panel); border-radius: 8px; }
summary { cursor: pointer; color: var(--faint); font-size: .85rem; }
@media (max-width: 56rem) { body { display: block; } nav { position: static; height: auto; max-height: 50vh; } }
`;
