import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Icon } from "../../ui/icon";
import { Empty, Failed, Waiting } from "../../ui/state";
import { type CardKind, keys } from "../entities/kind";
import { cache } from "../session/cache";
import { recount } from "../session/session";
import { ManyDialog } from "./DecideMany";
import { type Picked, stepsAbout } from "./many";
import "./words";

interface BulkAgreeProps {
  kind: CardKind;
  cards: Picked[];
  disabled: boolean;
}

/** «Согласовать» over chosen cards: those of them that wait for the reader. */
export function BulkAgree({ kind, cards, disabled }: BulkAgreeProps) {
  const { t } = useTranslation("routes");
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="bb"
        disabled={disabled}
        onClick={() => setOpen(true)}
        data-testid="bulk-agree"
      >
        <Icon name="check" />
        {t("approve")}
      </button>
      {open && <Agreeing kind={kind} cards={cards} onClose={() => setOpen(false)} />}
    </>
  );
}

function Agreeing({
  kind,
  cards,
  onClose,
}: Omit<BulkAgreeProps, "disabled"> & { onClose: () => void }) {
  const { t } = useTranslation("routes");
  const { t: ui } = useTranslation("ui");
  // Asked for once: what is decided meanwhile must not empty the list under the words of refusals.
  const [refs] = useState(() => new Set(cards.map(({ ref }) => ref)));
  const steps = useQuery({
    queryKey: ["routes-steps-about", [...refs]],
    staleTime: 0,
    gcTime: 0,
    queryFn: ({ signal }) => stepsAbout(refs, signal),
  });
  const settle = () => {
    void cache.invalidateQueries({ queryKey: ["waiting"] });
    recount();
    return cache.invalidateQueries({ queryKey: keys.list(kind) });
  };
  if (steps.data && steps.data.length > 0) {
    return <ManyDialog all={steps.data} onDone={settle} onClose={onClose} />;
  }
  return (
    <Dialog title={t("manyTitle")} width={560} onClose={onClose}>
      {steps.isPending && <Waiting rows={3} />}
      {steps.isError && (
        <Failed text={sentenceOf(steps.error)} onRetry={() => void steps.refetch()} />
      )}
      {steps.data && (
        <Empty icon="shield-check" title={t("noneOfMine")} text={t("noneOfMineText")}>
          <Button onClick={onClose}>{ui("close")}</Button>
        </Empty>
      )}
    </Dialog>
  );
}
