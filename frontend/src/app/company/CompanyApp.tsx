import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { followPresses } from "../../core/notices/browsers";
import { cache } from "../../core/session/cache";
import { watchConnection } from "../../core/session/connection";
import { useAuthState } from "../../core/session/session";
import { Failed, Waiting } from "../../ui/state";
import { complain, Toasts } from "../../ui/toast";
import { App as UnknownCompany } from "../public/UnknownCompany";
import { moveToPresent, presentHost } from "./moved";
import { router } from "./router";

watchConnection();
followPresses((link) => router.history.push(link));

/** The face of a company's own address. */
export function App() {
  return (
    <QueryClientProvider client={cache}>
      <Known />
      <Toasts />
    </QueryClientProvider>
  );
}

/** Nothing is shown before it is known whose address this is. */
function Known() {
  const state = useAuthState();
  const company = state.data?.company.name;
  useEffect(() => {
    if (company) document.title = `${company} — Пульт`;
  }, [company]);
  const elsewhere = state.data && presentHost(window.location.host, state.data.company.slug);
  const signedIn = state.data?.signed_in ?? false;
  useEffect(() => {
    if (elsewhere) moveToPresent(elsewhere, signedIn).catch((error) => complain(sentenceOf(error)));
  }, [elsewhere, signedIn]);
  if (elsewhere) return <Waiting rows={4} />;
  if (state.data) return <RouterProvider router={router} />;
  if (!state.error) return <Waiting rows={4} />;
  if (state.error instanceof ApiProblem && state.error.status === 404) return <UnknownCompany />;
  return <Failed text={sentenceOf(state.error)} onRetry={() => void state.refetch()} />;
}
