import { useState } from "react";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { complain } from "../../ui/toast";

/** The course of one form: busy while it runs, errors beside their fields. */
export function useSaving() {
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});

  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setErrors({});
    try {
      await work();
      return true;
    } catch (error) {
      const fields = error instanceof ApiProblem ? error.fields : {};
      setErrors(fields);
      if (Object.keys(fields).length === 0) {
        complain(error instanceof Error ? error.message : sentenceOf(error));
      }
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, errors, fail: setErrors, run };
}
