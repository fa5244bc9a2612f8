import type { RunView, StepView } from "./view.ts";

const refreshSeconds = 3;
const longestText = 400;

const style = `
  body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem; color: #1c2430; background: #fafbfc; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-top: 1px solid #dde3ea; }
  ol { margin: 0; padding-left: 1.2rem; }
  code { font-size: 12px; color: #4a5568; overflow-wrap: anywhere; }
  .Running, .sleeping, .waiting, .planned { color: #1d5fbf; }
  .Completed, .completed { color: #1f7a3d; }
  .Failed, .failed, .retrying { color: #b3261e; }
  .Cancelled { color: #6b7280; }
`;

/** A page that lists runs with their steps and loads itself again. It needs nothing but itself. */
export function renderPage(runs: readonly RunView[], now: number): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="${refreshSeconds}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Workflow runs</title>
<style>${style}</style>
</head>
<body>
<h1>Workflow runs</h1>
<p>It is ${escapeHtml(new Date(now).toISOString())}. Newest first. Add <code>?status=failed</code> or <code>?workflow=name</code> to choose.</p>
<table>
<thead><tr><th>Function</th><th>Status</th><th>Event</th><th>Queued</th><th>Ended</th><th>Steps</th><th>Result</th></tr></thead>
<tbody>
${runs.map(renderRun).join("\n")}
</tbody>
</table>
</body>
</html>
`;
}

function renderRun(run: RunView): string {
  const sleeping = run.sleepingUntil ? `<br>until ${escapeHtml(run.sleepingUntil)}` : "";
  return `<tr>
<td>${escapeHtml(run.functionId)}<br><code>${escapeHtml(run.id)}</code></td>
<td class="${run.status}">${run.status}${sleeping}</td>
<td>${escapeHtml(run.event.name)}<br><code>${escapeHtml(run.event.id)}</code></td>
<td>${escapeHtml(run.queuedAt)}</td>
<td>${escapeHtml(run.endedAt ?? "")}</td>
<td><ol>${run.steps.map(renderStep).join("")}</ol></td>
<td>${renderValue(run.error ?? run.output)}</td>
</tr>`;
}

function renderStep(step: StepView): string {
  const until = step.until ? ` until ${escapeHtml(step.until)}` : "";
  const value = renderValue(step.error ?? step.data);
  return `<li><span class="${step.status}">${step.status}</span>${until} ${escapeHtml(step.name)} ${value}</li>`;
}

function renderValue(value: unknown): string {
  if (value === undefined || value === null) return "";
  const text = JSON.stringify(withoutStack(value));
  return `<code>${escapeHtml(text.length > longestText ? `${text.slice(0, longestText)}…` : text)}</code>`;
}

function withoutStack(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("stack" in value)) return value;
  const { stack: _stack, ...rest } = value;
  return rest;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
