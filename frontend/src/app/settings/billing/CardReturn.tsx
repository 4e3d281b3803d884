import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Returned } from "../../../api/billing";
import { sentenceOf } from "../../../api/problem";
import { post } from "../../../api/request";
import { refreshMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { PAYING } from "../../paying/banner";
import { refreshBilling, useCard } from "./billing";
import "./billing.css";
import "./words";

const AGAIN_MS = 2_000;
/** So often it is asked whether a payment that is on its way has come. */
const MOST = 15;
/** What stands in the address for whoever has turned round, and for whoever has changed his card. */
const NONE = "none";
const CHANGED = "changed";

/** Back from the page of the provider: whatever has been told meanwhile, what became of it is read there. */
export function CardReturn() {
  const [card, setCard] = useState(() => new URLSearchParams(window.location.search).get("card"));
  if (!card) return null;
  const close = () => {
    window.history.replaceState(null, "", PAYING);
    setCard(null);
  };
  return card === NONE ? (
    <NotPaid onClose={close} />
  ) : (
    <Reading session={card === CHANGED ? "" : card} onClose={close} />
  );
}

function Reading({ session, onClose }: { session: string; onClose: () => void }) {
  const { t } = useTranslation("billing");
  const { data, error, isError, refetch, isLate } = useReturned(session);
  useGivenUp(onClose);
  const isDone = data !== undefined && data.state === "complete" && (data.is_paying || !session);
  useEffect(() => {
    if (isDone) void Promise.all([refreshBilling(), refreshMe()]);
  }, [isDone]);
  if (isError)
    return (
      <Word tone="red" testId="card-return-failed" text={sentenceOf(error)} onClose={onClose}>
        <Button size="sm" onClick={() => void refetch()}>
          {t("again")}
        </Button>
      </Word>
    );
  if (isDone)
    return (
      <Word
        tone="green"
        testId="card-return-paid"
        text={t(session ? "cardPaid" : "cardChanged")}
        onClose={onClose}
      />
    );
  if (data?.state === "expired") return <NotPaid onClose={onClose} />;
  if (isLate)
    return (
      <Word tone="amber" testId="card-return-late" text={t("cardLate")} onClose={onClose}>
        <Button size="sm" onClick={() => void refetch()}>
          {t("again")}
        </Button>
      </Word>
    );
  return (
    <p className="notice" role="status" data-testid="card-return-waiting">
      <Icon name="loader" className="spin" /> {t("cardWaiting")}
    </p>
  );
}

/** What was said of a card is true no longer once it has been given up. */
function useGivenUp(onClose: () => void) {
  const isPaying = useCard().data?.is_paying;
  const had = useRef(false);
  useEffect(() => {
    if (had.current && isPaying === false) onClose();
    had.current ||= isPaying === true;
  }, [isPaying, onClose]);
}

/** The answer of the server to whoever has come back, asked for again until there is one. */
function useReturned(session: string) {
  const [asked, setAsked] = useState(0);
  const query = useQuery({
    queryKey: ["billing-return", session],
    queryFn: async ({ signal }) => {
      const told = await post<Returned>(
        "billing/card/returned/",
        { session },
        { signal, reads: true },
      );
      setAsked((count) => count + 1);
      return told;
    },
    retry: 2,
    refetchInterval: ({ state }) =>
      isOver(state.data, session) || state.error || asked >= MOST ? false : AGAIN_MS,
  });
  return { ...query, isLate: asked >= MOST && !isOver(query.data, session) };
}

const isOver = (told: Returned | undefined, session: string): boolean =>
  told !== undefined && (told.state === "expired" || told.is_paying || !session);

function NotPaid({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("billing");
  return <Word tone="amber" testId="card-return-none" text={t("cardNotPaid")} onClose={onClose} />;
}

interface WordProps {
  tone: "red" | "green" | "amber";
  text: string;
  testId: string;
  onClose: () => void;
  children?: ReactNode;
}

/** One sentence that can be put away: then the address of the page is plain again. */
function Word({ tone, text, testId, onClose, children }: WordProps) {
  const { t } = useTranslation("billing");
  return (
    <p
      className={`notice tone-${tone} bill-return`}
      role={tone === "red" ? "alert" : "status"}
      data-testid={testId}
    >
      <span className="grow">{text}</span>
      {children}
      <Button size="sm" look="quiet" onClick={onClose} data-testid="card-return-close">
        {t("cardClose")}
      </Button>
    </p>
  );
}
