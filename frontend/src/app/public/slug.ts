import { useEffect, useState } from "react";
import { sentenceOf } from "../../api/problem";
import type { SlugAnswer } from "../../api/public";
import { get } from "../../api/request";

/** The subdomain under the form: proposed from the name until the person writes an own one. */
export interface SlugState {
  slug: string;
  free: boolean | null;
  note: string | null;
}

const TYPING_PAUSE_MS = 300;

/** `chosen` is a subdomain that was settled before: it is asked about again, not proposed anew. */
export function useSlug(company: string, chosen = "") {
  const [state, setState] = useState<SlugState>({ slug: chosen, free: null, note: null });
  const [own, setOwn] = useState(chosen !== "");
  const asked = own ? state.slug : company.trim();

  useEffect(() => {
    if (!asked) return;
    const stop = new AbortController();
    const ask = async () => {
      try {
        const query = own ? { slug: asked } : { name: asked };
        const answer = await get<SlugAnswer>("signup/slug/", {
          query,
          signal: stop.signal,
          anonymous: true,
        });
        setState((now) => ({
          slug: own ? now.slug : answer.slug,
          free: answer.slug ? answer.free : null,
          note: answer.reason,
        }));
      } catch (error) {
        if (!stop.signal.aborted)
          setState((now) => ({ ...now, free: null, note: sentenceOf(error) }));
      }
    };
    const timer = window.setTimeout(() => void ask(), TYPING_PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
      stop.abort();
    };
  }, [asked, own]);

  const write = (text: string) => {
    const slug = text.toLowerCase().replace(/[^a-z0-9-]/g, "");
    setOwn(true);
    setState({ slug, free: null, note: null });
  };
  return { ...state, write };
}
