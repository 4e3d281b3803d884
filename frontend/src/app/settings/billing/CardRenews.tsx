import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Quote, Subscription } from "../../../api/billing";
import { Button } from "../../../ui/button";
import { useSaving } from "../saving";
import { useCard } from "./billing";
import { goOn, StopCard } from "./StopCard";
import { dayWords, sumText } from "./sums";
import "./billing.css";
import "./words";

interface CardRenewsProps {
  quote: Quote;
  sub: Subscription;
  onClose: () => void;
}

/** The same choice again comes by itself from the card: why there is nothing to pay, and what can be done instead. */
export function CardRenews({ quote, sub, onClose }: CardRenewsProps) {
  const { t } = useTranslation("billing");
  const card = useCard().data;
  const { busy, run } = useSaving();
  const [isAsking, setAsking] = useState(false);
  const told = { day: dayWords(quote.begins), sum: sumText(quote.charge, quote.currency) };
  return (
    <div className="stack bill-deed">
      <p className="t2" data-testid="card-renews">
        {card?.problem
          ? t("cardRefused", { why: card.problem })
          : t(sub.renews ? "cardRenews" : "cardRenewsNot", told)}
      </p>
      <div className="row bill-deeds">
        {sub.renews || card?.problem ? (
          <>
            {card?.pay_url ? (
              <Button look="primary" onClick={() => window.location.assign(card.pay_url)}>
                {t("cardPay")}
              </Button>
            ) : (
              <Button look="primary" onClick={onClose} data-testid="renewal-close">
                {t("cardClose")}
              </Button>
            )}
            <Button look="quiet" onClick={() => setAsking(true)} data-testid="renewal-stop">
              {t("cardStop")}
            </Button>
          </>
        ) : (
          <Button
            look="primary"
            busy={busy}
            onClick={() => void run(() => goOn(t("cardGoesOn")))}
            data-testid="renewal-resume"
          >
            {t("cardResume")}
          </Button>
        )}
      </div>
      {isAsking && card && <StopCard card={card} sub={sub} onClose={() => setAsking(false)} />}
    </div>
  );
}
