import { useTranslation } from "react-i18next";
import type { Card, Subscription } from "../../../api/billing";
import { post } from "../../../api/request";
import { refreshMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import { refreshBilling } from "./billing";
import { dayWords } from "./sums";
import "./billing.css";
import "./words";

/** Nothing has been taken from the card yet. */
export const isUnpaidTrial = (sub: Subscription): boolean =>
  sub.stage === "trial" && sub.paid_until === null;

async function renew(on: boolean, said: string): Promise<void> {
  await post("billing/card/renewal/", { on });
  say(said);
  await Promise.all([refreshBilling(), refreshMe()]);
}

/** A card that was given up pays again. */
export const goOn = (said: string): Promise<void> => renew(true, said);

interface StopCardProps {
  card: Card;
  sub: Subscription;
  onClose: () => void;
}

/** Asked before a card is given up: what will happen then. */
export function StopCard({ card, sub, onClose }: StopCardProps) {
  const { t } = useTranslation("billing");
  const { busy, run } = useSaving();
  const day = dayWords(sub.paid_until ?? sub.trial_until);
  const [asked, done] = card.problem
    ? (["cardStopOwed", "cardStoppedOwed"] as const)
    : isUnpaidTrial(sub)
      ? (["cardStopTrial", "cardStoppedTrial"] as const)
      : (["cardStopPaid", "cardGivenUp"] as const);
  const stop = async () => {
    if (await run(() => renew(false, t(done, { day })))) onClose();
  };
  return (
    <Dialog title={t("cardStopTitle")} width={440} onClose={onClose}>
      <div className="stack">
        <p data-testid="card-stop-asked">{t(asked, { day })}</p>
        <div className="row bill-deeds">
          <Button
            look="danger"
            busy={busy}
            onClick={() => void stop()}
            data-testid="card-stop-confirm"
          >
            {t("cardStopYes")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t("cardStopNo")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
