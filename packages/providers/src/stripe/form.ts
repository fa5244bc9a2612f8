type Value = string | number | readonly Value[] | { readonly [name: string]: Value };

/** Fields as Stripe wants them: `line_items[0][price_data][currency]`. */
export const formOf = (value: Value, name = ""): [name: string, value: string][] => {
  if (typeof value !== "object") return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => formOf(inner, name ? `${name}[${key}]` : key));
};
