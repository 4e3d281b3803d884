import { useTranslation } from "react-i18next";
import type { Quote, Subscription } from "../../../api/billing";
import { Button } from "../../../ui/button";
import { useCard } from "./billing";
import { CardRenews } from "./CardRenews";
import { dayWords, isNothing, sumText } from "./sums";
import "./billing.css";
import "./words";

interface DeedProps {
  quote: Quote | undefined;
  sub: Subscription;
  busy: boolean;
  ready: boolean;
  onCard: () => void;
  onClose: () => void;
}

/** What can be done with a counted choice: take it, have it charged to the card, pay for it one way or the other. */
export function Deed({ quote, sub, busy, ready, onCard, onClose }: DeedProps) {
  const { t } = useTranslation("billing");
  const isFreeOfCharge = quote !== undefined && isNothing(quote.charge);
  const isByCard = quote?.by === "card";
  // The same choice again that the credit or the card pays for comes by itself on its day.
  if (quote?.is_renewal && isByCard)
    return <CardRenews quote={quote} sub={sub} onClose={onClose} />;
  if (isFreeOfCharge && quote.is_renewal) {
    return (
      <div className="stack bill-deed">
        <p className="t2">{t("nothingNew")}</p>
        <div className="row bill-deeds">
          <Button look="primary" onClick={onClose} data-testid="renewal-close">
            {t("cardClose")}
          </Button>
        </div>
      </div>
    );
  }
  const isTaken = isFreeOfCharge || isByCard;
  return (
    <div className="stack bill-deed">
      {!isTaken && <p className="t2 f13">{t("chosenStays")}</p>}
      <div className="row bill-deeds">
        <Button
          look="primary"
          type="submit"
          busy={busy}
          disabled={!ready}
          data-testid={isTaken ? "take-now" : "to-invoice"}
        >
          {isByCard && quote && !isFreeOfCharge && !quote.waits
            ? t("takeByCard", { sum: sumText(quote.charge, quote.currency) })
            : t(isTaken ? "takeNow" : "toInvoice")}
        </Button>
        {quote && !isTaken && <ByCard quote={quote} busy={busy} ready={ready} onCard={onCard} />}
      </div>
    </div>
  );
}

/** Beside the invoice, where cards are taken: the whole price of a period, on the day on which what is paid ends. */
function ByCard({
  quote,
  busy,
  ready,
  onCard,
}: Omit<DeedProps, "sub" | "onClose" | "quote"> & { quote: Quote }) {
  const { t } = useTranslation("billing");
  const card = useCard().data;
  if (!card?.is_offered) return null;
  const sum = sumText(quote.price, quote.currency);
  return (
    <>
      <Button
        icon="credit-card"
        busy={busy}
        disabled={!ready}
        onClick={onCard}
        data-testid="to-card"
      >
        {t("toCard", { sum })}
      </Button>
      <p className="t2 f12 bill-by-card" data-testid="card-begins">
        {t("cardBegins", { sum, day: dayWords(quote.begins) })}
      </p>
    </>
  );
}
