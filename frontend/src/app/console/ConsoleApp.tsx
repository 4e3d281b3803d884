import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { cache } from "../../core/session/cache";
import { Failed, Waiting } from "../../ui/state";
import { Toasts } from "../../ui/toast";
import { Door } from "./Door";
import { router } from "./router";
import { useConsoleState, watchSession } from "./session";
import { TotpGate } from "./TotpGate";
import "./console.css";
import "./words";

watchSession();

/** The face of the operators' own address. */
export function App() {
  return (
    <QueryClientProvider client={cache}>
      <Known />
      <Toasts />
    </QueryClientProvider>
  );
}

/** Nothing of the service is shown to whoever has not proved himself twice. */
function Known() {
  const { t } = useTranslation("console");
  const state = useConsoleState();
  useEffect(() => {
    document.title = t("product");
  }, [t]);
  if (state.isPending) return <Waiting rows={4} />;
  if (!state.data)
    return <Failed text={sentenceOf(state.error)} onRetry={() => void state.refetch()} />;
  if (!state.data.signed_in) return <Door />;
  return state.data.totp_needed ? <TotpGate /> : <RouterProvider router={router} />;
}
