/** Modules of the built program: what is measured is that, and so is whatever the bench takes out of it. */
export const built = async <Module>(file: string): Promise<Module> =>
  (await import(new URL(`../dist/${file}`, import.meta.url).href)) as Module;
