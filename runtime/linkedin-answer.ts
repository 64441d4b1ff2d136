/** What LinkedIn answers: what was asked for, or why it refuses. */

import { z } from 'zod';

/** Why LinkedIn refuses. */
export interface LinkedinRefusal {
  /** `NONEXISTENT_VERSION`, `DUPLICATE_POST`, …; empty where it says none. */
  readonly code: string;
  readonly message: string;
}

/** An answer of LinkedIn. */
export interface LinkedinAnswer<Body> {
  readonly status: number;
  readonly headers: Headers;
  /** What was asked for; undefined where it is refused, or where LinkedIn answers otherwise than it describes. */
  readonly body: Body | undefined;
  readonly refusal: LinkedinRefusal | undefined;
}

/** Reads an answer whose body is to have the given form. */
export async function readAnswer<Body>(
  response: Response,
  form: z.ZodType<Body>,
): Promise<LinkedinAnswer<Body>> {
  const { status, headers, ok } = response;
  const content = toJson(await response.text());
  return {
    status,
    headers,
    body: ok ? form.safeParse(content).data : undefined,
    refusal: ok ? undefined : refusalIn(content),
  };
}

const refused = z.object({
  code: z.string().default(''),
  message: z.string().default(''),
  errorDetails: z.object({ inputErrors: z.array(z.object({ code: z.string() })).default([]) }).optional(),
});

function refusalIn(content: unknown): LinkedinRefusal {
  const { code = '', message = '', errorDetails } = refused.safeParse(content).data ?? {};
  return { code: code || (errorDetails?.inputErrors[0]?.code ?? ''), message };
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
