import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Plan, Quote, Subscription, Wish } from "../../../api/billing";
import { ApiProblem, sentenceOf } from "../../../api/problem";
import { post } from "../../../api/request";
import { useSettled } from "../../../core/people/people";
import { refreshMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { Field } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { Segmented, Tick } from "../../../ui/marks";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import { BeyondNotes } from "./BeyondNotes";
import { goTo, refreshBilling, useQuote } from "./billing";
import { Deed } from "./Deed";
import { QuoteFace } from "./QuoteFace";
import { allowedBy, isFree, isNothing, priceText, readSeats } from "./sums";
import "./billing.css";
import "./words";

const CALM_MS = 300;

interface CalculatorProps {
  plan: Plan;
  sub: Subscription;
  wish: Wish;
  onWish: (wish: Wish) => void;
  onPay: (counted: Quote) => void;
  onTaken: () => void;
}

/** What a choice costs while it is being made; the server counts. */
export function Calculator({ plan, sub, wish, onWish, onPay, onTaken }: CalculatorProps) {
  const { t } = useTranslation("billing");
  const [seats, setSeats] = useState(wish.seats === null ? "" : String(wish.seats));
  const { busy, run } = useSaving();
  const isWrong = readSeats(seats) === undefined;
  const settled = useSettled(JSON.stringify(wish), CALM_MS);
  const query = useQuote(isWrong ? null : (JSON.parse(settled) as Wish));
  // What stands there while something else is counted is of another choice: it is no answer to this one.
  const isRested = !isWrong && settled === JSON.stringify(wish);
  const isCounted = isRested && query.isSuccess && !query.isPlaceholderData;
  const wrong = isRested && query.error instanceof ApiProblem ? query.error.fields : {};
  const quote = query.isError || isWrong ? undefined : query.data;
  const take = () =>
    run(async () => {
      await post("billing/change/", wish);
      say(t("taken"));
      await Promise.all([refreshBilling(), refreshMe()]);
      onTaken();
    });
  const payByCard = () => void run(() => goTo("billing/card/checkout/", wish));
  const submit = () => {
    if (!isCounted || !quote || (quote.is_renewal && quote.by === "card")) return;
    if (isNothing(quote.charge) || quote.by === "card") void take();
    else onPay(quote);
  };
  const others = Object.entries(wrong).filter(([field]) => field !== "seats");

  return (
    <Form className="stack" onSubmit={submit}>
      {!isFree(plan) && (
        <WishFields
          plan={plan}
          wish={wish}
          onWish={onWish}
          seats={seats}
          onSeats={(text) => {
            setSeats(text);
            const read = readSeats(text);
            if (read !== undefined) onWish({ ...wish, seats: read });
          }}
          error={isWrong ? t("wishSeatsWrong") : wrong.seats}
        />
      )}
      {isRested && query.isError && Object.keys(wrong).length === 0 && (
        <p className="notice tone-red" role="alert">
          {sentenceOf(query.error)}{" "}
          <Button size="sm" onClick={() => void query.refetch()}>
            {t("again")}
          </Button>
        </p>
      )}
      {others.map(([field, text]) => (
        <p key={field} className="notice tone-red" role="alert">
          {text}
        </p>
      ))}
      {quote && <QuoteFace quote={quote} sub={sub} stale={!isCounted} />}
      {!quote && !isWrong && !(isRested && query.isError) && <p className="t3">{t("counting")}</p>}
      <BeyondNotes sub={sub} allowed={allowedBy(plan, wish)} />
      <Deed
        quote={quote}
        sub={sub}
        busy={busy}
        ready={isCounted}
        onCard={payByCard}
        onClose={onTaken}
      />
    </Form>
  );
}

interface WishFieldsProps {
  plan: Plan;
  wish: Wish;
  onWish: (wish: Wish) => void;
  seats: string;
  onSeats: (text: string) => void;
  error: string | undefined;
}

function WishFields({ plan, wish, onWish, seats, onSeats, error }: WishFieldsProps) {
  const { t } = useTranslation("billing");
  const isYear = wish.period === "year";
  const further = isYear ? plan.seat_year_price : plan.seat_month_price;
  const included = plan.seats_included;
  const toggle = (code: string, on: boolean) => {
    const others = wish.add_ons.filter((one) => one !== code);
    onWish({ ...wish, add_ons: on ? [...others, code] : others });
  };
  return (
    <>
      <div>
        <Segmented
          label={t("wishPeriod")}
          value={wish.period}
          options={[
            { value: "month", title: t("byMonth") },
            { value: "year", title: t("byYear") },
          ]}
          onChange={(period) => onWish({ ...wish, period })}
        />
      </div>
      {included !== null && further !== null ? (
        <Field
          label={t("wishSeats")}
          hint={t("wishSeatsHint", { count: included, price: priceText(further, plan.currency) })}
          error={error}
        >
          {(aria) => (
            <input
              {...aria}
              className="inp"
              inputMode="numeric"
              value={seats}
              placeholder={String(included)}
              onChange={(event) => onSeats(event.target.value)}
              data-testid="wish-seats"
            />
          )}
        </Field>
      ) : (
        <p className="t2">
          {included === null ? t("wishSeatsFree") : t("wishSeatsFixed", { count: included })}
        </p>
      )}
      {plan.add_ons.map((one) => (
        <label key={one.code} htmlFor={`add-on-${one.code}`} className="row">
          <Tick
            id={`add-on-${one.code}`}
            label={one.title}
            checked={wish.add_ons.includes(one.code)}
            onChange={(event) => toggle(one.code, event.target.checked)}
            data-testid={`add-on-${one.code}`}
          />
          <span className="grow" aria-hidden>
            {one.title}
          </span>
          <span className="num t2">
            {priceText(isYear ? one.year_price : one.month_price, plan.currency)}
          </span>
        </label>
      ))}
    </>
  );
}
