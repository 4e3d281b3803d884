import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Buyer, Invoice, Quote, Wish } from "../../../api/billing";
import { ApiProblem, reasonOf, sentenceOf } from "../../../api/problem";
import { post } from "../../../api/request";
import { may, useMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { Failed, Waiting } from "../../../ui/state";
import { complain } from "../../../ui/toast";
import { refreshBilling, useLastBuyer } from "./billing";
import { sumText } from "./sums";
import "./words";

interface BuyerFormProps {
  wish: Wish;
  counted: Quote;
  onBack: () => void;
  onIssued: (invoice: Invoice) => void;
}

/** Who pays: requisites stand as they were in the last invoice. */
export function BuyerForm(props: BuyerFormProps) {
  const me = useMe();
  // A company that is shut answers nothing of itself but how to pay.
  const canAsk = may(me, "tenants.company") && me.allowance.mode !== "suspended";
  const last = useLastBuyer(me.company.name, canAsk);
  if (last.isPending) return <Waiting rows={4} />;
  if (!last.data)
    return <Failed text={sentenceOf(last.error)} onRetry={() => void last.refetch()} />;
  return <Fields {...props} first={last.data} />;
}

function Fields({ wish, counted, onBack, onIssued, first }: BuyerFormProps & { first: Buyer }) {
  const { t } = useTranslation("billing");
  const [buyer, setBuyer] = useState(first);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const issue = async () => {
    setBusy(true);
    setWrong({});
    try {
      const invoice = await post<Invoice>("billing/invoices/", { ...wish, buyer });
      onIssued(invoice);
      await refreshBilling();
    } catch (error) {
      const fields = error instanceof ApiProblem ? error.inside("buyer") : {};
      setWrong(fields);
      if (Object.keys(fields).length === 0) complain(reasonOf(error));
    } finally {
      setBusy(false);
    }
  };
  const field = (name: keyof Buyer) => ({
    value: buyer[name],
    onChange: (event: { target: { value: string } }) =>
      setBuyer({ ...buyer, [name]: event.target.value }),
    error: wrong[name],
    "data-testid": `buyer-${name}`,
  });
  return (
    <Form className="stack" onSubmit={() => void issue()}>
      <TextField label={t("buyerName")} hint={t("buyerNameHint")} {...field("name")} />
      <div className="two">
        <TextField label={t("buyerInn")} inputMode="numeric" {...field("inn")} maxLength={12} />
        <TextField
          label={t("buyerKpp")}
          hint={t("buyerKppHint")}
          inputMode="numeric"
          maxLength={9}
          {...field("kpp")}
        />
      </div>
      <TextField label={t("buyerAddress")} maxLength={500} {...field("address")} />
      <div className="row bill-deeds">
        <Button look="primary" type="submit" busy={busy} data-testid="issue-invoice">
          {t("issue", { sum: sumText(counted.charge, counted.currency) })}
        </Button>
        <Button look="quiet" onClick={onBack}>
          {t("back")}
        </Button>
      </div>
    </Form>
  );
}
