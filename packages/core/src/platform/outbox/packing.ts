import { deflateRawSync, inflateRawSync } from "node:zlib";

/**
 * A fact's data as compressed JSON: the names of events' fields are long, and a row above a kilobyte is paid for twice
 * in the transaction that writes it.
 */
export const packed = (data?: object): Uint8Array | undefined =>
  data && deflateRawSync(Buffer.from(JSON.stringify(data)));

export const unpacked = (bytes?: Uint8Array): object | undefined =>
  bytes && JSON.parse(inflateRawSync(bytes).toString());
