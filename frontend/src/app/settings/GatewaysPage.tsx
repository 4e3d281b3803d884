import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Gateway } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { get, post } from "../../api/request";
import { amountText } from "../../core/fields/values";
import { cache } from "../../core/session/cache";
import { Button } from "../../ui/button";
import { nearText } from "../../ui/format";
import { Status, Tag } from "../../ui/marks";
import { Failed, Waiting } from "../../ui/state";
import { complain } from "../../ui/toast";
import "../../core/notices/notices.css";
import { ExchangeLog } from "./gateways/ExchangeLog";
import { GatewayForm } from "./gateways/GatewayForm";
import { Lines } from "./gateways/Lines";
import "./settings.css";
import "./gateways/words";

const KEY = ["gateways"];
const LOOK_MS = 1500;
const PATIENCE_MS = 20_000;

const refresh = () => cache.invalidateQueries({ queryKey: KEY, exact: true });

/** Outside services: how each is connected, whether it answers, what was exchanged. */
export function Screen() {
  const { t } = useTranslation("gateways");
  // A check takes a moment; the page looks until it is there.
  const [until, setUntil] = useState<Record<string, number>>({});
  const isAsked = (code: string) => Date.now() < (until[code] ?? 0);
  const query = useQuery({
    queryKey: KEY,
    queryFn: async () => (await get<{ results: Gateway[] }>("gateways/")).results,
    refetchInterval: () => (Object.keys(until).some(isAsked) ? LOOK_MS : false),
  });
  const watch = async (code: string) => {
    setUntil({ ...until, [code]: Date.now() + PATIENCE_MS });
    await refresh();
  };
  const check = async (gateway: Gateway) => {
    try {
      await post(`gateways/${gateway.code}/check/`);
    } catch (error) {
      complain(sentenceOf(error));
    }
    await watch(gateway.code);
  };
  return (
    <>
      <div className="set-h">
        <h2>{t("title")}</h2>
      </div>
      {query.isPending && <Waiting />}
      {query.isError && !query.data && (
        <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.data?.map((gateway) => (
        <section key={gateway.code} className="set-sec" data-testid={`gateway-${gateway.code}`}>
          <h3 className="row">
            {gateway.title} {gateway.is_demo && <Tag tone="amber">{t("demo")}</Tag>}
          </h3>
          <Standing
            gateway={gateway}
            isAsked={isAsked(gateway.code)}
            onCheck={() => void check(gateway)}
          />
          {gateway.modes.length > 0 && (
            <GatewayForm gateway={gateway} onSaved={() => watch(gateway.code)} />
          )}
          <Lines gateway={gateway} />
          {gateway.code !== "store" && <ExchangeLog channel={gateway.code} />}
        </section>
      ))}
      {query.data && (
        <section className="set-sec" data-testid="gateway-push">
          <h3>{t("push")}</h3>
          <p className="t2">{t("pushText")}</p>
          <ExchangeLog channel="push" />
        </section>
      )}
    </>
  );
}

interface StandingProps {
  gateway: Gateway;
  isAsked: boolean;
  onCheck: () => void;
}

function Standing({ gateway, isAsked, onCheck }: StandingProps) {
  const { t } = useTranslation("gateways");
  if (gateway.mode === "off") return null;
  const waits = isAsked && !gateway.checked_at;
  return (
    <div className="stack gateway-standing">
      <div className="row">
        {gateway.error ? (
          <Status tone="red">{gateway.error}</Status>
        ) : gateway.checked_at ? (
          <Status tone="green">{t("works", { when: nearText(gateway.checked_at) })}</Status>
        ) : (
          <Status tone="neutral">{t(waits ? "checking" : "unchecked")}</Status>
        )}
        {gateway.bot && <span className="t2">{t("bot", { name: gateway.bot })}</span>}
        {gateway.balance && (
          <span className="t2 num">{t("balance", { sum: amountText(gateway.balance, true) })}</span>
        )}
        <Button size="sm" busy={waits} onClick={onCheck} data-testid={`check-${gateway.code}`}>
          {t("check")}
        </Button>
      </div>
      {gateway.code === "mail" && <p className="t2">{t("mailCheckText")}</p>}
      {gateway.code === "store" && <p className="t2">{t("storeText")}</p>}
      {gateway.is_demo && <Demo gateway={gateway} />}
    </div>
  );
}

const DEMO_TEXTS = { mail: "mailDemoText", store: "storeDemoText" } as const;

function Demo({ gateway }: { gateway: Gateway }) {
  const { t } = useTranslation("gateways");
  const text = DEMO_TEXTS[gateway.code as keyof typeof DEMO_TEXTS] ?? "demoText";
  return (
    <p className="t2">
      {t(text)}{" "}
      {gateway.phone_url && (
        <a href={gateway.phone_url} target="_blank" rel="noreferrer">
          {t(gateway.code === "mail" ? "mailbox" : "phone")}
        </a>
      )}
    </p>
  );
}
