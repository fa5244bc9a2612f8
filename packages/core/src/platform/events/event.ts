import * as z from "zod";

const sealedFields = z.registry<{ sealed: true }>();

/**
 * Marks a field that tells who a person is or how they are: it leaves the table encrypted.
 *
 * The mark is on a copy: fields that share the schema stay readable.
 */
export const sealed = <Schema extends z.ZodType>(schema: Schema): Schema => {
  const own = schema.clone();
  sealedFields.add(own, { sealed: true });
  return own;
};

const isSealedField = (schema: z.core.$ZodType): boolean =>
  sealedFields.has(schema) || (schema instanceof z.ZodOptional && isSealedField(schema.unwrap()));

/** The fields of a field, where it has any. */
function shapeIn(schema: z.core.$ZodType): z.ZodRawShape {
  if (schema instanceof z.ZodOptional) return shapeIn(schema.unwrap());
  return schema instanceof z.ZodObject ? schema.shape : {};
}

/** Names from the outermost field to a sealed one. */
export type SealedPath = readonly [string, ...string[]];

const pathsIn = (shape: z.ZodRawShape): SealedPath[] =>
  Object.entries(shape).flatMap(([name, schema]): SealedPath[] =>
    isSealedField(schema) ? [[name]] : pathsIn(shapeIn(schema)).map((path) => [name, ...path]),
  );

/** The same fields, with text where they are sealed. */
const opaque = (shape: z.ZodRawShape): z.ZodRawShape =>
  Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => {
      if (pathsIn({ [name]: schema }).length === 0) return [name, schema];
      const wire = isSealedField(schema) ? z.string() : z.object(opaque(shapeIn(schema)));
      return [name, schema instanceof z.ZodOptional ? wire.optional() : wire];
    }),
  );

export interface EventDefinition<Schema extends z.ZodObject = z.ZodObject> {
  /** The fact as the domain writes it, in the clear. */
  readonly schema: Schema;
  /** The same with every sealed field as opaque text: what travels. */
  readonly wire: z.ZodObject;
  readonly sealed: readonly SealedPath[];
}

export const event = <Shape extends z.ZodRawShape>(shape: Shape): EventDefinition<z.ZodObject<Shape>> => ({
  schema: z.object(shape),
  wire: z.object(opaque(shape)),
  sealed: pathsIn(shape),
});

/** An event that carries the fields of another beside its own: as that one travelled, with its people sealed. */
export const carrier = <Shape extends z.ZodRawShape>(
  shape: Shape,
): EventDefinition<z.ZodObject<Shape, z.core.$loose>> => ({
  schema: z.looseObject(shape),
  wire: z.looseObject(shape),
  sealed: [],
});
