import { useState } from "react";
import { ApiProblem, sentenceOf } from "../../../api/problem";

/** The course of a form of the setup: busy while it runs, errors beside their fields, the rest under `""`. */
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
      setErrors(Object.keys(fields).length > 0 ? fields : { "": sentenceOf(error) });
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, errors, fail: setErrors, run };
}
