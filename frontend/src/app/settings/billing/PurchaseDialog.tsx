import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Invoice, Plan, Quote, Subscription, Wish } from "../../../api/billing";
import { Dialog } from "../../../ui/dialog";
import { BuyerForm } from "./BuyerForm";
import { Calculator } from "./Calculator";
import { InvoiceFace } from "./InvoiceFace";
import "./words";

interface PurchaseDialogProps {
  plan: Plan;
  first: Wish;
  sub: Subscription;
  onClose: () => void;
}

/** From a plan to an invoice: what it costs, who pays, how to pay. What was chosen stands when one goes back. */
export function PurchaseDialog({ plan, first, sub, onClose }: PurchaseDialogProps) {
  const { t } = useTranslation("billing");
  const [wish, setWish] = useState(first);
  const [counted, setCounted] = useState<Quote | null>(null);
  const [invoice, setInvoice] = useState<Invoice | null>(null);
  const title = invoice
    ? t("invoice", { number: invoice.number })
    : counted
      ? t("buyer")
      : t("pick", { title: plan.title });
  return (
    <Dialog key={title} title={title} width={560} onClose={onClose}>
      {invoice ? (
        <InvoiceFace invoice={invoice} onDone={onClose} />
      ) : counted ? (
        <BuyerForm
          wish={wish}
          counted={counted}
          onBack={() => setCounted(null)}
          onIssued={setInvoice}
        />
      ) : (
        <Calculator
          plan={plan}
          sub={sub}
          wish={wish}
          onWish={setWish}
          onPay={setCounted}
          onTaken={onClose}
        />
      )}
    </Dialog>
  );
}
