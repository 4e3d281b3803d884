import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { InvoiceLine } from "../../../api/billing";
import { Icon } from "../../../ui/icon";
import { useActs, useInvoices } from "./billing";
import { actPdf, InvoiceDialog, invoicePdf } from "./InvoiceFace";
import { InvoiceState } from "./InvoiceState";
import { PageList } from "./PageList";
import { dateOfIso, dayBefore, sumText } from "./sums";
import "./billing.css";
import "./words";

/** Invoices, newest first: each opens with all that is needed to pay it. */
export function Invoices() {
  const { t } = useTranslation("billing");
  const [open, setOpen] = useState<InvoiceLine | null>(null);
  return (
    <>
      <PageList
        pages={useInvoices()}
        title={t("invoices")}
        icon="file-text"
        none={t("invoicesNone")}
        noneText={t("invoicesNoneText")}
        testId="invoices"
      >
        {(rows) => (
          <ul className="pane bill-rows">
            {rows.map((row) => (
              <li
                key={row.id}
                className="bill-row"
                data-testid="invoice-row"
                data-state={row.state}
              >
                <button
                  type="button"
                  className="link b"
                  onClick={() => setOpen(row)}
                  data-testid="invoice-open"
                >
                  {t("invoice", { number: row.number })}
                </button>
                <span className="t2">{t("invoiceOn", { day: dateOfIso(row.issued_on) })}</span>
                {row.kind === "extras" && <span className="t2">{t("invoiceExtras")}</span>}
                <span className="grow" />
                <InvoiceState invoice={row} />
                <span className="num bill-total">{sumText(row.total, row.currency)}</span>
                <Paper href={invoicePdf(row.id)} label={`${t("downloadInvoice")} ${row.number}`} />
              </li>
            ))}
          </ul>
        )}
      </PageList>
      {open && <InvoiceDialog id={open.id} number={open.number} onClose={() => setOpen(null)} />}
    </>
  );
}

/** Closing acts, newest first. */
export function Acts() {
  const { t } = useTranslation("billing");
  return (
    <PageList
      pages={useActs()}
      title={t("acts")}
      icon="file-text"
      none={t("actsNone")}
      noneText={t("actsNoneText")}
      testId="acts"
    >
      {(rows) => (
        <ul className="pane bill-rows">
          {rows.map((row) => (
            <li key={row.id} className="bill-row" data-testid="act-row">
              <span className="b">{t("act", { number: row.number })}</span>
              <span className="t2">{t("invoiceOn", { day: dateOfIso(row.issued_on) })}</span>
              <span className="t2 num">
                {t("actTerm", { from: dateOfIso(row.period_from), to: dayBefore(row.period_to) })}
              </span>
              <span className="grow" />
              <span className="num bill-total">{sumText(row.total, row.currency)}</span>
              <Paper href={actPdf(row.id)} label={`${t("downloadAct")} № ${row.number}`} />
            </li>
          ))}
        </ul>
      )}
    </PageList>
  );
}

function Paper({ href, label }: { href: string; label: string }) {
  return (
    <a className="icb" href={href} download aria-label={label} title={label}>
      <Icon name="download" />
    </a>
  );
}
