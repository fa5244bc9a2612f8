/** How many seconds a provider asks to be left alone; a date counts from the answer's own. */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get("retry-after");
  if (value === null) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value));
  const millis = Date.parse(value) - Date.parse(headers.get("date") ?? "");
  return Number.isNaN(millis) ? undefined : Math.max(0, Math.ceil(millis / 1000));
}
