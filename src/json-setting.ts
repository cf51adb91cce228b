/** Settings that are JSON, or the path of a file with it. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Never a part of the text in a fault: a password may stand in it. */
export const jsonSetting = <Form extends z.ZodType>(form: Form) =>
  z.string().transform((text, context): z.output<Form> => {
    const json = jsonOrFile(text, context);
    if (json === undefined) return z.NEVER;
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch {
      // The parser's own words quote the text.
      context.addIssue({ code: 'custom', message: 'is not JSON' });
      return z.NEVER;
    }
    const parsed = form.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const { message, path } of parsed.error.issues) context.addIssue({ code: 'custom', message, path });
    return z.NEVER;
  });

function jsonOrFile(text: string, context: z.core.$RefinementCtx): string | undefined {
  if (/^\s*[[{]/.test(text)) return text;
  try {
    return readFileSync(text, 'utf8');
  } catch {
    context.addIssue({ code: 'custom', message: `neither JSON nor a file that can be read: ${text}` });
    return undefined;
  }
}
