/**
 * Takes the place of mnemonist's cache, in which AWS's client would keep the endpoints that it has discovered: there is
 * one for each operation and account, so nothing has to be thrown out of it, and DynamoDB needs no discovery.
 */
export default class LruCache<Key, Value> extends Map<Key, Value> {
  // A capacity comes first, where a map has its entries.
  constructor(_capacity: number) {
    super();
  }

  peek(key: Key): Value | undefined {
    return this.get(key);
  }
}
