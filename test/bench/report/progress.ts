const REWRITE = "\r\u001b[K";

/** One line at the bottom of a terminal that says what is being done; nothing anywhere else. */
export interface Progress {
  say(line: string): void;
  clear(): void;
}

export function progressOn(stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return { say: () => undefined, clear: () => undefined };
  return {
    say: (line) => stream.write(`${REWRITE}${line.slice(0, stream.columns - 1)}`),
    clear: () => stream.write(REWRITE),
  };
}
