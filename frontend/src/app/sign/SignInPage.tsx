import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useAuthState } from "../../core/session/session";
import { SignIn } from "./SignIn";
import "./words";

/** Where another host sends whoever it could not let in by a ticket, saying why. */
export function Screen() {
  const { t } = useTranslation("sign");
  const navigate = useNavigate();
  const { ticket, mfa } = useSearch({ strict: false }) as { ticket?: string; mfa?: string };
  const inside = useAuthState().data?.signed_in ?? false;
  useEffect(() => {
    if (inside) void navigate({ to: "/", replace: true } as never);
  }, [inside, navigate]);
  const note = ticket ? t("ticketExpired") : mfa ? t("ticketMfa") : undefined;
  return <SignIn note={note} />;
}
