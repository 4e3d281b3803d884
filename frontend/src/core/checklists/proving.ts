import { useState } from "react";
import type { Point } from "../../api/contract";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { sendOne } from "../attachments/choose";
import { keys } from "../entities/kind";
import { cache } from "../session/cache";
import { type Place, type Proof, prove } from "./points";
import { NowhereKnown } from "./where";

/** The first sentence of a refusal: beside its field, else of the whole. */
function refusalOf(error: unknown): string {
  if (error instanceof NowhereKnown) return error.message;
  if (!(error instanceof ApiProblem)) return error instanceof Error ? error.message : String(error);
  return Object.values(error.fields)[0] ?? sentenceOf(error);
}

/** Showing something for a point: one deed at a time, and its refusal in words. */
export function useProving(place: Place, point: Point, onDone: () => void) {
  const [busy, setBusy] = useState(false);
  const [sending, setSending] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);

  const run = async (deed: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await deed();
    } catch (refused) {
      setError(refusalOf(refused));
    } finally {
      setBusy(false);
      setSending(null);
    }
  };
  /** The file becomes one of the card's; gives back its number once it has been checked. */
  const upload = async (file: File): Promise<number> => {
    setSending(file.name);
    const id = await sendOne(`${place.kind.path}/${place.id}/attachments/`, file);
    void cache.invalidateQueries({ queryKey: keys.files(place.kind, place.id) });
    setSending(null);
    return id;
  };
  const send = async (proof: Proof, as: "tick" | "failure") => {
    await prove(place, point, proof, as);
    onDone();
  };
  return { busy, sending, error, setError, run, upload, send };
}
