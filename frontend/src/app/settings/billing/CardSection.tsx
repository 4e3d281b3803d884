import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Card, Subscription } from "../../../api/billing";
import { Button } from "../../../ui/button";
import { Tag } from "../../../ui/marks";
import { useSaving } from "../saving";
import { goTo, useCard } from "./billing";
import { goOn, isUnpaidTrial, StopCard } from "./StopCard";
import { dayWords } from "./sums";
import "./billing.css";
import "./words";

/** The card that pays: which, whether the bank takes it, how it is changed or given up. */
export function CardSection({ sub }: { sub: Subscription }) {
  const card = useCard().data;
  if (card?.is_paying) return <Paying card={card} sub={sub} />;
  return card?.pay_url ? <Left url={card.pay_url} /> : null;
}

/** The subscription is over, and what was used by the unit has yet to be paid. */
function Left({ url }: { url: string }) {
  const { t } = useTranslation("billing");
  return (
    <section className="set-sec bill-card" aria-label={t("card")} data-testid="card-left">
      <h3>{t("card")}</h3>
      <p className="notice tone-red" role="alert">
        {t("cardLeft")}
      </p>
      <div className="row bill-deeds">
        <Button
          look="primary"
          onClick={() => window.location.assign(url)}
          data-testid="card-pay-left"
        >
          {t("cardPay")}
        </Button>
      </div>
    </section>
  );
}

function Paying({ card, sub }: { card: Card; sub: Subscription }) {
  const { t } = useTranslation("billing");
  const { busy, run } = useSaving();
  const [isAsking, setAsking] = useState(false);
  const resume = () => run(() => goOn(t("cardGoesOn")));
  const endsText = isUnpaidTrial(sub) ? "cardEndsTrial" : "cardEnds";
  return (
    <section className="set-sec bill-card" aria-label={t("card")} data-testid="card-section">
      <h3 className="row">
        {t("card")}
        {card.is_demo && <Tag tone="amber">{t("cardDemo")}</Tag>}
      </h3>
      <p data-testid="card-number">
        {card.last4
          ? t("cardNumber", {
              brand: brandOf(card.brand),
              last4: card.last4,
              expires: card.expires,
            })
          : t("cardUnknown")}
      </p>
      {card.problem ? (
        <p className="notice tone-red" role="alert" data-testid="card-problem">
          {t("cardRefused", { why: card.problem })}
        </p>
      ) : (
        <p className="t2">
          {card.ends_on ? t(endsText, { day: dayWords(card.ends_on) }) : t("cardRenewsText")}
        </p>
      )}
      <div className="row bill-deeds">
        {card.pay_url && (
          <Button
            look="primary"
            onClick={() => window.location.assign(card.pay_url)}
            data-testid="card-pay"
          >
            {t("cardPay")}
          </Button>
        )}
        <Button
          busy={busy}
          onClick={() => void run(() => goTo("billing/card/portal/"))}
          data-testid="card-manage"
        >
          {t("cardManage")}
        </Button>
        <Button
          look="quiet"
          busy={busy}
          onClick={() => (card.ends_on ? void resume() : setAsking(true))}
          data-testid={card.ends_on ? "card-resume" : "card-stop"}
        >
          {t(card.ends_on ? "cardResume" : "cardStop")}
        </Button>
      </div>
      {isAsking && <StopCard card={card} sub={sub} onClose={() => setAsking(false)} />}
    </section>
  );
}

const BRANDS: Record<string, string> = { visa: "Visa", mastercard: "Mastercard", mir: "Мир" };

/** As people know it; a brand that nobody has named here stands as the bank writes it. */
const brandOf = (brand: string): string => BRANDS[brand] ?? brand;
