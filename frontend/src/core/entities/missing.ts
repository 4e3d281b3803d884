import { ApiProblem } from "../../api/problem";
import { createStore } from "../../ui/store";

/** What the server says of the fields of a card, by their codes. */
interface Missing {
  ref: string;
  errors: Record<string, string>;
}

export const missing = createStore<Missing>({ ref: "", errors: {} });

/** Let a refusal be shown beside the fields it is about; false when it is about none. */
export function tellAtFields(ref: string, error: unknown): boolean {
  const errors = error instanceof ApiProblem ? error.inside("fields") : {};
  if (Object.keys(errors).length === 0) return false;
  missing.set({ ref, errors });
  return true;
}

/** The field is filled, or its value is refused for another reason. */
export function settleField(ref: string, code: string, error?: string): void {
  const { errors } = missing.get().ref === ref ? missing.get() : { errors: {} };
  const { [code]: _, ...others } = errors as Record<string, string>;
  missing.set({ ref, errors: error ? { ...others, [code]: error } : others });
}
