import { useTranslation } from "react-i18next";
import type { InvoiceLine } from "../../../api/billing";
import { Status } from "../../../ui/marks";
import { dateOfIso } from "./sums";
import "./words";

/** Whether an invoice is paid, and since when. */
export function InvoiceState({ invoice }: { invoice: InvoiceLine }) {
  const { t } = useTranslation("billing");
  if (invoice.state === "open") return <Status tone="amber">{t("invoiceOpen")}</Status>;
  return (
    <Status tone="green">
      {invoice.paid_on ? t("paidOn", { day: dateOfIso(invoice.paid_on) }) : t("invoicePaid")}
    </Status>
  );
}
