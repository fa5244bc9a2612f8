/** Takes the place of \@inngest/ai: no workflow asks a model, and which one it would ask is therefore unknown. */
export const models = {};
