import { useTranslation } from "react-i18next";
import type { Invoice } from "../../../api/billing";
import { sentenceOf } from "../../../api/problem";
import { addressOf } from "../../../api/request";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Icon } from "../../../ui/icon";
import { Failed, Waiting } from "../../../ui/state";
import { say } from "../../../ui/toast";
import { Qr } from "../security/Qr";
import { useInvoice } from "./billing";
import { InvoiceState } from "./InvoiceState";
import { dateOfIso, sumText } from "./sums";
import "../settings.css";
import "./billing.css";
import "./words";

export const invoicePdf = (id: number): string => addressOf(`billing/invoices/${id}/print/`);
export const actPdf = (id: number): string => addressOf(`billing/acts/${id}/print/`);

/** An invoice that was made out before, looked at again. */
export function InvoiceDialog({
  id,
  number,
  onClose,
}: {
  id: number;
  number: string;
  onClose: () => void;
}) {
  const { t } = useTranslation("billing");
  const query = useInvoice(id);
  return (
    <Dialog title={t("invoice", { number })} width={560} onClose={onClose}>
      {query.isPending && <Waiting rows={4} />}
      {query.isError && !query.data && (
        <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.data && <InvoiceFace invoice={query.data} onDone={onClose} />}
    </Dialog>
  );
}

interface InvoiceFaceProps {
  invoice: Invoice;
  onDone: () => void;
}

/** All that is needed to pay: the sum, the code for a telephone, the words for a payment order, the paper. */
export function InvoiceFace({ invoice, onDone }: InvoiceFaceProps) {
  const { t } = useTranslation("billing");
  const { seller, buyer } = invoice;
  const isOpen = invoice.state === "open";
  const copy = async () => {
    await navigator.clipboard.writeText(invoice.purpose);
    say(t("copied"), { icon: "copy" });
  };
  return (
    <div className="stack" data-testid="invoice" data-state={invoice.state}>
      <div className="row bill-sum">
        <span className="bill-price num" data-testid="invoice-total">
          {sumText(invoice.total, invoice.currency)}
        </span>
        <InvoiceState invoice={invoice} />
      </div>
      {isOpen && (
        <div className="bill-pay">
          <Qr svg={invoice.qr_svg} label={t("qr", { number: invoice.number })} />
          <div className="grow">
            <p className="t2">{t("howToPay")}</p>
            <p className="t2">{t("payUntil", { day: dateOfIso(invoice.pay_until) })}</p>
          </div>
        </div>
      )}
      {isOpen && (
        <div>
          <p className="lbl">{t("purpose")}</p>
          <p className="bill-purpose" data-testid="invoice-purpose">
            {invoice.purpose}
          </p>
          <div className="row bill-deeds">
            <Button size="sm" icon="copy" onClick={() => void copy()} data-testid="copy-purpose">
              {t("copy")}
            </Button>
            <span className="hint grow">{t("purposeHint")}</span>
          </div>
        </div>
      )}
      <dl className="bill-facts">
        <dt>{t("seller")}</dt>
        <dd>
          <Party {...seller} />
          <div className="num">{`${t("account")} ${seller.account}`}</div>
          <div>
            {t("bankOf", { bank: seller.bank, bic: seller.bic, account: seller.bank_account })}
          </div>
        </dd>
        <dt>{t("payer")}</dt>
        <dd data-testid="invoice-buyer">
          <Party {...buyer} />
        </dd>
      </dl>
      <div className="row bill-deeds">
        <a
          className="btn primary"
          href={invoicePdf(invoice.id)}
          download
          data-testid="invoice-download"
        >
          <Icon name="download" /> {t("downloadInvoice")}
        </a>
        <Button look="quiet" onClick={onDone}>
          {t("done")}
        </Button>
      </div>
    </div>
  );
}

function Party({ name, inn, kpp }: { name: string; inn: string; kpp: string }) {
  const { t } = useTranslation("billing");
  return (
    <>
      <div>{name}</div>
      <div className="num">{kpp ? t("requisitesKpp", { inn, kpp }) : t("requisites", { inn })}</div>
    </>
  );
}
