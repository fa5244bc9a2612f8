/** Takes the place of the client of sandboxes, which every client of the workflow service makes: there is none. */
export const createSandboxClient = (): undefined => undefined;
